package io.tidemark.sink.kafka;

import io.tidemark.checkpoint.log.OffsetRange;
import io.tidemark.sink.segment.PartitionProgress;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Distinguishes, while the task reads, offsets that were deleted before they were read from offsets
 * that have no record.
 */
final class LossWatch {

  private static final Logger LOG = LoggerFactory.getLogger(LossWatch.class);

  /** Shortest pause between checks of gaps that may wait until the next cut, milliseconds. */
  private static final long PAUSE_MS = 1_000;

  /** Time within which a consumer returns all records that it has fetched, milliseconds. */
  private static final long STILL_MS = 5_000;

  private static final long NO_TURN = -2;

  /** A partition whose next offset was deleted and that gets no records, since the first check. */
  private record Suspect(long position, long sinceMs) {}

  private final TopicPolicy policy;
  private final TopicIds topics;
  private final EarliestOffsets beginnings;
  private final Map<TopicPartition, Suspect> suspects = new HashMap<>();
  private long lookMs;

  LossWatch(Broker broker, TopicPolicy policy, TopicIds topics) {
    this.policy = policy;
    this.topics = topics;
    this.beginnings = new EarliestOffsets(broker, topics);
  }

  /** Forgets what was seen of partitions before they are opened. */
  void forget(Collection<TopicPartition> partitions) {
    suspects.keySet().removeAll(partitions);
    beginnings.forget(partitions);
  }

  /** See {@link TopicWatch#isDue}. */
  boolean isDue(long nowMs) {
    return !policy.resetsToEarliest() || nowMs - lookMs >= PAUSE_MS;
  }

  /** See {@link TopicWatch#isLost}. */
  boolean isLost(Collection<PartitionProgress> gapped, long putNumber, long nowMs) {
    lookMs = nowMs;
    List<TopicPartition> partitions = partitions(gapped);
    Map<TopicPartition, Long> earliest = beginnings.of(partitions, partitions, nowMs);
    boolean back = false;
    for (PartitionProgress progress : gapped) {
      Long first = earliest.get(progress.partition());
      if (first == null) {
        // A consumer that jumps to the end may have passed what is still there.
        back |= !policy.resetsToEarliest();
      } else {
        back |= isLost(progress, first, putNumber);
      }
    }
    return back;
  }

  private boolean isLost(PartitionProgress progress, long earliest, long putNumber) {
    List<OffsetRange> lost = progress.lost(earliest);
    if (lost.isEmpty()) {
      progress.clearGaps();
      return false;
    }
    if (policy.failOnDataLoss() || progress.isUnwritten(lost.get(0).from(), putNumber)) {
      return true;
    }
    // Records after the gap are written. They stay, and the segment names the missing offsets.
    lost.forEach(range -> lose(progress, range));
    progress.clearGaps();
    return false;
  }

  /** See {@link TopicWatch#lose}. */
  static void lose(PartitionProgress progress, OffsetRange lost) {
    LOG.warn(
        "Kafka deleted offsets {} of {} before they were read: continuing without these {} offsets,"
            + " as set by fail.on.data.loss=false",
        lost,
        progress.partition(),
        lost.to() - lost.from());
    progress.lose(lost);
  }

  /** See {@link TopicWatch#cut}; the topics are the same ones. */
  Optional<TopicWatch.Cut> cut(
      Collection<PartitionProgress> owned,
      Map<TopicPartition, Long> positions,
      boolean reading,
      long nowMs) {
    lookMs = nowMs;
    List<TopicPartition> needed =
        owned.stream()
            .filter(progress -> progress.hasGaps() || isPassed(progress, positions))
            .map(PartitionProgress::partition)
            .toList();
    Map<TopicPartition, Long> earliest = beginnings.of(partitions(owned), needed, nowMs);
    Map<TopicPartition, Long> sealable = new HashMap<>(positions);
    boolean again = false;
    boolean answered = true;
    for (PartitionProgress progress : owned) {
      TopicPartition partition = progress.partition();
      OptionalLong position = progress.position();
      boolean passed = isPassed(progress, positions);
      Long first = earliest.get(partition);
      if (first == null) {
        if (topics.isAbsent(partition.topic())) {
          // The topic does not exist any more, so that Kafka cannot tell what was in the gaps.
          progress.clearGaps();
        } else {
          answered &= !passed && !progress.hasGaps();
        }
        continue;
      }
      if (isLost(progress, first, NO_TURN)) {
        return Optional.of(TopicWatch.Cut.none());
      }
      if (position.isPresent() && first > position.getAsLong()) {
        if (passed) {
          sealable.remove(partition);
          again = true;
        } else {
          again |= reading && standsStill(partition, position.getAsLong(), nowMs);
        }
      }
    }
    // Gaps of the other partitions need no second request.
    return answered ? Optional.of(new TopicWatch.Cut(sealable, true, again)) : Optional.empty();
  }

  /** Whether the consumer is past offsets that gave no record. */
  private static boolean isPassed(PartitionProgress progress, Map<TopicPartition, Long> positions) {
    OptionalLong position = progress.position();
    return position.isPresent()
        && positions.getOrDefault(progress.partition(), 0L) > position.getAsLong();
  }

  /** Whether a partition whose next offset was deleted gets no records from earlier fetches. */
  private boolean standsStill(TopicPartition partition, long position, long nowMs) {
    Suspect suspect = suspects.get(partition);
    if (suspect == null || suspect.position() != position) {
      suspects.put(partition, new Suspect(position, nowMs));
      return false;
    }
    return nowMs - suspect.sinceMs() >= STILL_MS;
  }

  private static List<TopicPartition> partitions(Collection<PartitionProgress> of) {
    return of.stream().map(PartitionProgress::partition).toList();
  }
}
