package io.tidemark.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.command.fixture.Run;
import io.tidemark.command.fixture.Sink;
import io.tidemark.command.fixture.Snapshot;
import io.tidemark.common.TidemarkException;
import io.tidemark.delta.read.DeltaReadableTables;
import io.tidemark.delta.read.FileRows;
import io.tidemark.delta.read.ReadableTable;
import io.tidemark.delta.read.TableFile;
import io.tidemark.delta.read.TableState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.data.Struct;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Any damage to any entry of a checkpoint location, in any state, with {@code repair} or without:
 * after the next start every record is in the table once, or a code says why not. The table's own
 * log and rows are the judge.
 */
@Tag("long")
@Execution(ExecutionMode.CONCURRENT)
class DamageGridTest {

  private static final TopicPartition P0 = new TopicPartition("orders", 0);
  private static final TopicPartition P1 = new TopicPartition("orders", 1);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String EXACT = "exact";

  /** Records are appended this many times until the table has to have all that came before. */
  private static final int ROUNDS = 6;

  @TempDir private Path directory;

  /** What was done before the damage. */
  private enum Stage {
    CLEAN,
    SEALED,
    PLANNED,
    LOGGED,
    APPENDED,
    COMMITTED,
    WINDOWS,
    WINDOWS_SEALED,
    WINDOWS_PLANNED,
    WINDOWS_IN_ROCKSDB,
    SPARK_BEFORE,
    SPARK_AFTER,
    SPARK_PLANNED,
    SPARK_WROTE,
    SPARK_OVER_A_VOID_PLAN;

    boolean isOfWindows() {
      return name().startsWith("WINDOWS");
    }

    Map<String, String> properties() {
      return this == WINDOWS_IN_ROCKSDB
          ? Sink.windows("rocksdb")
          : isOfWindows() ? Sink.windows("memory") : Sink.rows();
    }

    void reach(Sink sink) throws IOException {
      if (this == SPARK_BEFORE) {
        sink.start();
        sink.land(P0, 1);
        spark(sink);
        spark(sink);
      }
      sink.start();
      sink.land(P0, isOfWindows() ? 70 : 9);
      sink.land(P1, isOfWindows() ? 70 : 12);
      sink.land(P0, isOfWindows() ? 65 : 7);
      switch (this) {
        case CLEAN, WINDOWS, WINDOWS_IN_ROCKSDB, SPARK_BEFORE -> {}
        case SEALED, WINDOWS_SEALED -> sink.seal(P0, 5);
        case PLANNED -> sink.landUntil("offsets/", false, P0, 5);
        case WINDOWS_PLANNED -> sink.landUntil("offsets/", false, P1, 65);
        case LOGGED -> sink.landUntil("offsets/", true, P0, 5);
        case APPENDED -> sink.landUntil("commits/", false, P0, 5);
        case COMMITTED -> sink.landUntil("commits/", true, P0, 5);
        case SPARK_AFTER -> {
          spark(sink);
          spark(sink);
        }
        case SPARK_PLANNED -> {
          spark(sink);
          sink.sparkPlans(4);
        }
        case SPARK_WROTE -> {
          spark(sink);
          sink.sparkPlans(4);
          sink.sparkWrites();
        }
        case SPARK_OVER_A_VOID_PLAN -> {
          sink.landUntil("offsets/", false, P0, 5);
          spark(sink);
        }
      }
    }

    private static void spark(Sink sink) throws IOException {
      sink.sparkPlans(4);
      sink.sparkWrites();
      sink.sparkCommits();
    }
  }

  private enum Damage {
    NONE,
    REMOVED,
    EMPTY,
    HALF,
    MINUS_A_BYTE,
    ZEROS,
    NEWER_VERSION,
    A_DIGIT_CHANGED,
    A_BYTE_CHANGED,
    SWAPPED,
    COPIED
  }

  private record Cell(Damage damage, Path file, Path other, boolean repaired) {}

