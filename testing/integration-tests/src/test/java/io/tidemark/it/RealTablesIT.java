package io.tidemark.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.checkpoint.log.CheckpointLocation;
import io.tidemark.checkpoint.log.Segment;
import io.tidemark.checkpoint.log.SegmentId;
import io.tidemark.cluster.ConnectWorker;
import io.tidemark.common.DataFile;
import io.tidemark.faults.KillPoint;
import io.tidemark.faults.KillPoint.Moment;
import io.tidemark.faults.KillSwitch;
import io.tidemark.faults.ProtocolStep;
import io.tidemark.reader.SparkJudge;
import io.tidemark.storage.HadoopFileSystems;
import io.tidemark.storage.Storages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tables as they are outside of a test: versions are lost, columns replaced, files vacuumed and
 * transactions forgotten while a connector is down or runs; and checkpoint locations are put back
 * as they were. Spark is the other writer and counts in the end.
 *
 * <p>What has to be caught between two steps of the protocol is prepared by two workers that die:
 * one once a connector has decided a batch, while segments of three others wait, and one once a
 * table has a batch that the commit log has not.
 */
class RealTablesIT {

  private static final Logger LOG = LoggerFactory.getLogger(RealTablesIT.class);
  private static final Cluster CLUSTER = Cluster.shared();

  /** Longer than any test, wherever the clock stands in it. */
  private static final String NEVER_MS = String.valueOf(Duration.ofDays(40_000).toMillis());

  private static final int RECORDS = 20;

  private static Subject replaced;
  private static Subject retyped;
  private static Subject vacuumed;
  private static Subject planned;
  private static Subject forgotten;

  @BeforeAll
  static void bringConnectorsDownInTheMidst() throws IOException {
    replaced = Subject.create("replaced-columns", "'delta.columnMapping.mode' = 'name'");
    retyped = Subject.create("retyped", "'delta.appendOnly' = 'false'");
    vacuumed = Subject.create("vacuumed", "'delta.appendOnly' = 'false'");
    planned = Subject.create("planned", "'delta.appendOnly' = 'false'");
    forgotten = Subject.create("forgotten", Subject.FORGETS);
    List<Subject> waiting = List.of(replaced, retyped, vacuumed);
    // Its first batch says where the topic begins.
    KillPoint afterPlan = new KillPoint(ProtocolStep.PLAN, Moment.AFTER, 2);
    KillPoint afterAppend = new KillPoint(ProtocolStep.TABLE_COMMIT, Moment.AFTER, 1);
    try (ConnectWorker first = CLUSTER.lone("dies-after-plan", CLUSTER.plugins(), "256m");
        ConnectWorker second = CLUSTER.lone("dies-after-append", CLUSTER.plugins(), "256m")) {
      launch(first, afterPlan);
      launch(second, afterAppend);
      for (Subject subject : List.of(replaced, retyped, vacuumed, forgotten)) {
        subject.send(RECORDS);
      }
      first.awaitReady();
      for (Subject subject : waiting) {
        Map<String, String> config = subject.config();
        config.put("commit.interval.ms", NEVER_MS);
        config.put("commit.max.records", "10");
        first.rest().put(subject.name, config);
      }
      second.awaitReady();
      second.rest().put(forgotten.name, forgotten.config());
      for (Subject subject : waiting) {
        Cluster.PATIENCE.await("a segment waits", () -> !subject.waitingFiles().isEmpty());
      }
      first.rest().put(planned.name, planned.config());
      Cluster.PATIENCE.await("a batch", () -> planned.entries("commits").contains("0"));
      planned.send(RECORDS);
      awaitDeath(first, afterPlan);
      awaitDeath(second, afterAppend);
    }
    assertThat(planned.entries("batches")).containsExactly("0", "1");
    assertThat(planned.entries("commits")).containsExactly("0");
    assertThat(forgotten.versions()).hasSize(2);
    assertThat(forgotten.entries("commits")).hasSize(forgotten.entries("batches").size() - 1);
    for (Subject subject : List.of(replaced, retyped, vacuumed, planned)) {
      assertThat(subject.versions()).as(subject.name).hasSize(1);
      assertThat(subject.waitingFiles()).as(subject.name).isNotEmpty();
    }
  }

