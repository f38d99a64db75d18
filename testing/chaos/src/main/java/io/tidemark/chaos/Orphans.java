package io.tidemark.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Data files of the connectors below tables that no version of them has ever named. Read from the
 * JSON entries of the logs, which must reach back to version 0 for that. Spark, whose OPTIMIZE may
 * lose a race, leaves files of its own to VACUUM.
 *
 * @param count number of such files
 * @param logComplete whether each log still has its version 0
 */
record Orphans(long count, boolean logComplete) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String OURS =
      ".*/part-[0-9]{5,9}-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{8}-[0-9]{6,9}-[^/]*\\.parquet";

  /** Of the tables of all connectors. */
  static Orphans of(List<Sink> sinks) throws IOException {
    Orphans all = new Orphans(0, true);
    for (Sink sink : sinks) {
      Orphans more = of(sink.table);
      all = new Orphans(all.count + more.count, all.logComplete && more.logComplete);
    }
    return all;
  }

  private static Orphans of(Path table) throws IOException {
    Path log = table.resolve("_delta_log");
    Set<Path> named = new HashSet<>();
    for (Path version : files(log, ".*/[0-9]{20}\\.json")) {
      for (String line : Files.readAllLines(version)) {
        JsonNode action = JSON.readTree(line);
        for (String kind : new String[] {"add", "remove"}) {
          if (action.has(kind)) {
            // Paths in the log are URIs relative to the table.
            String path = URI.create(action.path(kind).path("path").asText()).getPath();
            named.add(table.resolve(path).normalize());
          }
        }
      }
    }
    long count =
        files(table, OURS).stream()
            .filter(file -> !file.startsWith(log) && !named.contains(file.normalize()))
            .count();
    return new Orphans(count, Files.exists(log.resolve("0".repeat(20) + ".json")));
  }

  private static List<Path> files(Path directory, String pattern) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(file -> file.toString().matches(pattern)).toList();
    }
  }
}
