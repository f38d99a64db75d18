package io.tidemark.sink.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.common.DataFile;
import io.tidemark.delta.read.DeltaReadableTables;
import io.tidemark.delta.read.FileRows;
import io.tidemark.delta.read.ReadableTable;
import io.tidemark.delta.read.TableFile;
import io.tidemark.delta.schema.ConnectTypes;
import io.tidemark.delta.schema.TableSchema;
import io.tidemark.delta.schema.TemporalMode;
import io.tidemark.delta.table.Append;
import io.tidemark.delta.table.DeltaTables;
import io.tidemark.delta.table.Table;
import io.tidemark.sink.record.RecordOptions;
import io.tidemark.sink.record.Rejects;
import io.tidemark.sink.record.TableRouter;
import io.tidemark.storage.HadoopFileSystems;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the sink writes is what a source reads: schema and values. */
@SuppressWarnings("JavaUtilDate") // Connect hands its logical types over as Date
class ReadBackTest {

  private static final Schema INNER =
      SchemaBuilder.struct()
          .name("orders.inner")
          .optional()
          .field("x", Schema.OPTIONAL_INT32_SCHEMA)
          .field("y", Schema.OPTIONAL_STRING_SCHEMA)
          .build();
  private static final Schema ELEMENT =
      SchemaBuilder.struct()
          .name("orders.elements.element")
          .optional()
          .field("x", Schema.OPTIONAL_INT32_SCHEMA)
          .build();
  private static final Schema ORDER =
      SchemaBuilder.struct()
          .name("orders")
          .field("id", Schema.OPTIONAL_INT64_SCHEMA)
          .field("flag", Schema.OPTIONAL_BOOLEAN_SCHEMA)
          .field("i8", Schema.OPTIONAL_INT8_SCHEMA)
          .field("i16", Schema.OPTIONAL_INT16_SCHEMA)
          .field("i32", Schema.OPTIONAL_INT32_SCHEMA)
          .field("f32", Schema.OPTIONAL_FLOAT32_SCHEMA)
          .field("f64", Schema.OPTIONAL_FLOAT64_SCHEMA)
          .field("text", Schema.OPTIONAL_STRING_SCHEMA)
          .field("raw", Schema.OPTIONAL_BYTES_SCHEMA)
          .field("small", decimal(2, 9))
          .field("large", decimal(10, 38))
          .field("day", Date.builder().optional().build())
          .field("at", Timestamp.builder().optional().build())
          .field("inner", INNER)
          .field("list", SchemaBuilder.array(Schema.OPTIONAL_INT64_SCHEMA).optional().build())
          .field("elements", SchemaBuilder.array(ELEMENT).optional().build())
          .field(
              "map",
              SchemaBuilder.map(Schema.INT32_SCHEMA, Schema.OPTIONAL_STRING_SCHEMA)
                  .optional()
                  .build())
          .build();

  @TempDir private Path directory;
  private final DeltaTables tables =
      new DeltaTables(new HadoopFileSystems(Map.of()), "Tidemark/test");

  private static Schema decimal(int scale, int precision) {
    return Decimal.builder(scale)
        .parameter("connect.decimal.precision", Integer.toString(precision))
        .optional()
        .build();
  }

  private static List<Struct> orders() {
    Map<Integer, String> map = new HashMap<>();
    map.put(1, "one");
    map.put(-2, null);
    Struct full =
        new Struct(ORDER)
            .put("id", 1L)
            .put("flag", true)
            .put("i8", (byte) -8)
            .put("i16", (short) -16)
            .put("i32", 32)
            .put("f32", 1.5f)
            .put("f64", Double.NEGATIVE_INFINITY)
            .put("text", "tëxt")
            .put("raw", new byte[] {0, -1, 16})
            .put("small", new BigDecimal("-1234567.89"))
            .put("large", new BigDecimal("1234567890123456789012345678.0123456789"))
            .put("day", new java.util.Date(-86_400_000L))
            .put("at", new java.util.Date(-1L))
            .put("inner", new Struct(INNER).put("x", 7))
            .put("list", Arrays.asList(1L, null, 3L))
            .put("elements", Arrays.asList(new Struct(ELEMENT).put("x", 8), null))
            .put("map", map);
    Struct empty = new Struct(ORDER).put("id", 2L).put("list", List.of()).put("map", Map.of());
    return List.of(full, empty, new Struct(ORDER).put("id", 3L));
  }

  @Test
  void whatWasWrittenComesBack() throws IOException {
    assertThat(writeAndRead(List.of())).isEqualTo(orders());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"flag", "i8", "i16", "i32", "f32", "f64", "text", "small", "large", "day", "at"})
  void partitionColumnsComeBackToo(String partition) throws IOException {
    assertThat(writeAndRead(List.of(partition))).containsExactlyInAnyOrderElementsOf(orders());
  }

  private List<Struct> writeAndRead(List<String> partitions) throws IOException {
    String location = directory.resolve("orders").toString();
    Table table =
        tables.create(location, new TableSchema(ConnectTypes.struct(ORDER), partitions), Map.of());
    table.append(new Append("query", 0, write(location), Map.of()));
    return read(location);
  }

  private List<DataFile> write(String location) throws IOException {
    ParquetRecordWriter writer =
        new ParquetRecordWriter(
            new DataFileStore(new HadoopFileSystems(Map.of())),
            tables,
            TableRouter.single(location),
            TableOptions.defaults(),
            RecordOptions.defaults(),
            FileOptions.defaults(),
            new Rejects(Optional.empty(), false));
    writer.begin(WriterHarness.owner(WriterHarness.SEGMENT));
    List<SinkRecord> records = new ArrayList<>();
    for (Struct order : orders()) {
      records.add(new SinkRecord("orders", 0, null, null, ORDER, order, records.size()));
    }
    writer.write(records);
    return writer.finish();
  }

  private static List<Struct> read(String location) throws IOException {
    ReadableTable table =
        new DeltaReadableTables(new HadoopFileSystems(Map.of()), TemporalMode.CONNECT)
            .open(location)
            .orElseThrow();
    List<Struct> rows = new ArrayList<>();
    for (TableFile file : table.files(1, path -> true, Optional.empty(), 100).files()) {
      try (FileRows read = table.rows(table.at(1), file, 0)) {
        while (read.next()) {
          rows.add(read.value());
        }
      }
    }
    return rows;
  }
}
