package io.tidemark.windows.function;

import com.dynatrace.hash4j.distinctcount.UltraLogLog;
import io.tidemark.windows.bytes.ByteReader;
import io.tidemark.windows.bytes.ByteWriter;
import java.util.Arrays;

/**
 * Estimates how many different hashes it has seen: exactly while they are few, then by an
 * UltraLogLog sketch of {@code 2^precision} bytes.
 */
final class DistinctSketch {

  private static final int MOST_HASHES = 64;
  private static final int FEW = 1;
  private static final int MANY = 2;

  private final int precision;
  private long[] hashes = new long[4];
  private int count;
  private UltraLogLog registers;

  DistinctSketch(int precision) {
    this.precision = precision;
  }

  void add(long hash) {
    if (registers != null) {
      registers.add(hash);
      return;
    }
    for (int i = 0; i < count; i++) {
      if (hashes[i] == hash) {
        return;
      }
    }
    if (count == MOST_HASHES) {
      widen();
      registers.add(hash);
      return;
    }
    if (count == hashes.length) {
      hashes = Arrays.copyOf(hashes, count * 2);
    }
    hashes[count++] = hash;
  }

  private void widen() {
    registers = UltraLogLog.create(precision);
    for (int i = 0; i < count; i++) {
      registers.add(hashes[i]);
    }
    hashes = new long[0];
    count = 0;
  }

  long estimate() {
    return registers == null ? count : Math.round(registers.getDistinctCountEstimate());
  }

  int heapBytes() {
    return 64 + 8 * hashes.length + (registers == null ? 0 : 1 << precision);
  }

  void write(ByteWriter out) {
    if (registers != null) {
      out.writeByte(MANY);
      out.writeBytes(registers.getState());
      return;
    }
    out.writeByte(FEW);
    out.writeVarint(count);
    for (int i = 0; i < count; i++) {
      out.writeLong(hashes[i]);
    }
  }

  void merge(ByteReader in) {
    int kind = in.readByte();
    if (kind == FEW) {
      for (long left = in.readVarint(); left > 0; left--) {
        add(in.readLong());
      }
    } else if (kind == MANY) {
      if (registers == null) {
        widen();
      }
      registers.add(UltraLogLog.wrap(in.readBytes()));
    } else {
      throw new IllegalArgumentException("a sketch has the unknown kind " + kind);
    }
  }
}