  @ParameterizedTest
  @EnumSource(Stage.class)
  @Timeout(value = 300, unit = TimeUnit.SECONDS)
  void everyCellEndsExactOrInACode(Stage stage) throws IOException {
    Sink sink = Sink.again(directory, stage.properties(), Map.of(), 0, P0, P1);
    stage.reach(sink);
    Map<TopicPartition, Long> produced = sink.produced();
    Snapshot snapshot = new Snapshot(directory);
    Map<String, Integer> endings = new TreeMap<>();
    List<String> failures = new ArrayList<>();
    for (Cell cell : cells(sink.location, snapshot)) {
      snapshot.restore();
      String ending;
      try {
        ending = end(stage, cell, produced);
      } catch (AssertionError | RuntimeException | IOException e) {
        failures.add(name(cell) + ": " + e);
        continue;
      }
      boolean control = cell.damage() == Damage.NONE;
      if (control && !ending.equals(EXACT)) {
        failures.add("without damage: " + ending);
      }
      endings.merge(ending, 1, Integer::sum);
    }
    System.out.println("grid " + stage + ": " + endings);
    assertThat(failures).as(stage.toString()).isEmpty();
    assertThat(endings.get(EXACT)).isGreaterThan(10);
    assertThat(endings).as("damage is noticed").hasSizeGreaterThan(1);
  }

  private static List<Cell> cells(Path location, Snapshot snapshot) throws IOException {
    List<Cell> cells = new ArrayList<>();
    for (boolean repaired : new boolean[] {false, true}) {
      cells.add(new Cell(Damage.NONE, location, location, repaired));
      for (Map.Entry<Path, Path> subject : subjects(location, snapshot).entrySet()) {
        for (Damage damage : Damage.values()) {
          if (damage != Damage.NONE && isPossible(damage, location, subject)) {
            cells.add(new Cell(damage, subject.getKey(), subject.getValue(), repaired));
          }
        }
      }
    }
    return cells;
  }

  /** The entries that are damaged, each with a neighbour of its kind. */
  private static Map<Path, Path> subjects(Path location, Snapshot snapshot) {
    Map<Path, Path> subjects = new LinkedHashMap<>();
    subjects.put(location.resolve("metadata"), location.resolve("metadata"));
    for (String log : List.of("offsets", "commits", "batches")) {
      List<Path> entries =
          snapshot.in(location.resolve(log)).stream()
              .sorted((a, b) -> Long.compare(number(b), number(a)))
              .toList();
      subjects.put(entries.get(0), entries.get(1));
      subjects.put(entries.get(1), entries.get(0));
    }
    for (String log : List.of("segments", "sessions", "attempts", "state/counts")) {
      List<Path> entries = snapshot.in(location.resolve(log));
      for (int i = 0; i < entries.size() && i < 1; i++) {
        Path newest = entries.get(entries.size() - 1 - i);
        subjects.put(newest, i + 1 < entries.size() ? entries.get(entries.size() - 2 - i) : newest);
      }
    }
    return subjects;
  }

  private static long number(Path entry) {
    return Long.parseLong(entry.getFileName().toString());
  }

  private static boolean isPossible(Damage damage, Path location, Map.Entry<Path, Path> subject)
      throws IOException {
    String text = new String(Files.readAllBytes(subject.getKey()), UTF_8);
    String log = location.relativize(subject.getKey()).toString();
    return switch (damage) {
      case NEWER_VERSION -> text.startsWith("v1\n");
      case SWAPPED -> !subject.getKey().equals(subject.getValue());
      case COPIED -> !log.equals("metadata");
      // Spark's entries have no checksum and no mark: their digits are nobody's to check.
      case A_DIGIT_CHANGED -> !log.startsWith("offsets") || text.contains("tidemark.plan");
      default -> true;
    };
  }

  /** What the cell ends in: exact, or a code. */
  private String end(Stage stage, Cell cell, Map<TopicPartition, Long> before) throws IOException {
    carryOut(cell);
    if (cell.repaired()) {
      Run.of("repair", directory.resolve("checkpoint"), "--execute", "--force");
    }
    Sink sink = Sink.again(directory, stage.properties(), before, 1, P0, P1);
    String ending = "";
    try {
      sink.start();
      for (int round = 0; round < ROUNDS && !ending.equals(EXACT); round++) {
        sink.land(round % 2 == 0 ? P0 : P1, stage.isOfWindows() ? 65 : 5);
        ending = missing(stage, sink.produced()).isEmpty() && round > 0 ? EXACT : "";
      }
    } catch (TidemarkException coded) {
      ending = coded.code();
    }
    filesThatVersionsName().forEach(file -> assertThat(file).exists());
    List<String> rows = rows(stage);
    assertThat(rows).as("rows after " + ending).doesNotHaveDuplicates();
    assertThat(ending).as("missing: " + missing(stage, sink.produced())).isNotEmpty();
    return ending;
  }

