package io.tidemark.sink.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.checkpoint.log.SessionId;
import io.tidemark.storage.HadoopFileSystems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFileStoreTest {

  private static final SessionId DEAD = new SessionId(3, 42, 1, "5f1c2a9b");
  private static final SessionId LIVING = new SessionId(3, 43, 0, "11111111");

  @TempDir private Path table;

  private final DataFileStore store = new DataFileStore(new HadoopFileSystems(Map.of()));

  @Test
  void deletesWhatAFencedSessionLeftAfterItsLastAcceptedSegment() throws IOException {
    List<String> kept =
        List.of(
            "part-" + DEAD + "-000016-00000.zstd.parquet",
            "part-" + DEAD + "-000017-00003.zstd.parquet",
            "day=2026-11-01/part-" + DEAD + "-000017-00001.zstd.parquet",
            "part-" + LIVING + "-000018-00000.zstd.parquet",
            "part-00000-0b8d3a5e-7f4c-4e7b-8a3e-6d2f0c9a1b5d-c000.snappy.parquet",
            "_delta_log/00000000000000000000.json",
            "_delta_log/part-" + DEAD + "-000018-00000.zstd.parquet",
            "notes.txt");
    List<String> orphans =
        List.of(
            "part-" + DEAD + "-000018-00000.zstd.parquet",
            "part-" + DEAD + "-000018-00001.parquet",
            "day=2026-11-01/hour=7/part-" + DEAD + "-000019-00000.zstd.parquet");
    for (String file : Stream.concat(kept.stream(), orphans.stream()).toList()) {
      Path path = table.resolve(file);
      Files.createDirectories(path.getParent());
      Files.writeString(path, "x");
    }
    DataFiles files = new DataFiles(store, new MemoryTables(), new LongAdder());
    assertThat(files.deleteOrphans(table.toString(), Map.of(DEAD, 17))).isEqualTo(3);
    assertThat(kept).allMatch(file -> Files.exists(table.resolve(file)));
    assertThat(orphans).noneMatch(file -> Files.exists(table.resolve(file)));
  }

  @Test
  void findsNothingWhereThereIsNoTable() throws IOException {
    assertThat(store.orphans(table.resolve("gone").toString(), Map.of(DEAD, -1))).isEmpty();
  }
}