  private static void launch(ConnectWorker worker, KillPoint point) {
    worker.launch("-javaagent:" + System.getProperty("tidemark.faults.jar") + "=" + point);
  }

  private static void awaitDeath(ConnectWorker worker, KillPoint point) throws IOException {
    Cluster.PATIENCE.await("the worker dies at " + point, () -> !worker.process().alive());
    assertThat(worker.process().exitCode(Duration.ofSeconds(1))).isEqualTo(KillSwitch.EXIT_CODE);
    assertThat(Files.readAllLines(worker.log())).contains(KillSwitch.lastWords(point));
  }

  @Test
  void refusesATableThatIsAheadOfAnOlderCopyOfItsLocationAndLosesNothing() throws IOException {
    Subject subject = Subject.create("older-copy", "'delta.appendOnly' = 'false'");
    subject.send(RECORDS);
    subject.start();
    subject.awaitAll();
    subject.stop();
    Path copy = Path.of(subject.checkpoint + "-copy");
    copy(subject.checkpoint, copy);
    subject.send(RECORDS);
    subject.resume();
    subject.awaitAll();
    subject.stop();
    subject.send(RECORDS);
    Path newer = Path.of(subject.checkpoint + "-newer");
    Files.move(subject.checkpoint, newer);
    Files.move(copy, subject.checkpoint);
    List<String> versions = subject.versions();

    subject.resume();
    assertThat(CLUSTER.awaitFailure(subject.name))
        .contains("TM-190", subject.table.toString(), subject.checkpoint.toString());
    assertThat(subject.versions()).isEqualTo(versions);
    assertThat(subject.rows()).isEqualTo(2 * RECORDS);
    subject.stop();
    assertThat(subject.versions()).isEqualTo(versions);

    Files.move(subject.checkpoint, copy);
    Files.move(newer, subject.checkpoint);
    subject.resume();
    subject.judge();
  }

  @Test
  void missesALostVersionAtTheNextBatchOfARunningConnector() throws IOException {
    Subject subject = Subject.create("lost-version", "'delta.appendOnly' = 'false'");
    subject.start();
    for (int batch = 0; batch < 2; batch++) {
      subject.send(RECORDS);
      subject.awaitAll();
    }
    List<String> versions = subject.versions();
    Path log = subject.table.resolve("_delta_log");
    Path aside = Files.createDirectory(Path.of(subject.table + "-newest"));
    String newest = versions.get(versions.size() - 1).replace(".json", "");
    move(log, newest, aside);
    subject.send(RECORDS);

    assertThat(CLUSTER.awaitFailure(subject.name)).contains("TM-176", subject.table.toString());
    assertThat(subject.versions()).isEqualTo(versions.subList(0, versions.size() - 1));

    move(aside, newest, log);
    CLUSTER.rest().restart(subject.name);
    Cluster.PATIENCE.await("it runs again", () -> CLUSTER.rest().running(subject.name, 1));
    subject.judge();
  }

  @Test
  void readsAgainWhatIsSealedForAColumnThatWasDroppedAndAddedAgain() throws IOException {
    replaced.sql("ALTER TABLE %s DROP COLUMN x");
    replaced.sql("ALTER TABLE %s ADD COLUMN x BIGINT");
    replaced.start();
    replaced.judge();
  }

  @Test
  void readsAgainWhatIsSealedForAnotherType() throws IOException {
    // As Spark does with overwriteSchema, which SQL has no word for; a REPLACE is another table.
    Path log = retyped.table.resolve("_delta_log");
    String metaData =
        Files.readAllLines(log.resolve("00000000000000000000.json")).stream()
            .filter(line -> line.startsWith("{\"metaData\":"))
            .findFirst()
            .orElseThrow();
    String asDouble =
        metaData.replace(
            "\"name\\\":\\\"x\\\",\\\"type\\\":\\\"long",
            "\"name\\\":\\\"x\\\",\\\"type\\\":\\\"double");
    assertThat(asDouble).isNotEqualTo(metaData);
    Files.writeString(log.resolve("00000000000000000001.json"), asDouble);
    retyped.start();
    retyped.judge();
  }

