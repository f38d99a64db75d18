package io.tidemark.sink.kafka;

import io.tidemark.checkpoint.log.OffsetRange;
import io.tidemark.sink.segment.Limits;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * The rest of a batch that Spark planned, after the last record of each partition. Its end may be
 * after the marker of a transaction. Connect's position advances only with records, so it would get
 * there with the next record; a topic without new records has none.
 */
final class BatchTail {

  /** Pause between two requests; there may be many records left to read. */
  private static final long PAUSE_MS = 5_000;

  /** Pause after a request without an answer, which takes the client's whole timeout. */
  private static final long UNANSWERED_PAUSE_MS = 30_000;

  private final Broker broker;

  /** What was found to be without records. Connect's position stays in front of it. */
  private final Map<TopicPartition, OffsetRange> empty = new HashMap<>();

  private long againMs;

  BatchTail(Broker broker) {
    this.broker = broker;
  }

  /** Partitions are opened: they are read again. */
  void forget(Collection<TopicPartition> partitions) {
    empty.keySet().removeAll(partitions);
  }

  /** These positions, each one moved to the end of the batch if no record is in between. */
  Map<TopicPartition, Long> passed(Map<TopicPartition, Long> positions, Limits limits, long nowMs) {
    Map<TopicPartition, OffsetRange> rest = new HashMap<>();
    positions.forEach(
        (partition, position) ->
            limits
                .rest(partition, position)
                .filter(range -> !isEmpty(partition, position))
                .ifPresent(range -> rest.put(partition, range)));
    if (!rest.isEmpty() && nowMs >= againMs) {
      look(rest, nowMs);
    }
    Map<TopicPartition, Long> passed = new HashMap<>(positions);
    passed.replaceAll(
        (partition, position) ->
            isEmpty(partition, position) ? Long.valueOf(empty.get(partition).to()) : position);
    return passed;
  }

  private boolean isEmpty(TopicPartition partition, long position) {
    OffsetRange range = empty.get(partition);
    return range != null && range.from() <= position && position < range.to();
  }

  private void look(Map<TopicPartition, OffsetRange> rest, long nowMs) {
    Map<TopicPartition, Boolean> held = broker.holdRecords(rest);
    againMs = nowMs + (held.keySet().containsAll(rest.keySet()) ? PAUSE_MS : UNANSWERED_PAUSE_MS);
    rest.forEach(
        (partition, range) -> {
          if (!held.getOrDefault(partition, true)) {
            empty.put(partition, range);
          }
        });
  }
}
