package io.tidemark.checkpoint.log;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.checkpoint.CheckpointErrors;
import io.tidemark.checkpoint.storage.Storage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;

/**
 * The identity of a query, in Spark's format, one line without a newline:
 *
 * <pre>
 *   {"id":"8c1f0d5e-..."}
 * </pre>
 *
 * @param id the query id: {@code txn.appId} in every table. Created once, exclusively
 */
public record QueryMetadata(String id) {

  private static final String FILE = "metadata";

  static boolean isMissing(Storage storage) throws IOException {
    return storage.read(FILE).isEmpty();
  }

  static String file(Storage storage) {
    return FILE + " of " + storage.location();
  }

  /** Creates the file; false when there is one with another id. */
  boolean create(Storage storage) throws IOException {
    ObjectNode json = Json.object();
    json.put("id", id);
    return ExclusiveFile.create(storage, FILE, Json.text(json).getBytes(StandardCharsets.UTF_8));
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
      return new QueryMetadata(Json.required(Json.MAPPER.readTree(found.get()), "id").asText());
    } catch (IOException | RuntimeException e) {
      throw CheckpointErrors.damagedFile(file, e.getMessage(), e);
    }
  }
}
