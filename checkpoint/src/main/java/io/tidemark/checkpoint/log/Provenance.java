package io.tidemark.checkpoint.log;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/**
 * Where the ranges of a segment come from.
 *
 * @param after number of the batch after which the segment's session began, -1 for none; the
 *     segment is void once a later batch resets the frontier
 * @param origin the cluster and topics that its offsets belong to
 * @param lost the parts of its ranges that Kafka had deleted before they were read, ascending
 */
public record Provenance(
    long after, Origin origin, SortedMap<TopicPartition, List<OffsetRange>> lost) {

  /** Of a session that began with the first batch, in an unknown cluster, without losses. */
  public static final Provenance NONE =
      new Provenance(-1, Origin.UNKNOWN, new TreeMap<>(Offsets.ORDER));

  public Provenance {
    lost = Offsets.sorted(lost);
  }
}
