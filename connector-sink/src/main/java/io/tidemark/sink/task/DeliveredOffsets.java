package io.tidemark.sink.task;

import io.tidemark.sink.segment.ProtocolErrors;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;

/** First and last offset per partition over several collections that each are in order. */
final class DeliveredOffsets {

  private final Map<TopicPartition, Range> ranges = new HashMap<>();

  private static final class Range {
    private long first = Long.MAX_VALUE;
    private long last = -1;

    /** Last one of the collection that is being added. */
    private long current = -1;
  }

  /** Takes the first and the last offset of a partition. */
  @FunctionalInterface
  interface Consumer {
    void accept(TopicPartition partition, long first, long last);
  }

  void add(Collection<SinkRecord> records) {
    ranges.values().forEach(range -> range.current = -1);
    Range range = null;
    TopicPartition at = null;
    for (SinkRecord record : records) {
      if (at == null
          || record.originalKafkaPartition() != at.partition()
          || !record.originalTopic().equals(at.topic())) {
        at = new TopicPartition(record.originalTopic(), record.originalKafkaPartition());
        range = ranges.computeIfAbsent(at, absent -> new Range());
      }
      long offset = record.originalKafkaOffset();
      if (offset <= range.current) {
        throw ProtocolErrors.offsetRunsBackwards(at, range.current + 1, offset);
      }
      range.current = offset;
      range.first = Math.min(range.first, offset);
      range.last = Math.max(range.last, offset);
    }
  }

  void each(Consumer consumer) {
    ranges.forEach((partition, range) -> consumer.accept(partition, range.first, range.last));
  }
}
