package io.tidemark.source;

import io.tidemark.delta.table.DeltaTables;
import io.tidemark.storage.HadoopFileSystems;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;

/** Tables that are large in one way or the other, written in little time. */
final class LargeTables {

  private static final MessageType ROW =
      MessageTypeParser.parseMessageType(
          "message row { optional int64 id; optional binary payload; }");

  private static final String SCHEMA =
      "{\\\"type\\\":\\\"struct\\\",\\\"fields\\\":["
          + "{\\\"name\\\":\\\"id\\\",\\\"type\\\":\\\"long\\\",\\\"nullable\\\":true,"
          + "\\\"metadata\\\":{}},"
          + "{\\\"name\\\":\\\"payload\\\",\\\"type\\\":\\\"binary\\\",\\\"nullable\\\":true,"
          + "\\\"metadata\\\":{}}]}";

  private static final int LINKS = 1_000;
  private static final int COMMITS = 10;

  private final Path table;

  LargeTables(Path table) throws IOException {
    this.table = table;
    Files.createDirectories(table.resolve("_delta_log"));
  }

  /**
   * Many files of one row: the log has a path for each, after which are links of one file. Most are
   * in a table checkpoint, the rest in commits after it.
   *
   * @return the paths
   */
  List<String> manyFiles(int directories) throws IOException {
    Path file = file("real/0.parquet", 1, 1);
    for (int link = 1; link < LINKS; link++) {
      Files.createLink(file.resolveSibling(link + ".parquet"), file);
    }
    for (int directory = 0; directory < directories; directory++) {
      Files.createSymbolicLink(table.resolve("d" + directory), Path.of("real"));
    }
    int late = directories / COMMITS;
    commit(0, 0, directories - late, Files.size(file), true);
    for (int version = 1; version <= COMMITS; version++) {
      commit(version, 0, 0, 0, false);
    }
    new DeltaTables(new HadoopFileSystems(Map.of()), "test")
        .open(table.toString())
        .orElseThrow()
        .maintain();
    for (int directory = directories - late; directory < directories; directory++) {
      int version = COMMITS + 1 + directory - directories + late;
      commit(version, directory, directory + 1, Files.size(file), false);
    }
    return IntStream.range(0, directories * LINKS)
        .mapToObj(number -> path(number / LINKS, number % LINKS))
        .toList();
  }

  private static String path(int directory, int link) {
    return "d" + directory + "/" + link + ".parquet";
  }

  /** One file, whose bytes no encoding makes fewer. */
  void oneFile(int rows, int rowBytes) throws IOException {
    Path file = file(path(0, 0), rows, rowBytes);
    try (Writer log = log(0)) {
      head(log);
      add(log, path(0, 0), Files.size(file), 0);
    }
  }

  private Path file(String path, int rows, int rowBytes) throws IOException {
    Path file = table.resolve(path);
    Random random = new Random(7);
    byte[] payload = new byte[rowBytes];
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(new org.apache.hadoop.fs.Path(file.toUri()))
            .withConf(new Configuration())
            .withType(ROW)
            .withDictionaryEncoding(false)
            .build()) {
      for (long id = 0; id < rows; id++) {
        random.nextBytes(payload);
        Group row = new SimpleGroup(ROW);
        row.add("id", id);
        row.add("payload", Binary.fromReusedByteArray(payload));
        writer.write(row);
      }
    }
    return file;
  }

  private void commit(int version, int from, int to, long bytes, boolean first) throws IOException {
    try (Writer log = log(version)) {
      if (first) {
        head(log);
      }
      for (int directory = from; directory < to; directory++) {
        for (int link = 0; link < LINKS; link++) {
          add(log, path(directory, link), bytes, directory);
        }
      }
    }
  }

  private Writer log(int version) throws IOException {
    Writer log =
        Files.newBufferedWriter(
            table.resolve("_delta_log").resolve(String.format("%020d.json", version)));
    log.write("{\"commitInfo\":{\"timestamp\":1,\"operation\":\"WRITE\"}}\n");
    return log;
  }

  private static void head(Writer log) throws IOException {
    log.write("{\"protocol\":{\"minReaderVersion\":1,\"minWriterVersion\":2}}\n");
    log.write(
        "{\"metaData\":{\"id\":\"large\",\"format\":{\"provider\":\"parquet\",\"options\":{}},"
            + "\"schemaString\":\""
            + SCHEMA
            + "\",\"partitionColumns\":[],\"configuration\":{},\"createdTime\":1}}\n");
  }

  private static void add(Writer log, String path, long bytes, long modifiedMs) throws IOException {
    log.write(
        "{\"add\":{\"path\":\""
            + path
            + "\",\"partitionValues\":{},\"size\":"
            + bytes
            + ",\"modificationTime\":"
            + modifiedMs
            + ",\"dataChange\":true,\"stats\":\"{\\\"numRecords\\\":1}\"}}\n");
  }
}