  @Test
  void readsAgainWhatIsSealedInFilesThatWereVacuumed() throws IOException {
    vacuumed.vacuum();
    vacuumed.start();
    vacuumed.judge();
  }

  @Test
  void voidsABatchWhoseFilesWereVacuumedAfterItWasDecided() throws IOException {
    planned.vacuum();
    planned.start();
    planned.judge();
    assertThat(planned.entries("voids")).containsExactly("1");
  }

  @Test
  void continuesWhenTheTableHasForgottenItsTransactions() throws IOException {
    Subject subject = Subject.create("idle", Subject.FORGETS);
    subject.send(RECORDS);
    subject.start();
    subject.awaitAll();
    subject.stop();
    subject.forget();
    subject.send(RECORDS);
    subject.resume();
    subject.judge();
  }

  @Test
  void finishesABatchWhoseTransactionTheTableHasForgotten() throws IOException {
    forgotten.forget();
    forgotten.sql("OPTIMIZE %s");
    forgotten.start();
    forgotten.judge();
  }

  @Test
  void refusesTwoNamesOfOneTable() throws IOException {
    Path base = CLUSTER.fresh("two-names");
    Subject subject = Subject.create("two-names.a", base.resolve("two-names.a"), "'a' = 'b'");
    CLUSTER.topics.create("two-names.b", 1);
    Files.createSymbolicLink(base.resolve("two-names.b"), subject.table);
    subject.send(RECORDS);
    CLUSTER.records.send("two-names.b", 0, null, "{\"id\":1000,\"x\":2000}");
    CLUSTER.records.flush();
    Map<String, String> config = subject.config();
    config.remove("table.path");
    config.put("topics", "two-names.a,two-names.b");
    config.put("table.base.path", base.toString());
    config.put("table.name.format", "${topic}");
    config.put("checkpoint.location", base + "-checkpoint");
    CLUSTER.rest().put(subject.name, config);

    assertThat(CLUSTER.awaitFailure(subject.name))
        .contains("TM-193", base + "/two-names.a", base + "/two-names.b");
    assertThat(subject.versions()).hasSize(1);
    assertThat(subject.rows()).isZero();
    CLUSTER.rest().delete(subject.name);
  }

