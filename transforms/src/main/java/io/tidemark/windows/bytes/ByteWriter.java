package io.tidemark.windows.bytes;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Appends numbers, text and bytes to an array that grows; reused from value to value. */
public final class ByteWriter {

  private byte[] bytes;
  private int length;

  /**
   * @param capacity first size of the array in bytes
   */
  public ByteWriter(int capacity) {
    bytes = new byte[Math.max(16, capacity)];
  }

  /** The array itself, valid up to {@link #length} until the next write. */
  public byte[] array() {
    return bytes;
  }

  /** How many bytes were written. */
  public int length() {
    return length;
  }

  /** A copy of what was written. */
  public byte[] copy() {
    return Arrays.copyOf(bytes, length);
  }

  /** Truncates to this length; 0 removes everything. */
  public void truncate(int newLength) {
    length = newLength;
  }

  /** One byte, the lowest of the number. */
  public void writeByte(int value) {
    reserve(1);
    bytes[length++] = (byte) value;
  }

  /** 8 bytes, most significant first. */
  public void writeLong(long value) {
    reserve(8);
    for (int shift = 56; shift >= 0; shift -= 8) {
      bytes[length++] = (byte) (value >>> shift);
    }
  }

  /** 1 to 10 bytes, the number taken as unsigned. */
  public void writeVarint(long value) {
    reserve(10);
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      bytes[length++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[length++] = (byte) rest;
  }

  /** 1 to 10 bytes, short for numbers near 0, positive or negative. */
  public void writeSigned(long value) {
    writeVarint((value << 1) ^ (value >> 63));
  }

  /** Length as a varint, then the bytes. */
  public void writeBytes(byte[] value) {
    writeVarint(value.length);
    writeRaw(value, 0, value.length);
  }

  /** Length in UTF-8 as a varint, then the text in UTF-8. */
  public void writeText(String value) {
    writeBytes(value.getBytes(StandardCharsets.UTF_8));
  }

  /** The bytes alone. */
  public void writeRaw(byte[] source, int from, int count) {
    reserve(count);
    System.arraycopy(source, from, bytes, length, count);
    length += count;
  }

  private void reserve(int count) {
    if (bytes.length - length < count) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + count));
    }
  }
}
