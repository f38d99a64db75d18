package io.tidemark.quickstart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.cluster.ConnectWorker;
import io.tidemark.stores.Lake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** A connector in the worker, as a file of {@code config/} describes it. */
final class Connector {

  private static final String DIRECTORY = "${env:QUICKSTART_DIR}";
  private static final String TABLE = "table.path";
  private static final String CHECKPOINT = "checkpoint.location";

  private final ConnectWorker worker;
  private final Lake lake;
  private final String file;
  private final JsonNode document;

  private Connector(ConnectWorker worker, Lake lake, String file, JsonNode document) {
    this.worker = worker;
    this.lake = lake;
    this.file = file;
    this.document = document;
  }

  /**
   * @param lake whose root the worker knows as {@code QUICKSTART_DIR}
   */
  static Connector read(ConnectWorker worker, Lake lake, Path file) throws IOException {
    JsonNode document = new ObjectMapper().readTree(file.toFile());
    lake.connectorKeys().forEach(((ObjectNode) document.path("config"))::put);
    return new Connector(worker, lake, file.getFileName().toString(), document);
  }

  void post() {
    worker.rest().create(document);
  }

  /** Name of the file that describes it. */
  String file() {
    return file;
  }

  String name() {
    return document.path("name").asText();
  }

  int tasks() {
    return Integer.parseInt(key("tasks.max"));
  }

  Duration millis(String key) {
    return Duration.ofMillis(Long.parseLong(key(key)));
  }

  /** The directory of its table, for those that read it without the connector. */
  Path table() {
    return files(TABLE);
  }

  /** Its table as it knows it. */
  String tableLocation() {
    return location(TABLE);
  }

  /** Its checkpoint location as it knows it. */
  String checkpointLocation() {
    return location(CHECKPOINT);
  }

  /** The topic that it writes, if it is a source. */
  String topic() {
    return key("topic");
  }

  /** Its consumer group. */
  String group() {
    return "connect-" + name();
  }

  /** Where its REST resources are. */
  String uri() {
    return worker.rest().uri() + "/connectors/" + name();
  }

  boolean running() {
    return worker.rest().running(name(), tasks());
  }

  /** Batches that it has committed. */
  long batches() {
    Path commits = files(CHECKPOINT).resolve("commits");
    if (!Files.isDirectory(commits)) {
      return 0;
    }
    try (Stream<Path> entries = Files.list(commits)) {
      return entries.filter(entry -> entry.getFileName().toString().matches("[0-9]+")).count();
    } catch (IOException e) {
      return 0;
    }
  }

  /** The versions of its table; none while there is no table. */
  List<History.Version> history() throws IOException {
    return Files.isDirectory(table().resolve("_delta_log")) ? History.read(table()) : List.of();
  }

  /** Rows of its table, by the table's history. */
  long rows() throws IOException {
    return history().stream()
        .filter(version -> !version.rows().isEmpty())
        .mapToLong(version -> Long.parseLong(version.rows()))
        .sum();
  }

  /**
   * What its tasks logged when they continued.
   *
   * @param sinceLine lines of the worker's log before that one do not count
   */
  List<String> resumed(long sinceLine) throws IOException {
    try (Stream<String> lines = Files.lines(worker.log())) {
      return lines
          .skip(sinceLine)
          .filter(line -> line.contains("[task-thread-" + name() + "-"))
          .filter(line -> line.contains("resuming from batch "))
          .map(line -> line.substring(line.indexOf("resuming from batch ")))
          .filter(line -> !line.startsWith("resuming from batch none"))
          .distinct()
          .toList();
    }
  }

  private Path files(String key) {
    return Path.of(key(key).replace(DIRECTORY, lake.files().toString()));
  }

  private String location(String key) {
    return key(key).replace(DIRECTORY, lake.root());
  }

  private String key(String key) {
    return document.path("config").path(key).asText();
  }
}
