package io.tidemark.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The sum of the files {@code count-N}, in which each task of the sink that does nothing counts.
 */
final class CountFiles implements RowCount {

  private final Path directory;

  CountFiles(Path directory) {
    this.directory = directory;
  }

  @Override
  public long records() throws IOException {
    if (!Files.isDirectory(directory)) {
      return 0;
    }
    List<Path> counts;
    try (Stream<Path> files = Files.list(directory)) {
      counts = files.filter(file -> file.getFileName().toString().matches("count-\\d+")).toList();
    }
    long records = 0;
    for (Path count : counts) {
      String text = Files.readString(count).strip();
      records += text.isEmpty() ? 0 : Long.parseLong(text);
    }
    return records;
  }
}
