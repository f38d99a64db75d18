package io.tidemark.checkpoint.log;

import io.tidemark.checkpoint.CheckpointErrors;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The frame of Spark's logs: the version line, then lines of JSON, no newline at the end. */
final class SparkText {

  private static final String VERSION = "v1";

  private SparkText() {}

  static byte[] encode(String... lines) {
    return (VERSION + "\n" + String.join("\n", lines)).getBytes(StandardCharsets.UTF_8);
  }

  /** The lines behind the version line. */
  static String[] decode(String file, byte[] content) {
    String[] lines = new String(content, StandardCharsets.UTF_8).split("\n", -1);
    if (!lines[0].equals(VERSION)) {
      throw CheckpointErrors.unknownVersion(file, lines[0], VERSION);
    }
    return Arrays.copyOfRange(lines, 1, lines.length);
  }
}
