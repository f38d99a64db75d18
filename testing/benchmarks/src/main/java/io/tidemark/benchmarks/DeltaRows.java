package io.tidemark.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The rows of a Delta table by its log. It reads each version once, so asking often costs little;
 * all versions from 0 on have to be there.
 */
final class DeltaRows implements RowCount {

  private final Path table;
  private final Map<String, Long> live = new HashMap<>();
  private long next;

  /**
   * @param table its directory
   */
  DeltaRows(Path table) {
    this.table = table;
  }

  @Override
  public long records() throws IOException {
    for (Path file = newest(); Files.exists(file); file = newest()) {
      DeltaVersion version = DeltaVersion.read(file);
      version.removed().forEach(live::remove);
      live.putAll(version.added());
      next++;
    }
    return live.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Versions that it has read. */
  long versions() {
    return next;
  }

  private Path newest() {
    return DeltaVersion.file(table, next);
  }
}