  /** Moves the files of a version: commit, checksum, table checkpoint. */
  private static void move(Path from, String version, Path to) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(from)) {
      files = all.filter(file -> file.getFileName().toString().startsWith(version)).toList();
    }
    for (Path file : files) {
      Files.move(file, to.resolve(file.getFileName()));
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file)));
      }
    }
  }

  /**
   * A connector with a topic of its name and a table that Spark has made. Record {@code n} has the
   * id {@code n}, and {@code n + 1000} as {@code x}.
   */
  private static final class Subject {

    /** Each commit of the table makes a table checkpoint, without transactions of a second ago. */
    static final String FORGETS =
        "'delta.setTransactionRetentionDuration' = 'interval 1 second',"
            + " 'delta.checkpointInterval' = '1'";

    final String name;
    final Path table;
    final Path checkpoint;
    private int sent;

    private Subject(String name, Path table) {
      this.name = name;
      this.table = table;
      this.checkpoint = Path.of(table + "-checkpoint");
    }

    static Subject create(String name, String properties) throws IOException {
      return create(name, CLUSTER.fresh(name).resolve("table"), properties);
    }

    static Subject create(String name, Path table, String properties) {
      Subject subject = new Subject(name, table);
      CLUSTER.topics.create(name, 1);
      subject.sql(
          "CREATE TABLE %s (id BIGINT, x BIGINT) USING delta TBLPROPERTIES (" + properties + ")");
      return subject;
    }

    Map<String, String> config() {
      Map<String, String> config = CLUSTER.sink(name, table);
      config.put("consumer.override.session.timeout.ms", "3000");
      config.put("consumer.override.heartbeat.interval.ms", "500");
      return config;
    }

    void send(int count) {
      for (int end = sent + count; sent < end; sent++) {
        CLUSTER.records.send(name, 0, null, "{\"id\":%d,\"x\":%d}".formatted(sent, sent + 1_000));
      }
      CLUSTER.records.flush();
    }

    void start() {
      CLUSTER.rest().put(name, config());
    }

    void resume() {
      CLUSTER.rest().resume(name);
    }

    void stop() {
      CLUSTER.stop(name);
    }

    /** Runs a statement of Spark's in which the table is {@code %s}. */
    List<JsonNode> sql(String statement) {
      return CLUSTER.spark().query(statement.formatted(SparkJudge.name(table)));
    }

    long rows() {
      return CLUSTER.spark().rows(table);
    }

    void awaitAll() {
      CLUSTER.awaitCommitted(name, name);
    }

    /** Sends some more; then each record is in the table once, and Spark can read all of it. */
    void judge() throws IOException {
      send(RECORDS);
      awaitAll();
      Map<Long, Long> found = new TreeMap<>();
      List<Long> twice = new ArrayList<>();
      for (JsonNode row : sql("SELECT id, CAST(x AS BIGINT) AS x FROM %s WHERE id >= 0")) {
        if (found.put(row.path("id").asLong(), row.path("x").asLong()) != null) {
          twice.add(row.path("id").asLong());
        }
      }
      Map<Long, Long> wanted = new TreeMap<>();
      for (long id = 0; id < sent; id++) {
        wanted.put(id, id + 1_000);
      }
      LOG.info("{}: {} records, {} rows", name, sent, found.size() + twice.size());
      assertThat(twice).as("rows of " + name + " that are there twice").isEmpty();
      assertThat(found).as("rows of " + name).isEqualTo(wanted);
      CLUSTER.rest().delete(name);
    }

    /** Names of the files of the table's versions, oldest first. */
    List<String> versions() throws IOException {
      try (Stream<Path> files = Files.list(table.resolve("_delta_log"))) {
        return files
            .map(file -> file.getFileName().toString())
            .filter(file -> file.matches("[0-9]{20}\\.json"))
            .sorted()
            .toList();
      }
    }

    /** Names of the entries of a log of the checkpoint location. */
    List<String> entries(String log) throws IOException {
      Path directory = checkpoint.resolve(log);
      if (!Files.exists(directory)) {
        return List.of();
      }
      try (Stream<Path> files = Files.list(directory)) {
        return files
            .map(file -> file.getFileName().toString())
            .filter(file -> file.matches("[0-9]+"))
            .sorted()
            .toList();
      }
    }

    /** Segments that no commit has taken. */
    List<Segment> segments() throws IOException {
      CheckpointLocation location =
          new CheckpointLocation(
              Storages.open(checkpoint.toString(), new HadoopFileSystems(Map.of())));
      List<Segment> segments = new ArrayList<>();
      for (SegmentId id : location.segments().ids()) {
        segments.add(location.segments().read(id).orElseThrow());
      }
      return segments;
    }

    /** Data files of the segments. */
    List<Path> waitingFiles() throws IOException {
      return segments().stream()
          .flatMap(segment -> segment.files().stream())
          .map(DataFile::path)
          .map(table::resolve)
          .toList();
    }

    /** Removes what no version names, which {@code VACUUM} does after seven days. */
    void vacuum() throws IOException {
      for (Path file : waitingFiles()) {
        Files.delete(file);
      }
    }

    /** Commits until a table checkpoint has no transaction any more. */
    void forget() {
      Cluster.PATIENCE.await(
          "the table forgets transactions",
          () -> {
            sql("INSERT INTO %s VALUES (-1, -1)");
            Path newest;
            try (Stream<Path> files = Files.list(table.resolve("_delta_log"))) {
              newest =
                  files
                      .filter(file -> file.toString().endsWith(".checkpoint.parquet"))
                      .max(Comparator.naturalOrder())
                      .orElseThrow();
            }
            return CLUSTER
                    .spark()
                    .number("SELECT count(*) FROM parquet.`" + newest + "` WHERE txn IS NOT NULL")
                == 0;
          });
    }
  }
}
