package io.tidemark.checkpoint.log;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The Kafka cluster and the topics that offsets belong to. A topic that is deleted and created
 * again keeps its name and gets another id.
 *
 * @param clusterId empty while unknown
 * @param topicIds topic to id; topics with an unknown id are left out
 */
public record Origin(Optional<String> clusterId, SortedMap<String, String> topicIds) {

  /** Nothing is known. */
  public static final Origin UNKNOWN = new Origin(Optional.empty(), new TreeMap<>());

  public Origin {
    topicIds = Collections.unmodifiableSortedMap(new TreeMap<>(topicIds));
  }

  /** True when nothing is known. */
  public boolean isUnknown() {
    return clusterId.isEmpty() && topicIds.isEmpty();
  }

  /** This origin updated with what a later one knows. */
  public Origin overlaid(Origin later) {
    SortedMap<String, String> ids = new TreeMap<>(topicIds);
    ids.putAll(later.topicIds);
    return new Origin(later.clusterId.or(() -> clusterId), ids);
  }
}
