package io.tidemark.sink.edge;

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
 * Where logs begin, as far as Kafka tells. A question about a partition without a leader takes the
 * client's whole time-out, in which the task reads nothing: such a partition is left alone for a
 * while.
 */
final class EarliestOffsets {

  private static final Logger LOG = LoggerFactory.getLogger(EarliestOffsets.class);

  /** From question to question, of which the client's time-out takes ten seconds. */
  private static final long PAUSE_MS = 15_000;

  /** The same, where nothing waits for the answer. */
  private static final long LONG_PAUSE_MS = 60_000;

  private final Broker broker;
  private final TopicIds topics;

  /** When Kafka was asked in vain. */
  private final Map<TopicPartition, Long> askedMs = new HashMap<>();

  EarliestOffsets(Broker broker, TopicIds topics) {
    this.broker = broker;
    this.topics = topics;
  }

  /**
   * Asks.
   *
   * @param needed those of which something waits for the answer
   * @return without those that Kafka does not tell of, or was asked about in vain not long ago
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
        LOG.warn("Kafka does not tell where {} begins: asking again later", partition);
      }
    }
    return earliest;
  }

  /** Partitions are opened: their logs may be others. */
  void forget(Collection<TopicPartition> partitions) {
    askedMs.keySet().removeAll(partitions);
  }
}
