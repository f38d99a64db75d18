package io.tidemark.sink.task;

import io.tidemark.sink.segment.Gaps;
import io.tidemark.sink.segment.OffsetRegression;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;

/** First and last offset per partition over several collections that each are in order. */
final class DeliveredOffsets {

  private final Map<TopicPartition, Range> ranges = new HashMap<>();

  private static final class Range {
    private long first = Long.MAX_VALUE;
    private long last = -1;

    /** Of the first record; null if it has none. */
    private Long timestampMs;

    private final List<Passage> passages = new ArrayList<>();

    /** In the collection that is being added; null before its first record. */
    private Passage current;

    /** Where no collection had a record. */
    private Gaps gaps() {
      Gaps common = new Gaps();
      common.add(first, last + 1);
      for (Passage passage : passages) {
        Gaps gaps = new Gaps();
        gaps.add(first, passage.first);
        passage.gaps.below(last).forEach(gap -> gaps.add(gap.from(), gap.to()));
        gaps.add(passage.last + 1, last + 1);
        common = common.and(gaps);
      }
      return common;
    }
  }

  /** The offsets that one collection has of a partition. */
  private static final class Passage {
    private final Gaps gaps = new Gaps();
    private final long first;
    private long last;

    Passage(long first) {
      this.first = first;
      this.last = first;
    }

    void add(long offset) {
      gaps.add(last + 1, offset);
      last = offset;
    }
  }

  /**
   * Takes the first and the last offset of a partition, where none was between them, and the
   * timestamp of the first record.
   */
  @FunctionalInterface
  interface Consumer {
    void accept(TopicPartition partition, long first, long last, Gaps gaps, Long timestampMs);
  }

  void add(Collection<SinkRecord> records) {
    ranges.values().forEach(range -> range.current = null);
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
      if (range.current == null) {
        range.current = new Passage(offset);
        range.passages.add(range.current);
      } else if (offset <= range.current.last) {
        throw new OffsetRegression(at, range.current.last + 1, offset);
      } else {
        range.current.add(offset);
      }
      if (offset < range.first) {
        range.first = offset;
        range.timestampMs = record.timestamp();
      }
      range.last = Math.max(range.last, offset);
    }
  }

  void each(Consumer consumer) {
    ranges.forEach(
        (partition, range) ->
            consumer.accept(partition, range.first, range.last, range.gaps(), range.timestampMs));
  }
}
