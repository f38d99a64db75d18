package io.tidemark.checkpoint.log;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.checkpoint.CheckpointErrors;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * The frame of the files that are ours alone:
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
    String body = VERSION + "\n" + Json.text(json) + "\n";
    return (body + CHECKSUM + checksum(body)).getBytes(StandardCharsets.UTF_8);
  }

  /**
   * @param file name for messages
   * @throws io.tidemark.checkpoint.TidemarkException when the file is damaged or of another version
   */
  static JsonNode decode(String file, byte[] content) {
    String text = new String(content, StandardCharsets.UTF_8);
    int versionEnd = text.indexOf('\n');
    if (versionEnd < 0) {
      throw CheckpointErrors.damagedFile(
          file, text.isEmpty() ? "it is empty" : "it ends within its version line", null);
    }
    String version = text.substring(0, versionEnd);
    if (!version.equals(VERSION)) {
      throw CheckpointErrors.unknownVersion(file, version, VERSION);
    }
    int bodyEnd = text.lastIndexOf('\n') + 1;
    String body = text.substring(0, bodyEnd);
    if (!text.substring(bodyEnd).equals(CHECKSUM + checksum(body))) {
      throw CheckpointErrors.damagedFile(file, "its checksum line does not match", null);
    }
    try {
      return Json.MAPPER.readTree(body.substring(versionEnd + 1));
    } catch (IOException e) {
      throw CheckpointErrors.damagedFile(file, "it holds no JSON", e);
    }
  }

  private static String checksum(String body) {
    CRC32C crc = new CRC32C();
    crc.update(body.getBytes(StandardCharsets.UTF_8));
    return String.format("%08x", crc.getValue());
  }
}
