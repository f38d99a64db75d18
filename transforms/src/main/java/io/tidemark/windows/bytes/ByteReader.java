package io.tidemark.windows.bytes;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads what {@link ByteWriter} wrote; reused from value to value. */
public final class ByteReader {

  private byte[] bytes = {};
  private int at;
  private int end;

  /** Starts reading this part of an array. */
  public ByteReader reset(byte[] source, int from, int length) {
    bytes = source;
    at = from;
    end = from + length;
    return this;
  }

  /** Starts reading this array. */
  public ByteReader reset(byte[] source) {
    return reset(source, 0, source.length);
  }

  /** How many bytes are left. */
  public int remaining() {
    return end - at;
  }

  /** One byte, 0 to 255. */
  public int readByte() {
    need(1);
    return bytes[at++] & 0xFF;
  }

  /** The next byte, 0 to 255, without consuming it. */
  public int peek() {
    need(1);
    return bytes[at] & 0xFF;
  }

  /** 8 bytes, most significant first. */
  public long readLong() {
    need(8);
    long value = 0;
    for (int i = 0; i < 8; i++) {
      value = value << 8 | (bytes[at++] & 0xFF);
    }
    return value;
  }

  /** A number of {@link ByteWriter#writeVarint}. */
  public long readVarint() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int next = readByte();
      value |= (next & 0x7FL) << shift;
      if (next < 0x80) {
        return value;
      }
    }
    throw new IllegalArgumentException("a number is longer than 10 bytes");
  }

  /** A number of {@link ByteWriter#writeSigned}. */
  public long readSigned() {
    long value = readVarint();
    return (value >>> 1) ^ -(value & 1);
  }

  /** A copy of the bytes of {@link ByteWriter#writeBytes}. */
  public byte[] readBytes() {
    int length = length();
    byte[] value = Arrays.copyOfRange(bytes, at, at + length);
    at += length;
    return value;
  }

  /** The text of {@link ByteWriter#writeText}. */
  public String readText() {
    int length = length();
    String value = new String(bytes, at, length, StandardCharsets.UTF_8);
    at += length;
    return value;
  }

  /** The next bytes, into an array. */
  public void readRaw(byte[] target, int to, int count) {
    need(count);
    System.arraycopy(bytes, at, target, to, count);
    at += count;
  }

  private int length() {
    long length = readVarint();
    if (length < 0 || length > remaining()) {
      throw new IllegalArgumentException("a value is longer than what is left");
    }
    return (int) length;
  }

  private void need(int count) {
    if (end - at < count) {
      throw new IllegalArgumentException("a value ends early");
    }
  }
}
