package io.tidemark.sink.segment;

import io.tidemark.checkpoint.log.OffsetRange;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.common.TopicPartition;

/**
 * Where a task stands in one topic-partition: the cuts between the committed frontier and the end
 * of its chain of sealed segments, and how far it has read beyond.
 */
public final class PartitionProgress {

  private static final long UNKNOWN = -1;

  private final TopicPartition partition;
  private final long batch;

  /** Offsets at which segments of the chain meet, ascending, not below the known frontier. */
  private final Deque<Long> cuts = new ArrayDeque<>();

  /** First offset of the next range. */
  private long start = UNKNOWN;

  /** End of what was read; at least {@code start}. */
  private long position = UNKNOWN;

  /**
   * @param batch number of the last batch that {@code cuts} take account of
   * @param cuts the chain that this task continues, ascending, its last one the offset to continue
   *     from; empty when no batch and no segment has ever named the partition
   */
  public PartitionProgress(TopicPartition partition, long batch, List<Long> cuts) {
    this.partition = partition;
    this.batch = batch;
    this.cuts.addAll(cuts);
    if (!cuts.isEmpty()) {
      start = cuts.get(cuts.size() - 1);
      position = start;
    }
  }

  /** Where the next range starts; empty while the partition has neither history nor a record. */
  public OptionalLong start() {
    return start == UNKNOWN ? OptionalLong.empty() : OptionalLong.of(start);
  }

  /** Where to begin again if the logs turn out to know nothing: the start of all that is known. */
  public OptionalLong origin() {
    return cuts.isEmpty() ? start() : OptionalLong.of(cuts.getFirst());
  }

  /** Takes note of a record; its offset must not be one that was read before. */
  public void read(long offset) {
    if (offset < position) {
      throw ProtocolErrors.offsetRunsBackwards(partition, position, offset);
    }
    if (start == UNKNOWN) {
      start = offset;
    }
    position = offset + 1;
  }

  /** Takes note of records between these offsets, both among them. */
  public void read(long first, long last) {
    read(first);
    position = last + 1;
  }

  /** Begins at this offset if no batch and no segment tells where. */
  public void beginAt(long first) {
    if (start == UNKNOWN) {
      start = first;
      position = first;
    }
  }

  /**
   * The range that a cut now would seal.
   *
   * @param runtimePosition the runtime's position, which also passes records that a transformation
   *     dropped; empty when the runtime did not name the partition
   * @return empty when there is nothing to seal and nothing to pin
   */
  public Optional<OffsetRange> due(OptionalLong runtimePosition) {
    long end = position;
    if (runtimePosition.isPresent()) {
      long named = runtimePosition.getAsLong();
      if (position != UNKNOWN && named < position) {
        throw ProtocolErrors.offsetRunsBackwards(partition, position, named);
      }
      end = named;
    }
    if (end == UNKNOWN) {
      return Optional.empty();
    }
    long from = start == UNKNOWN ? end : start;
    return end > from || cuts.isEmpty()
        ? Optional.of(new OffsetRange(from, end, cuts.isEmpty()))
        : Optional.empty();
  }

  /** The range is sealed: the next one continues it. */
  public void sealed(OffsetRange range) {
    if (cuts.isEmpty()) {
      cuts.add(range.from());
    }
    if (cuts.getLast() != range.to()) {
      cuts.add(range.to());
    }
    start = range.to();
    position = Math.max(position, range.to());
  }

  /**
   * Batch {@code number} ended at {@code frontier}.
   *
   * @return false when that is no cut of this chain: the chain will never be committed
   */
  public boolean reached(long number, long frontier) {
    if (number <= batch) {
      return true;
    }
    while (!cuts.isEmpty() && cuts.getFirst() < frontier) {
      cuts.removeFirst();
    }
    return !cuts.isEmpty() && cuts.getFirst() == frontier;
  }

  /** True until the first segment that names the partition is sealed. */
  public boolean isUnpinned() {
    return cuts.isEmpty();
  }
}
