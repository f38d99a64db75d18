package io.tidemark.quickstart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.cluster.ConnectWorker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** A connector in the worker, as a file of {@code config/} describes it. */
final class Connector {

  private static final String DIRECTORY = "${env:QUICKSTART_DIR}";

  private final ConnectWorker worker;
  private final Path work;
  private final String file;
  private final JsonNode document;

  private Connector(ConnectWorker worker, Path work, String file, JsonNode document) {
    this.worker = worker;
    this.work = work;
    this.file = file;
    this.document = document;
  }

  /**
   * @param work what the worker knows as {@code QUICKSTART_DIR}
   */
  static Connector read(ConnectWorker worker, Path work, Path file) throws IOException {
    return new Connector(
        worker, work, file.getFileName().toString(), new ObjectMapper().readTree(file.toFile()));
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

  Path table() {
    return path("table.path");
  }

  Path checkpoint() {
    return path("checkpoint.location");
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
    Path commits = checkpoint().resolve("commits");
    if (!Files.isDirectory(commits)) {
      return 0;
    }
    try (Stream<Path> entries = Files.list(commits)) {
      return entries.filter(entry -> !entry.getFileName().toString().startsWith(".")).count();
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

  private Path path(String key) {
    return Path.of(key(key).replace(DIRECTORY, work.toString()));
  }

  private String key(String key) {
    return document.path("config").path(key).asText();
  }
}
