package io.tidemark.delta.value;

import java.nio.charset.StandardCharsets;

/**
 * A string as the bytes that a record has it in, which nobody decodes on the way to a file.
 *
 * @param bytes of the whole record; they do not change while the record is in use
 * @param from first byte of the string
 * @param to the one after its last
 */
@SuppressWarnings("ArrayRecordComponent") // not compared
public record Utf8(byte[] bytes, int from, int to) {

  /** The string itself. */
  @Override
  public String toString() {
    return new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }
}
