package io.tidemark.checkpoint.log;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.checkpoint.CheckpointErrors;
import io.tidemark.common.TidemarkException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.Function;
import java.util.zip.CRC32C;

/**
 * The frame of the files that only the connector writes:
 *
 * <pre>
 *   v1
 *   {"one":"line of JSON"}
 *   crc32c 1a2b3c4d
 * </pre>
 *
 * The checksum covers all bytes before its line, so that a torn or altered file is recognised.
 */
final class ChecksummedJson {

  private static final String VERSION = "v1";
  private static final String CHECKSUM = "crc32c ";

  private ChecksummedJson() {}

  static byte[] encode(JsonNode json) {
    byte[] body = (VERSION + "\n" + Json.line(json) + "\n").getBytes(StandardCharsets.UTF_8);
    byte[] checksum = checksumLine(body, body.length);
    byte[] content = Arrays.copyOf(body, body.length + checksum.length);
    System.arraycopy(checksum, 0, content, body.length, checksum.length);
    return content;
  }

  /**
   * Decodes the JSON of a file.
   *
   * @param file name for messages
   * @param reading throws the exception that best explains why the JSON is not valid for this kind
   *     of file
   * @throws TidemarkException when the file is damaged or of another version
   */
  static <T> T read(String file, byte[] content, Function<JsonNode, T> reading) {
    try {
      return reading.apply(decode(file, content));
    } catch (TidemarkException named) {
      throw named;
    } catch (RuntimeException e) {
      throw CheckpointErrors.damagedFile(file, e.getMessage(), e);
    }
  }

  /**
   * @param file name for messages
   * @throws TidemarkException when the file is damaged or of another version
   */
  static JsonNode decode(String file, byte[] content) {
    int versionEnd = indexOf(content, '\n');
    if (versionEnd < 0) {
      throw CheckpointErrors.damagedFile(
          file, content.length == 0 ? "it is empty" : "it ends within its version line", null);
    }
    String version = new String(content, 0, versionEnd, StandardCharsets.UTF_8);
    SparkText.requireVersion(file, version);
    int bodyEnd = lastIndexOf(content, '\n') + 1;
    byte[] expected = checksumLine(content, bodyEnd);
    if (!Arrays.equals(content, bodyEnd, content.length, expected, 0, expected.length)) {
      throw CheckpointErrors.damagedFile(file, "its checksum line does not match", null);
    }
    try {
      return Json.MAPPER.readTree(content, versionEnd + 1, bodyEnd - versionEnd - 1);
    } catch (IOException e) {
      throw CheckpointErrors.damagedFile(file, "it holds no JSON", e);
    }
  }

  private static byte[] checksumLine(byte[] content, int bodyEnd) {
    CRC32C crc = new CRC32C();
    crc.update(content, 0, bodyEnd);
    return (CHECKSUM + HexFormat.of().toHexDigits((int) crc.getValue()))
        .getBytes(StandardCharsets.UTF_8);
  }

  private static int indexOf(byte[] content, char c) {
    int i = 0;
    while (i < content.length && content[i] != c) {
      i++;
    }
    return i < content.length ? i : -1;
  }

  private static int lastIndexOf(byte[] content, char c) {
    int i = content.length - 1;
    while (i >= 0 && content[i] != c) {
      i--;
    }
    return i;
  }
}
