package io.tidemark.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * The records of topics that begin at offset 0 up to where the newest committed batch ends, by the
 * checkpoint location. For results with another number of rows than there are records.
 *
 * <pre>
 *   commits/7   batch 7 is committed
 *   offsets/7   v1
 *               {"batchWatermarkMs":0,..}
 *               {"orders":{"0":250000,"1":250000}}
 * </pre>
 */
final class CommittedOffsets implements RowCount {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int FIRST_SOURCE = 2;

  private final Path checkpoint;

  CommittedOffsets(Path checkpoint) {
    this.checkpoint = checkpoint;
  }

  @Override
  public long records() throws IOException {
    OptionalLong batch = newest();
    if (batch.isEmpty()) {
      return 0;
    }
    List<String> lines =
        Files.readAllLines(checkpoint.resolve("offsets").resolve("" + batch.getAsLong()));
    long records = 0;
    for (String line : lines.subList(FIRST_SOURCE, lines.size())) {
      for (JsonNode topic : JSON.readTree(line)) {
        for (JsonNode offset : topic) {
          records += offset.asLong();
        }
      }
    }
    return records;
  }

  private OptionalLong newest() throws IOException {
    Path commits = checkpoint.resolve("commits");
    if (!Files.isDirectory(commits)) {
      return OptionalLong.empty();
    }
    try (Stream<Path> files = Files.list(commits)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.matches("\\d+"))
          .mapToLong(Long::parseLong)
          .max();
    }
  }
}
