package io.tidemark.windows.update;

import io.tidemark.windows.bytes.ByteReader;
import io.tidemark.windows.bytes.ByteWriter;

/**
 * How far the state of a partition has come. It changes together with the groups.
 *
 * @param next records below this offset are in the state, or are left out of it for good
 * @param seen records from next up to this offset were refused
 * @param maxEventMs largest event time; {@link #NONE} before the first
 * @param removedMicros windows that ended at this time or before are removed; or {@link #NONE}
 * @param removedOffset from this offset on records of such windows were late
 * @param lateRows how many records were late
 */
record Progress(
    long next, long seen, long maxEventMs, long removedMicros, long removedOffset, long lateRows) {

  static final long NONE = Long.MIN_VALUE;
  static final Progress START = new Progress(0, 0, NONE, NONE, 0, 0);

  private static final int FORMAT = 1;

  /** A record has come into the state, or is left out for good. */
  Progress passed(long offset) {
    return new Progress(offset + 1, offset + 1, maxEventMs, removedMicros, removedOffset, lateRows);
  }

  /** A record was refused. */
  Progress refused(long offset) {
    return new Progress(
        next, Math.max(seen, offset + 1), maxEventMs, removedMicros, removedOffset, lateRows);
  }

  /** One record more was late. */
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
