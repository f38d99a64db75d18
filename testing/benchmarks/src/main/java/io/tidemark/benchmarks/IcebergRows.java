package io.tidemark.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The rows of an Iceberg table of a Hadoop catalog, by the summary of its current snapshot. */
final class IcebergRows implements RowCount {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path metadata;

  /**
   * @param table its directory
   */
  IcebergRows(Path table) {
    this.metadata = table.resolve("metadata");
  }

  @Override
  public long records() throws IOException {
    Path hint = metadata.resolve("version-hint.text");
    if (!Files.exists(hint)) {
      return 0;
    }
    Path file = metadata.resolve("v" + Files.readString(hint).strip() + ".metadata.json");
    JsonNode table = JSON.readTree(file.toFile());
    JsonNode current = table.path("current-snapshot-id");
    for (JsonNode snapshot : table.path("snapshots")) {
      if (snapshot.path("snapshot-id").equals(current)) {
        return snapshot.at("/summary/total-records").asLong(0);
      }
    }
    return 0;
  }
}
