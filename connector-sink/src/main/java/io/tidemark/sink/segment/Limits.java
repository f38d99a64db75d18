package io.tidemark.sink.segment;

import io.tidemark.checkpoint.log.Batch;
import io.tidemark.checkpoint.log.Frontier;
import io.tidemark.checkpoint.log.OffsetRange;
import io.tidemark.checkpoint.log.Segment;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * Where a batch has to end that Spark has planned and not finished: the batch must have exactly
 * these records. Until it is committed, the tasks read nothing past its ends.
 *
 * @param batch its number; -1 when there is no such batch
 * @param ends per topic-partition its end offset, exclusive; no other partition is read
 */
public record Limits(long batch, Frontier ends) {

  /** A batch ends where the segments do. */
  public static final Limits NONE = new Limits(-1, Frontier.NONE);

  public boolean isNone() {
    return batch < 0;
  }

  /** Whether the limits no longer apply after this batch. */
  public boolean areOverAt(Batch committed) {
    return !isNone() && committed.number() >= batch;
  }

  /** Whether the batch does not have the partition, which is then not read until it is over. */
  public boolean leaveOut(TopicPartition partition) {
    return !isNone() && end(partition) < 0;
  }

  /** Whether the segment has no offset past the limits. */
  public boolean hold(Segment segment) {
    for (Map.Entry<TopicPartition, OffsetRange> range : segment.ranges().entrySet()) {
      if (!isNone() && range.getValue().to() > end(range.getKey())) {
        return false;
      }
    }
    return true;
  }

  /** The records below the limits. */
  public Delivery within(Delivery delivery) {
    if (isNone()) {
      return delivery;
    }
    return new Delivery(
        within(delivery.records()), delivery.absorbed().stream().map(this::within).toList());
  }

  /** Takes note of the first record of each partition that has no limit, since it is not read. */
  public void noteWithheld(Delivery delivery, Map<TopicPartition, Long> firstOffsets) {
    if (isNone()) {
      return;
    }
    for (Collection<SinkRecord> records : delivery.collections()) {
      for (SinkRecord record : records) {
        TopicPartition partition =
            new TopicPartition(record.originalTopic(), record.originalKafkaPartition());
        if (leaveOut(partition)) {
          firstOffsets.merge(partition, record.originalKafkaOffset(), Math::min);
        }
      }
    }
  }

  /** The positions, cut to the limits. */
  public Map<TopicPartition, Long> within(Map<TopicPartition, Long> positions) {
    if (isNone()) {
      return positions;
    }
    Map<TopicPartition, Long> within = new HashMap<>();
    positions.forEach(
        (partition, position) -> {
          long end = end(partition);
          if (end >= 0) {
            within.put(partition, Math.min(position, end));
          }
        });
    return within;
  }

  /** The range that is left to read from this position; empty when there is none. */
  public Optional<OffsetRange> rest(TopicPartition partition, long position) {
    long end = end(partition);
    return end > position ? Optional.of(new OffsetRange(position, end)) : Optional.empty();
  }

  /** The range, cut to the limits. */
  public Optional<OffsetRange> within(TopicPartition partition, OffsetRange range) {
    if (isNone()) {
      return Optional.of(range);
    }
    long end = end(partition);
    return end <= range.from()
        ? Optional.empty()
        : Optional.of(new OffsetRange(range.from(), Math.min(range.to(), end)));
  }

  private List<SinkRecord> within(Collection<SinkRecord> records) {
    return records.stream()
        .filter(
            record ->
                record.originalKafkaOffset()
                    < end(
                        new TopicPartition(
                            record.originalTopic(), record.originalKafkaPartition())))
        .toList();
  }

  private long end(TopicPartition partition) {
    OptionalLong end = ends.end(partition);
    return end.orElse(-1);
  }
}
