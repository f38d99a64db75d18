package io.tidemark.quickstart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The versions of a table as its log tells them: version, batch, rows, offsets. */
final class History {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int SHOWN_AT_EACH_END = 8;

  private History() {}

  /**
   * @param batch number of the batch, empty for a version that no batch made
   * @param offsets topic-partition ranges of the batch
   */
  record Version(long version, String operation, String batch, String rows, String offsets) {}

  /** All versions of the table at this directory, oldest first. */
  static List<Version> read(Path table) throws IOException {
    List<Version> versions = new ArrayList<>();
    try (Stream<Path> files = Files.list(table.resolve("_delta_log"))) {
      for (Path file :
          files.filter(path -> path.toString().matches(".*/[0-9]{20}\\.json")).sorted().toList()) {
        for (String line : Files.readAllLines(file)) {
          JsonNode info = JSON.readTree(line).path("commitInfo");
          if (!info.isMissingNode()) {
            versions.add(version(file, info));
          }
        }
      }
    }
    return versions;
  }

  private static Version version(Path file, JsonNode info) throws IOException {
    JsonNode offsets = JSON.readTree(info.path("userMetadata").asText("{}"));
    List<String> ranges = new ArrayList<>();
    offsets
        .properties()
        .forEach(range -> ranges.add(range.getKey() + " " + range.getValue().asText()));
    return new Version(
        Long.parseLong(file.getFileName().toString().replace(".json", "")),
        info.path("operation").asText(),
        info.path("operationParameters").path("epochId").asText(""),
        info.path("operationMetrics").path("numOutputRows").asText(""),
        String.join(", ", ranges));
  }

  /** An aligned table; of many versions the first and the last ones. */
  static List<String> lines(List<Version> versions) {
    String format = "%7s  %-16s  %5s  %9s  %s";
    List<String> lines = new ArrayList<>();
    lines.add(String.format(format, "version", "operation", "batch", "rows", "offsets"));
    for (int i = 0; i < versions.size(); i++) {
      if (i == SHOWN_AT_EACH_END && versions.size() > 2 * SHOWN_AT_EACH_END + 1) {
        i = versions.size() - SHOWN_AT_EACH_END;
        lines.add(String.format(format, "...", "", "", "", ""));
      }
      Version version = versions.get(i);
      lines.add(
          String.format(
                  format,
                  version.version(),
                  version.operation(),
                  version.batch(),
                  version.rows(),
                  version.offsets())
              .stripTrailing());
    }
    return lines;
  }
}
