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

  /** Fails when the first line of a file is not the version that this release knows. */
  static void requireVersion(String file, String line) {
    if (!line.matches("v[1-9][0-9]{0,8}")) {
      throw CheckpointErrors.damagedFile(file, "its first line is no version", null);
    }
    if (!line.equals(VERSION)) {
      throw CheckpointErrors.unknownVersion(file, line, VERSION);
    }
  }

  /** The lines after the version line. */
  static String[] decode(String file, byte[] content) {
    String[] lines = new String(content, StandardCharsets.UTF_8).split("\n", -1);
    requireVersion(file, lines[0]);
    return Arrays.copyOfRange(lines, 1, lines.length);
  }
}
