package io.tidemark.checkpoint.log;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.checkpoint.CheckpointErrors;
import io.tidemark.common.TidemarkException;
import io.tidemark.storage.Storage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.CRC32C;

/**
 * The identity of a query, in Spark's format, one line without a newline:
 *
 * <pre>
 *   {"id":"8c1f0d5e-...","crc32c":"1a2b3c4d"}
 * </pre>
 *
 * The checksum protects the id: with another id a batch would be written to a table twice. Spark
 * ignores the checksum and writes none.
 *
 * @param id the query id: {@code txn.appId} in every table. Created once, exclusively
 */
public record QueryMetadata(String id) {

  private static final String FILE = "metadata";
  private static final String CHECKSUM = "crc32c";

  private static String checksum(String id) {
    CRC32C crc = new CRC32C();
    crc.update(id.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().toHexDigits((int) crc.getValue());
  }

  static boolean isMissing(Storage storage) throws IOException {
    return storage.read(FILE).isEmpty();
  }

  static String file(Storage storage) {
    return FILE + " of " + storage.location();
  }

  /** Creates the file; false when it exists with another id. */
  boolean create(Storage storage) throws IOException {
    ObjectNode json = Json.object();
    json.put("id", id);
    json.put(CHECKSUM, checksum(id));
    return ExclusiveFile.create(storage, FILE, Json.line(json).getBytes(StandardCharsets.UTF_8));
  }

  /** Reads the identity of the query, or creates it; of two creators the first one counts. */
  static QueryMetadata readOrCreate(Storage storage) throws IOException {
    Optional<byte[]> found = storage.read(FILE);
    if (found.isEmpty()) {
      new QueryMetadata(UUID.randomUUID().toString()).create(storage);
      found = storage.read(FILE);
    }
    String file = file(storage);
    if (found.isEmpty()) {
      throw CheckpointErrors.missingEntry(file, "it was created a moment ago");
    }
    try {
      JsonNode json = Json.MAPPER.readTree(found.get());
      String id = Json.text(json, "id");
      if (id.isEmpty() || (json.has(CHECKSUM) && !Json.text(json, CHECKSUM).equals(checksum(id)))) {
        throw CheckpointErrors.damagedFile(file, "its checksum does not match", null);
      }
      return new QueryMetadata(id);
    } catch (TidemarkException named) {
      throw named;
    } catch (IOException | RuntimeException e) {
      throw CheckpointErrors.damagedFile(file, e.getMessage(), e);
    }
  }
}
