package io.tidemark.sink.kafka;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Log start offsets. A request for a partition without a leader takes the client's whole timeout,
 * in which the task reads nothing: such a partition is then left out of requests for a while.
 */
final class EarliestOffsets {

  private static final Logger LOG = LoggerFactory.getLogger(EarliestOffsets.class);

  /** Pause between requests that got no answer; includes the client's timeout of ten seconds. */
  private static final long PAUSE_MS = 15_000;

  /** The same for partitions where nothing waits for the answer. */
  private static final long LONG_PAUSE_MS = 60_000;

  private final Broker broker;
  private final TopicIds topics;

  /** Time of the last request without an answer, per partition. */
  private final Map<TopicPartition, Long> askedMs = new HashMap<>();

  EarliestOffsets(Broker broker, TopicIds topics) {
    this.broker = broker;
    this.topics = topics;
  }

  /**
   * Asks Kafka for log start offsets.
   *
   * @param needed partitions for which something waits for the answer
   * @return without partitions that got no answer, now or within the pause
   */
  Map<TopicPartition, Long> of(
      Collection<TopicPartition> partitions, Collection<TopicPartition> needed, long nowMs) {
    Set<TopicPartition> waiting = new HashSet<>(needed);
    List<TopicPartition> asked = new ArrayList<>(topics.present(partitions));
    asked.removeIf(
        partition ->
            askedMs.containsKey(partition)
                && nowMs - askedMs.get(partition)
                    < (waiting.contains(partition) ? PAUSE_MS : LONG_PAUSE_MS));
    Map<TopicPartition, Long> earliest = broker.earliest(asked);
    for (TopicPartition partition : asked) {
      if (earliest.containsKey(partition)) {
        askedMs.remove(partition);
      } else {
        askedMs.put(partition, nowMs);
        LOG.warn("Kafka did not return the log start offset of {}. Asking again later", partition);
      }
    }
    return earliest;
  }

  /** Partitions are opened: their logs may be others. */
  void forget(Collection<TopicPartition> partitions) {
    askedMs.keySet().removeAll(partitions);
  }
}
