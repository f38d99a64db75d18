package io.tidemark.sink.segment;

import io.tidemark.checkpoint.log.OffsetRange;
import java.util.ArrayDeque;
import java.util.ArrayList;
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

  /** The age of what no table has. */
  private final UncommittedTimes times = new UncommittedTimes();

  /** Offsets that were passed without a record and not yet checked with Kafka. */
  private final Gaps gaps = new Gaps();

  /** Offsets that were deleted before they were read and are in no segment yet. */
  private final List<OffsetRange> lost = new ArrayList<>();

  /** The {@code put} that brought the last records, and the position before it. */
  private long putNumber = UNKNOWN;

  private long before = UNKNOWN;

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

  /** Where to begin again if the logs do not have the partition: the first known offset. */
  public OptionalLong origin() {
    return cuts.isEmpty() ? start() : OptionalLong.of(cuts.getFirst());
  }

  /** The partition. */
  public TopicPartition partition() {
    return partition;
  }

  /** Offset of the next record; empty while there is neither history nor a record. */
  public OptionalLong position() {
    return position == UNKNOWN ? OptionalLong.empty() : OptionalLong.of(position);
  }

  /** Begins a {@code put}, whose records can be undone until the next one. */
  public void enter(long newPut) {
    if (newPut != putNumber) {
      putNumber = newPut;
      before = position;
    }
  }

  /**
   * Takes note of the timestamp of the first record in a row of records.
   *
   * @param timestampMs null for a record without one
   */
  public void seen(Long timestampMs) {
    times.read(timestampMs);
  }

  /**
   * The timestamp of the oldest record that was read and is in no committed batch, epoch
   * milliseconds; empty when there is none, or it has none.
   */
  public OptionalLong oldestMs() {
    return times.oldestMs();
  }

  /** Takes note of a record; its offset must not be one that was read before. */
  public void read(long offset) {
    if (offset != position) {
      leap(offset);
    }
    position = offset + 1;
  }

  /**
   * Takes note of records between these offsets, both among them.
   *
   * @param passed where no record was between them
   */
  public void read(long first, long last, Gaps passed) {
    read(first);
    position = last + 1;
    passed.below(last).forEach(range -> gaps.add(range.from(), range.to()));
  }

  private void leap(long offset) {
    if (offset < position) {
      throw new OffsetRegression(partition, position, offset);
    }
    if (start == UNKNOWN) {
      start = offset;
    } else {
      gaps.add(position, offset);
    }
  }

  /** Undoes what this {@code put} brought, which was not written. */
  public void unread(long thisPut) {
    if (putNumber == thisPut) {
      gaps.clearFrom(before);
      position = before;
      start = before == UNKNOWN ? UNKNOWN : start;
    }
  }

  /**
   * Whether something was read or passed since the last cut.
   *
   * @param runtimePosition the runtime's position; null when it did not name the partition
   */
  public boolean hasRead(Long runtimePosition) {
    return position > start || (runtimePosition != null && runtimePosition > position);
  }

  /** Whether offsets were passed without a record and not yet checked with Kafka. */
  public boolean hasGaps() {
    return !gaps.isEmpty();
  }

  /**
   * The lost parts of the gaps if the log begins at an offset. Gaps within the log are compacted
   * records or markers of transactions; gaps that begin below its first offset were deleted.
   *
   * @param earliest first offset of the log
   */
  public List<OffsetRange> lost(long earliest) {
    return gaps.below(earliest);
  }

  /** Whether everything that lies at or after this offset came with this {@code put}. */
  public boolean isUnwritten(long offset, long thisPut) {
    return putNumber == thisPut && offset >= before;
  }

  /** Forgets the gaps, because they were checked. */
  public void clearGaps() {
    gaps.clear();
  }

  /** Continues without these offsets; the next segment names them. */
  public void lose(OffsetRange range) {
    lost.add(range);
    position = Math.max(position, range.to());
  }

  /** The lost offsets that the next segment has to name. */
  public List<OffsetRange> lost() {
    return List.copyOf(lost);
  }

  /** Begins at this offset if no batch and no segment has a start. */
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
        throw new OffsetRegression(partition, position, named);
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
    times.sealed(range.to());
    lost.clear();
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
    times.committed(frontier);
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
