package io.tidemark.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SentTimesTest {

  private static final MessageType SCHEMA =
      MessageTypeParser.parseMessageType(
          "message row { optional binary order_id (STRING); optional int64 sent_at; }");

  @TempDir Path directory;

  @Test
  void readsTheTimeOfEveryRowInOrder() throws IOException {
    List<Long> sent = LongStream.range(0, 1000).map(i -> 1_790_000_000_000L + i).boxed().toList();
    Path file = directory.resolve("rows.parquet");
    write(file, sent);

    List<Long> read = new ArrayList<>();
    SentTimes.read(file, read::add);

    assertThat(read).isEqualTo(sent);
  }

  @Test
  void takesTheTimeFromEachRowToItsVersionWithoutThoseOfTheWarmUp() throws IOException {
    write(directory.resolve("a.parquet"), List.of(1000L, 1500L, 1900L));
    write(directory.resolve("b.parquet"), List.of(2100L));
    version(0, "{\"metaData\":{}}");
    version(1, "{\"add\":{\"path\":\"a.parquet\",\"stats\":\"{\\\"numRecords\\\":3}\"}}");
    version(2, "{\"add\":{\"path\":\"b.parquet\",\"stats\":\"{\\\"numRecords\\\":1}\"}}");

    assertThat(VersionWatch.latencies(directory, Map.of(0L, 900L, 1L, 2000L, 2L, 3000L), 1500))
        .containsExactlyInAnyOrder(500L, 100L, 900L);
  }

  private void version(long number, String action) throws IOException {
    Path file = DeltaVersion.file(directory, number);
    Files.createDirectories(file.getParent());
    Files.writeString(file, action);
  }

  private static void write(Path file, List<Long> sent) throws IOException {
    try (ParquetWriter<Group> rows =
        ExampleParquetWriter.builder(new LocalOutputFile(file))
            .withConf(new PlainParquetConfiguration())
            .withType(SCHEMA)
            .withCompressionCodec(CompressionCodecName.ZSTD)
            .build()) {
      for (Long sentMs : sent) {
        Group row = new SimpleGroup(SCHEMA);
        row.add("order_id", "o-" + sentMs);
        row.add("sent_at", sentMs);
        rows.write(row);
      }
    }
  }
}
