package io.tidemark.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
    Path file = directory.resolve("rows.parquet");
    List<Long> sent = new ArrayList<>();
    try (ParquetWriter<Group> rows =
        ExampleParquetWriter.builder(new LocalOutputFile(file))
            .withConf(new PlainParquetConfiguration())
            .withType(SCHEMA)
            .withCompressionCodec(CompressionCodecName.ZSTD)
            .build()) {
      for (int i = 0; i < 1000; i++) {
        sent.add(1_790_000_000_000L + i);
        Group row = new SimpleGroup(SCHEMA);
        row.add("order_id", "o-" + i);
        row.add("sent_at", sent.get(i));
        rows.write(row);
      }
    }

    List<Long> read = new ArrayList<>();
    SentTimes.read(file, read::add);

    assertThat(read).isEqualTo(sent);
  }
}
