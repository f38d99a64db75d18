package io.tidemark.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One file of {@code _delta_log}, an action a line:
 *
 * <pre>
 *   {"add":{"path":"part-0.parquet","stats":"{\"numRecords\":3}",..}}
 *   {"remove":{"path":"part-1.parquet",..}}
 * </pre>
 *
 * @param added by path, the rows of the data file less those that its deletion vector removes
 * @param removed paths of data files
 */
record DeltaVersion(Map<String, Long> added, List<String> removed) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** The file of a version of the table in that directory. */
  static Path file(Path table, long version) {
    return table.resolve("_delta_log").resolve(String.format(Locale.ROOT, "%020d.json", version));
  }

  /** Fails with TM-987 when the number of rows of a file is not in the log. */
  static DeltaVersion read(Path file) throws IOException {
    Map<String, Long> added = new LinkedHashMap<>();
    List<String> removed = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      JsonNode action = JSON.readTree(line);
      JsonNode add = action.path("add");
      if (add.isObject()) {
        added.put(add.path("path").asText(), rows(add, file));
      }
      if (action.path("remove").isObject()) {
        removed.add(action.at("/remove/path").asText());
      }
    }
    return new DeltaVersion(added, removed);
  }

  private static long rows(JsonNode add, Path file) throws IOException {
    JsonNode records = JSON.readTree(add.path("stats").asText("{}")).path("numRecords");
    if (!records.isNumber()) {
      throw BenchmarkErrors.rowsUnknown(file);
    }
    return records.asLong() - add.at("/deletionVector/cardinality").asLong(0);
  }
}
