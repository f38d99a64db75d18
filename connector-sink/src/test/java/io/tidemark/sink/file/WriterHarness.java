package io.tidemark.sink.file;

import io.tidemark.checkpoint.log.SegmentId;
import io.tidemark.checkpoint.log.SessionId;
import io.tidemark.common.DataFile;
import io.tidemark.delta.schema.Column;
import io.tidemark.delta.schema.ColumnType;
import io.tidemark.delta.schema.TableSchema;
import io.tidemark.sink.record.RecordOptions;
import io.tidemark.sink.record.Rejects;
import io.tidemark.sink.record.TableRouter;
import io.tidemark.storage.HadoopFileSystems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.example.GroupReadSupport;

/** A writer of one table in a directory, and the way to read its files back. */
final class WriterHarness {

  static final SegmentId SEGMENT = new SegmentId(new SessionId(3, 42, 1, "5f1c2a9b"), 17);

  final MemoryTables tables = new MemoryTables();
  final List<SinkRecord> rejected = new ArrayList<>();
  final List<Throwable> reasons = new ArrayList<>();
  final String location;
  RecordOptions records = RecordOptions.defaults();
  FileOptions files = FileOptions.defaults();
  boolean tolerant = true;
  private long offset;

  WriterHarness(Path directory) {
    this.location = directory.resolve("orders").toString();
  }

  ParquetRecordWriter writer() {
    return writer(TableRouter.single(location));
  }

  ParquetRecordWriter writer(TableRouter router) {
    Rejects rejects =
        new Rejects(
            Optional.of(
                (record, reason) -> {
                  rejected.add(record);
                  reasons.add(reason);
                  return CompletableFuture.completedFuture(null);
                }),
            tolerant);
    ParquetRecordWriter writer =
        new ParquetRecordWriter(
            new DataFileStore(new HadoopFileSystems(Map.of())),
            tables,
            router,
            TableOptions.defaults(),
            records,
            files,
            rejects);
    writer.begin(owner(SEGMENT));
    return writer;
  }

  static FileOwner owner(SegmentId segment) {
    return new FileOwner(segment.toString(), table -> {});
  }

  /** All records in one put, to the end of the segment. */
  List<DataFile> write(SinkRecord... all) throws IOException {
    ParquetRecordWriter writer = writer();
    writer.write(List.of(all));
    return writer.finish();
  }

  void table(List<String> partitionColumns, Column... columns) {
    tables.create(
        location,
        new TableSchema(new ColumnType.Struct(List.of(columns)), partitionColumns),
        Map.of());
  }

  MemoryTables.MemoryTable table() {
    return tables.tables.get(location);
  }

  /** A schemaless record of alternating names and values. */
  SinkRecord map(Object... namesAndValues) {
    Map<String, Object> value = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      value.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return record(null, value);
  }

  SinkRecord struct(Struct value) {
    return record(value.schema(), value);
  }

  SinkRecord record(Schema schema, Object value) {
    return new SinkRecord("orders", 2, null, "key", schema, value, offset++);
  }

  List<Group> read(DataFile file) throws IOException {
    List<Group> rows = new ArrayList<>();
    org.apache.hadoop.fs.Path path =
        new org.apache.hadoop.fs.Path(Path.of(file.table(), file.path()).toUri());
    try (ParquetReader<Group> reader =
        ParquetReader.builder(new GroupReadSupport(), path)
            .withConf(new Configuration(false))
            .build()) {
      for (Group row = reader.read(); row != null; row = reader.read()) {
        rows.add(row);
      }
    }
    return rows;
  }

  /** Every file below the table, relative. */
  List<String> found() throws IOException {
    Path root = Path.of(location);
    if (!Files.exists(root)) {
      return List.of();
    }
    try (Stream<Path> paths = Files.walk(root)) {
      return paths
          .filter(Files::isRegularFile)
          .map(path -> root.relativize(path).toString())
          .sorted()
          .toList();
    }
  }

  static List<String> paths(DataFile... files) {
    return Arrays.stream(files).map(DataFile::path).sorted().toList();
  }
}
