package io.tidemark.sink.edge;

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
 * Tells offsets that were deleted before they were read from those at which nothing was, while the
 * task reads.
 */
final class LossWatch {

  private static final Logger LOG = LoggerFactory.getLogger(LossWatch.class);

  /** Kafka is asked about gaps no more often, where a gap does no harm until the next cut. */
  private static final long PAUSE_MS = 1_000;

  /** What a consumer has fetched of a partition it hands out within this time. */
  private static final long STILL_MS = 5_000;

  private static final long NO_TURN = -2;

  /**
   * A partition whose due offset is gone, and that stands still; with the time of the first look.
   */
  private record Suspect(long position, long sinceMs) {}

  private final EdgePolicy policy;
  private final TopicIds topics;
  private final EarliestOffsets beginnings;
  private final Map<TopicPartition, Suspect> suspects = new HashMap<>();
  private long lookMs;

  LossWatch(Broker broker, EdgePolicy policy, TopicIds topics) {
    this.policy = policy;
    this.topics = topics;
    this.beginnings = new EarliestOffsets(broker, topics);
  }

  /** Partitions are opened: what was seen of them before means nothing. */
  void forget(Collection<TopicPartition> partitions) {
    suspects.keySet().removeAll(partitions);
    beginnings.forget(partitions);
  }

  /** See {@link Edges#isDue}. */
  boolean isDue(long nowMs) {
    return !policy.resetsToEarliest() || nowMs - lookMs >= PAUSE_MS;
  }

  /** See {@link Edges#isLost}. */
  boolean isLost(Collection<PartitionProgress> gapped, long turn, long nowMs) {
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
        back |= isLost(progress, first, turn);
      }
    }
    return back;
  }

  private boolean isLost(PartitionProgress progress, long earliest, long turn) {
    List<OffsetRange> lost = progress.lost(earliest);
    if (lost.isEmpty()) {
      progress.clearGaps();
      return false;
    }
    if (policy.failOnDataLoss() || progress.isUnwritten(lost.get(0).from(), turn)) {
      return true;
    }
    // What came behind is written: it stays, and the segment says what is missing in front of it.
    lost.forEach(range -> lose(progress, range));
    progress.clearGaps();
    return false;
  }

  /** See {@link Edges#lose}. */
  static void lose(PartitionProgress progress, OffsetRange lost) {
    LOG.warn(
        "Offsets {} of {} were deleted before they were read: going on without these {}, as"
            + " fail.on.data.loss=false says",
        lost,
        progress.partition(),
        lost.to() - lost.from());
    progress.lose(lost);
  }

  /** See {@link Edges#cut}; the topics are the same ones. */
  Optional<Edges.Cut> cut(
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
    boolean told = true;
    for (PartitionProgress progress : owned) {
      TopicPartition partition = progress.partition();
      OptionalLong position = progress.position();
      boolean passed = isPassed(progress, positions);
      Long first = earliest.get(partition);
      if (first == null) {
        if (topics.isAbsent(partition.topic())) {
          // Whatever it was that was passed: nobody can tell any more, and nothing will come.
          progress.clearGaps();
        } else {
          told &= !passed && !progress.hasGaps();
        }
        continue;
      }
      if (isLost(progress, first, NO_TURN)) {
        return Optional.of(Edges.Cut.none());
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
    // Of the others nobody has to ask again for the same gaps.
    return told ? Optional.of(new Edges.Cut(sealable, true, again)) : Optional.empty();
  }

  /** Whether the runtime is behind offsets of which no record came. */
  private static boolean isPassed(PartitionProgress progress, Map<TopicPartition, Long> positions) {
    OptionalLong position = progress.position();
    return position.isPresent()
        && positions.getOrDefault(progress.partition(), 0L) > position.getAsLong();
  }

  /** Whether a partition whose due offset is gone gets nothing that was fetched before. */
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