  private static void carryOut(Cell cell) throws IOException {
    if (cell.damage() == Damage.NONE) {
      return;
    }
    byte[] content = Files.readAllBytes(cell.file());
    String text = new String(content, UTF_8);
    switch (cell.damage()) {
      case NONE -> {}
      case REMOVED -> Files.delete(cell.file());
      case EMPTY -> put(cell.file(), new byte[0]);
      case HALF -> put(cell.file(), Arrays.copyOf(content, content.length / 2));
      case MINUS_A_BYTE -> put(cell.file(), Arrays.copyOf(content, content.length - 1));
      case ZEROS -> put(cell.file(), new byte[content.length]);
      case NEWER_VERSION -> put(cell.file(), text.replaceFirst("v1", "v2").getBytes(UTF_8));
      case A_DIGIT_CHANGED -> {
        int last = content.length - 1;
        while (content[last] < '0' || content[last] > '9') {
          last--;
        }
        content[last] = (byte) (content[last] == '9' ? '0' : content[last] + 1);
        put(cell.file(), content);
      }
      case A_BYTE_CHANGED -> {
        content[content.length / 2] ^= 1;
        put(cell.file(), content);
      }
      case SWAPPED -> {
        put(cell.file(), Files.readAllBytes(cell.other()));
        put(cell.other(), content);
      }
      case COPIED -> put(copyOf(cell.file()), content);
    }
  }

  private static void put(Path file, byte[] content) throws IOException {
    Files.deleteIfExists(file);
    Files.write(file, content);
  }

  /** A name that an entry of its kind may have, the next number above all. */
  private static Path copyOf(Path file) {
    String name = file.getFileName().toString();
    if (name.matches("[0-9]+")) {
      return file.resolveSibling(Long.toString(Long.parseLong(name) + 1));
    }
    int last = name.length() - 1;
    while (name.charAt(last) < '0' || name.charAt(last) > '8') {
      last--;
    }
    return file.resolveSibling(
        name.substring(0, last) + (char) (name.charAt(last) + 1) + name.substring(last + 1));
  }

  private static List<String> difference(List<String> all, List<String> some) {
    List<String> difference = new ArrayList<>(all);
    difference.removeAll(some);
    return difference;
  }

  /** What the table has to have and has not. */
  private List<String> missing(Stage stage, Map<TopicPartition, Long> produced) throws IOException {
    List<String> wanted = new ArrayList<>();
    if (stage.isOfWindows()) {
      // A window is closed when both partitions have shown the next one.
      long closed = Collections.min(produced.values()) / 60;
      for (long window = 0; window < closed; window++) {
        wanted.add(window + ": 120");
      }
    } else {
      produced.forEach(
          (partition, end) -> {
            for (long offset = 0; offset < end; offset++) {
              wanted.add(partition + "@" + offset);
            }
          });
    }
    return difference(wanted, rows(stage));
  }

  private List<String> rows(Stage stage) throws IOException {
    List<String> rows = new ArrayList<>();
    Optional<ReadableTable> table =
        new DeltaReadableTables(Sink.FILE_SYSTEMS).open(directory.resolve("orders").toString());
    if (table.isEmpty()) {
      return rows;
    }
    TableState state = table.get().at(table.get().newest());
    for (TableFile file :
        table.get().files(state.version(), path -> true, Optional.empty(), 10_000).files()) {
      try (FileRows values = table.get().rows(state, file, 0)) {
        while (values.next()) {
          rows.add(stage.isOfWindows() ? window(values.value()) : record(values.value()));
        }
      }
    }
    return rows;
  }

  private static String record(Struct row) {
    return row.get("_kafka_topic")
        + "-"
        + row.get("_kafka_partition")
        + "@"
        + row.get("_kafka_offset");
  }

  private static String window(Struct row) {
    long startMicros = (Long) row.getStruct("window").get("start");
    return (startMicros / 1_000 - Sink.START_MS) / 60_000 + ": " + row.get("records");
  }

  /** By the log's own JSON. */
  private List<Path> filesThatVersionsName() throws IOException {
    List<Path> files = new ArrayList<>();
    Path table = directory.resolve("orders");
    try (Stream<Path> commits = Files.list(table.resolve("_delta_log"))) {
      for (Path commit : commits.filter(path -> path.toString().endsWith(".json")).toList()) {
        for (String line : Files.readAllLines(commit)) {
          JsonNode path = JSON.readTree(line).path("add").path("path");
          if (path.isTextual()) {
            files.add(table.resolve(path.textValue()));
          }
        }
      }
    }
    return files;
  }

  private String name(Cell cell) {
    return cell.damage()
        + " "
        + directory.relativize(cell.file())
        + (cell.repaired() ? " and repaired" : "");
  }
}
