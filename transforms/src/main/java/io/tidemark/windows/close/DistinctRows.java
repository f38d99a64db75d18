package io.tidemark.windows.close;

import io.tidemark.checkpoint.log.Run;
import io.tidemark.windows.bytes.ByteWriter;
import io.tidemark.windows.fold.KeyFold;
import io.tidemark.windows.run.MergingReader;
import io.tidemark.windows.run.RunFile;
import io.tidemark.windows.run.RunWriter;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Decides which rows of a batch stay: of each key the first one that is not late, unless the state
 * has the key. Writes the keys of those that stay, as the state has them:
 *
 * <pre>
 *   key    bytes of {@link io.tidemark.windows.fold.GroupKey}
 *   value  event time, milliseconds, signed varint
 * </pre>
 *
 * A key is in the state while its event time plus the delay is above the watermark of the previous
 * batch. A record that is not late, and less than the delay apart from it, therefore finds it.
 */
final class DistinctRows {

  private static final byte[] BEGINNING = {};

  private final long delayMs;
  private final long lateMs;
  private final long nextMs;
  private final Losers losers;
  private final KeyFold.Entry entry = new KeyFold.Entry();
  private final ByteWriter value = new ByteWriter(16);
  private long kept;
  private long late;

  /** Takes the rows that do not stay. */
  interface Losers {

    /**
     * @param run number of the run that has the row's key, in the order of the batch
     * @param file number of the file in the segment of the run
     * @param position number of the row in the file
     */
    void add(int run, int file, long position);
  }

  /**
   * @param before the watermark of the previous batch
   * @param next that of this batch
   */
  DistinctRows(long delayMs, OptionalLong before, OptionalLong next, Losers losers) {
    this.delayMs = delayMs;
    this.lateMs = before.orElse(Long.MIN_VALUE);
    this.nextMs = next.orElse(Long.MIN_VALUE);
    this.losers = losers;
  }

  /** The event time up to which keys are no longer in the state, for a watermark. */
  static long overMs(long watermarkMs, long delayMs) {
    return watermarkMs == Long.MIN_VALUE ? Long.MIN_VALUE : watermarkMs - delayMs;
  }

  /**
   * Decides.
   *
   * @param brought the runs of the batch's segments, in their order
   * @param target of the keys of those that stay
   * @return empty when nothing stays for the next batch
   */
  Optional<Run> decide(LiveKeys live, MergingReader brought, RunWriter target) throws IOException {
    long min = Long.MAX_VALUE;
    long max = Long.MIN_VALUE;
    brought.seek(BEGINNING);
    while (brought.nextKey()) {
      boolean had = live.has(brought.key(), brought.keyLength(), overMs(lateMs, delayMs));
      while (brought.nextValue()) {
        entry.read(brought.value(), brought.valueLength());
        boolean isLate = entry.largestMs() <= lateMs;
        if (had || isLate) {
          late += isLate ? 1 : 0;
          losers.add(brought.source(), entry.file(), entry.position());
          continue;
        }
        had = true;
        kept++;
        // The time of a record that is not late: the row stands for all of its segment.
        long ms = entry.firstMs() > lateMs ? entry.firstMs() : entry.largestMs();
        if (ms > overMs(nextMs, delayMs)) {
          value.truncate(0);
          value.writeSigned(ms);
          target.add(brought.key(), 0, brought.keyLength(), value.array(), 0, value.length());
          min = Math.min(min, ms);
          max = Math.max(max, ms);
        }
      }
    }
    return finish(target, min, max);
  }

  /** Finishes a run of keys. */
  static Optional<Run> finish(RunWriter target, long minMs, long maxMs) throws IOException {
    if (maxMs < minMs) {
      return Optional.empty();
    }
    RunFile file = target.finish();
    return Optional.of(
        new Run(
            file.file(),
            file.bytes(),
            file.crc(),
            file.entries(),
            KeyFold.micros(minMs),
            KeyFold.micros(maxMs)));
  }

  /** Rows that stay. */
  long kept() {
    return kept;
  }

  /** Rows that were late. */
  long late() {
    return late;
  }
}
