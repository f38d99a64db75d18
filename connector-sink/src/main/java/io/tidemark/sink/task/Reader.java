package io.tidemark.sink.task;

import io.tidemark.sink.segment.Delivery;
import io.tidemark.sink.segment.Limits;
import io.tidemark.sink.segment.PartitionProgress;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;

/** Advances the positions of a chain by the records that arrive, up to the limits. */
final class Reader {

  private final TaskChain chain;
  private final Silence silence;

  /** Where to stop, as of when the session began: until it starts over. */
  private Limits limits = Limits.NONE;

  /** Where to read partitions that the limits leave out: nothing else will tell. */
  private final Map<TopicPartition, Long> withheld = new HashMap<>();

  /** Counts the calls of {@code put}. */
  private long putNumber;

  Reader(TaskChain chain, Silence silence) {
    this.chain = chain;
    this.silence = silence;
  }

  /** A session begins with these limits. */
  void begin(Limits newLimits) {
    limits = newLimits;
  }

  /** Where to stop. */
  Limits limits() {
    return limits;
  }

  /** The {@code put} whose records come. */
  long putNumber() {
    return putNumber;
  }

  /** The records of a {@code put} that are within the limits. */
  Delivery arrive(Delivery delivered) {
    putNumber++;
    limits.noteWithheld(delivered, withheld);
    return limits.within(delivered);
  }

  /** Advances the positions. Called before anything can make the session start over. */
  void read(Delivery delivery, long nowMs) {
    if (delivery.absorbed().isEmpty()) {
      read(delivery.records(), nowMs);
    } else {
      DeliveredOffsets offsets = new DeliveredOffsets();
      delivery.collections().forEach(offsets::add);
      offsets.each(
          (partition, first, last, gaps, timestampMs) -> {
            chain.of(partition).enter(putNumber);
            chain.of(partition).read(first, last, gaps);
            chain.of(partition).seen(timestampMs);
            silence.read(partition, nowMs);
          });
    }
  }

  private void read(Collection<SinkRecord> records, long nowMs) {
    PartitionProgress progress = null;
    String topic = null;
    int partition = -1;
    for (SinkRecord record : records) {
      if (record.originalKafkaPartition() != partition || !record.originalTopic().equals(topic)) {
        topic = record.originalTopic();
        partition = record.originalKafkaPartition();
        TopicPartition named = new TopicPartition(topic, partition);
        progress = chain.of(named);
        progress.enter(putNumber);
        progress.seen(record.timestamp());
        silence.read(named, nowMs);
      }
      progress.read(record.originalKafkaOffset());
    }
  }

  /** Nothing of this counts, except where a partition begins that begins where it is read. */
  void note(Delivery delivery) {
    Map<TopicPartition, Long> firsts = new HashMap<>();
    for (Collection<SinkRecord> records : delivery.collections()) {
      for (SinkRecord record : records) {
        firsts.merge(
            new TopicPartition(record.originalTopic(), record.originalKafkaPartition()),
            record.originalKafkaOffset(),
            Math::min);
      }
    }
    firsts.forEach((partition, first) -> chain.of(partition).beginAt(first));
  }

  /** Undoes what the current {@code put} brought. */
  void unread() {
    chain.all().forEach(progress -> progress.unread(putNumber));
  }

  /** Adds where partitions begin that the limits left out, and forgets it. */
  void release(Map<TopicPartition, Long> origins) {
    withheld.keySet().retainAll(chain.partitions());
    withheld.forEach(origins::putIfAbsent);
    withheld.clear();
  }

  /** Forgets partitions that were revoked. */
  void released(Collection<TopicPartition> partitions) {
    withheld.keySet().removeAll(partitions);
  }
}
