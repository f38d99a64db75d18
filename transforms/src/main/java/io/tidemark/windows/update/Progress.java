package io.tidemark.windows.update;

import io.tidemark.windows.bytes.ByteReader;
import io.tidemark.windows.bytes.ByteWriter;

/**
 * The progress of a partition's state. It is written together with the groups.
 *
 * @param next records below this offset are in the state, or are left out of it for good
 * @param seen records from next up to this offset were rejected
 * @param maxEventMs largest event time; {@link #NONE} before the first
 * @param removedMicros windows that ended at this time or before are removed; or {@link #NONE}
 * @param removedOffset records of such windows were late from this offset on
 * @param lateRows how many records were late
 */
record Progress(
    long next, long seen, long maxEventMs, long removedMicros, long removedOffset, long lateRows) {

  static final long NONE = Long.MIN_VALUE;
  static final Progress START = new Progress(0, 0, NONE, NONE, 0, 0);

  private static final int FORMAT = 1;

  /** A record was added to the state, or is left out for good. */
  Progress passed(long offset) {
    return new Progress(offset + 1, offset + 1, maxEventMs, removedMicros, removedOffset, lateRows);
  }

  /** A record was rejected. */
  Progress refused(long offset) {
    return new Progress(
        next, Math.max(seen, offset + 1), maxEventMs, removedMicros, removedOffset, lateRows);
  }

  /** One more record was late. */
  Progress late() {
    return new Progress(next, seen, maxEventMs, removedMicros, removedOffset, lateRows + 1);
  }

  /** An event time was seen. */
  Progress at(long eventMs) {
    return new Progress(
        next, seen, Math.max(maxEventMs, eventMs), removedMicros, removedOffset, lateRows);
  }

  /** Windows were removed. */
  Progress removed(long endMicros, long offset) {
    return new Progress(next, seen, maxEventMs, endMicros, offset, lateRows);
  }

  /** The watermark in microseconds, or {@link #NONE}. */
  long watermarkMicros(long delayMs) {
    return maxEventMs == NONE ? NONE : (maxEventMs - delayMs) * 1000;
  }

  byte[] bytes() {
    ByteWriter out = new ByteWriter(64);
    out.writeByte(FORMAT);
    out.writeVarint(next);
    out.writeVarint(seen - next);
    out.writeSigned(maxEventMs);
    out.writeSigned(removedMicros);
    out.writeVarint(removedOffset);
    out.writeVarint(lateRows);
    return out.copy();
  }

  static Progress of(byte[] bytes) {
    ByteReader in = new ByteReader().reset(bytes);
    int format = in.readByte();
    if (format != FORMAT) {
      throw new IllegalArgumentException("the format is " + format + " and not " + FORMAT);
    }
    long next = in.readVarint();
    return new Progress(
        next,
        next + in.readVarint(),
        in.readSigned(),
        in.readSigned(),
        in.readVarint(),
        in.readVarint());
  }
}
