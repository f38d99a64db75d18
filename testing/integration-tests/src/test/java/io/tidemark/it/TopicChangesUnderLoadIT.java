package io.tidemark.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.cluster.ConnectWorker;
import io.tidemark.cluster.FreePorts;
import io.tidemark.reader.SparkJudge;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What happens to topics while tasks read them: records go in front of them, or all of it. */
class TopicChangesUnderLoadIT {

  private static final Cluster CLUSTER = Cluster.shared();
  private static final int JMX = FreePorts.any();
  private static ConnectWorker worker;

  @BeforeAll
  static void startAWorkerThatCanBeLookedInto() throws IOException {
    worker = CLUSTER.lone("topics-under-load", CLUSTER.plugins(), "384m");
    worker.launch(WorkerFigures.options(JMX));
    worker.awaitReady();
  }

  @AfterAll
  static void endIt() {
    worker.close();
  }

  /** Two connectors read one topic slowly, one tolerates the loss. */
  @Test
  void countsWhatIsDeletedInFrontOfARunningTask() throws Exception {
    long total = 2_000;
    long earliest = 1_900;
    CLUSTER.topics.create("underway", 1);
    for (long id = 0; id < total; id++) {
      CLUSTER.records.send("underway", 0, null, "{\"id\":" + id + "}");
      if (id % 10 == 9) {
        CLUSTER.records.flush();
      }
    }
    Path strict = table("underway-strict");
    Path lossy = table("underway-lossy");
    Map<String, String> config = slow("underway", strict);
    worker.rest().put("underway-strict", config);
    Map<String, String> tolerant = slow("underway", lossy);
    tolerant.put("fail.on.data.loss", "false");
    worker.rest().put("underway-lossy", tolerant);
    for (String name : List.of("underway-strict", "underway-lossy")) {
      Cluster.PATIENCE.await(
          name + " has begun",
          () -> CLUSTER.topics.committed("connect-" + name, "underway").getOrDefault(0, 0L) > 0);
    }
    CLUSTER.topics.expire("underway", 0, earliest);

    String failure = CLUSTER.awaitFailure(worker.rest(), "underway-strict", "TM-");
    assertThat(failure).contains("TM-180", "fail.on.data.loss=false");
    MatchResult said =
        found(
            "underway-0 must continue at offset ([0-9]+), but its log start offset is 1900:"
                + " ([0-9]+) offsets are missing",
            failure);
    long due = Long.parseLong(said.group(1));
    assertThat(due).isBetween(1L, earliest - 1);
    assertThat(Long.parseLong(said.group(2))).isEqualTo(earliest - due);

    CLUSTER.awaitCommitted(worker.rest(), "underway-lossy", "underway");
    long from = lost(lossy);
    assertThat(ids(lossy)).containsExactlyElementsOf(without(from, earliest, total));
    try (WorkerFigures figures = new WorkerFigures(JMX)) {
      assertThat(figures.of("underway-lossy", "tidemark-sink-lost-records-total"))
          .isEqualTo((double) (earliest - from));
      // Of the seven days that Kafka keeps records by default, when the task began.
      assertThat((Double) figures.of("underway-lossy", "tidemark-sink-retention-headroom-seconds"))
          .isBetween(
              (double) Duration.ofDays(6).toSeconds(), (double) Duration.ofDays(7).toSeconds());
    }
    assertThat(Files.readString(worker.log()))
        .contains("Kafka deleted offsets [" + from + ", 1900) of underway-0 before they were read");

    // What was read in front of the loss is in the table before anything after it.
    config.put("fail.on.data.loss", "false");
    worker.rest().put("underway-strict", config);
    worker.rest().restart("underway-strict");
    Cluster.PATIENCE.await("it runs again", () -> worker.rest().running("underway-strict", 1));
    CLUSTER.awaitCommitted(worker.rest(), "underway-strict", "underway");
    assertThat(lost(strict)).isEqualTo(due);
    assertThat(ids(strict)).containsExactlyElementsOf(without(due, earliest, total));
    worker.rest().delete("underway-strict");
    worker.rest().delete("underway-lossy");
  }

  /** Longer than the old one was when the task looks, so that no offset tells. */
  @Test
  void failsWhenItsTopicIsCreatedAgainUnderItAndContinuesWhenItsCommandHasRun() throws Exception {
    CLUSTER.topics.create("reborn", 1);
    send("reborn", 0, 10);
    Path table = table("reborn");
    worker.rest().put("reborn", CLUSTER.sink("reborn", table));
    CLUSTER.awaitCommitted(worker.rest(), "reborn", "reborn");
    String before = id("reborn");
    recreate("reborn");
    send("reborn", 100, 115);

    String failure = CLUSTER.awaitFailure(worker.rest(), "reborn", "TM-");
    requireNamesTheTopic("reborn", before, table, failure);
    assertThat(CLUSTER.awaitNextFailure(worker, "reborn")).contains("TM-182");
    assertThat(ids(table)).containsExactlyElementsOf(range(0, 10));
    continueAfter("reborn", failure);
    assertThat(ids(table))
        .containsExactlyElementsOf(
            Stream.concat(range(0, 10).stream(), range(100, 115).stream()).toList());
    Command.Run verified = new Command(CLUSTER).run("verify", table + "-checkpoint");
    assertThat(verified.out()).contains("explained", "Every offset is accounted for");
    assertThat(verified.code()).as(verified.err()).isZero();
    worker.rest().delete("reborn");
  }

  /**
   * Neither has records when the task looks, so the offsets are the same before and after; and it
   * fetches nothing, so that no answer of the broker has the consumer look at its partitions again.
   */
  @Test
  void tellsAnEmptyTopicFromTheEmptyOneThatItReadThoughItIsPaused() throws Exception {
    CLUSTER.topics.create("unborn", 1);
    Path table = table("unborn");
    // No fetch is on its way any more when it is paused.
    worker
        .rest()
        .put("unborn", CLUSTER.sink("unborn", table, "consumer.override.fetch.max.wait.ms", "10"));
    Path commits = Path.of(table + "-checkpoint/commits");
    Cluster.PATIENCE.await(
        "the start is committed",
        () -> {
          try (Stream<Path> files = Files.list(commits)) {
            return files.findAny().isPresent();
          }
        });
    worker.rest().pause("unborn");
    Cluster.PATIENCE.await(
        "it is paused",
        () -> worker.rest().status("unborn").at("/tasks/0/state").asText().equals("PAUSED"));
    String before = id("unborn");
    recreate("unborn");
    String failure = CLUSTER.awaitFailure(worker.rest(), "unborn", "TM-");
    requireNamesTheTopic("unborn", before, table, failure);
    send("unborn", 0, 15);
    continueAfter("unborn", failure);
    assertThat(ids(table)).containsExactlyElementsOf(range(0, 15));
    worker.rest().delete("unborn");
  }

  private static void requireNamesTheTopic(
      String topic, String before, Path table, String failure) {
    assertThat(failure)
        .contains("TM-182", "Its topic id is now " + id(topic), "records of topic id " + before)
        .contains("No record of the new topic was written")
        .contains(
            "bin/tidemark rebase --checkpoint "
                + table
                + "-checkpoint --topic "
                + topic
                + " --bootstrap-server <brokers> --execute");
  }

  /** Does what the failure says. */
  private static void continueAfter(String connector, String failure) throws Exception {
    worker.rest().stop(connector);
    Command.Run rebased =
        new Command(CLUSTER).obey(failure, CLUSTER.broker.bootstrapServers(), "--force");
    assertThat(rebased.code()).as(rebased.err()).isZero();
    assertThat(rebased.out()).contains("is written");
    worker.rest().resume(connector);
    Cluster.PATIENCE.await(connector + " runs again", () -> worker.rest().running(connector, 1));
    CLUSTER.awaitCommitted(worker.rest(), connector, connector);
  }

  /** A sink that gets one batch of the producer in a twentieth of a second. */
  private static Map<String, String> slow(String topic, Path table) {
    return CLUSTER.sink(
        topic,
        table,
        "consumer.override.max.partition.fetch.bytes",
        "1",
        "consumer.override.fetch.min.bytes",
        "1000000",
        "consumer.override.fetch.max.wait.ms",
        "50");
  }

  private static void send(String topic, int from, int end) {
    for (int id = from; id < end; id++) {
      CLUSTER.records.send(topic, 0, null, "{\"id\":" + id + "}");
    }
    CLUSTER.records.flush();
  }

  private static void recreate(String topic) {
    CLUSTER.topics.delete(topic);
    Cluster.PATIENCE.await(
        "the topic is there again",
        () -> {
          CLUSTER.topics.create(topic, 1);
          return true;
        });
  }

  private static String id(String topic) {
    return CLUSTER.topics.describe(topic).topicId().toString();
  }

  private static Path table(String name) throws IOException {
    return CLUSTER.fresh(name).resolve("table");
  }

  /** Where the one loss begins that the batch log tells of, up to 1900. */
  private static long lost(Path table) throws IOException {
    try (Stream<Path> batches = Files.list(Path.of(table + "-checkpoint/batches"))) {
      StringBuilder all = new StringBuilder();
      for (Path batch : batches.toList()) {
        all.append(Files.readString(batch));
      }
      return Long.parseLong(
          found("\"lost\":\\{\"underway\":\\{\"0\":\\[\\[([0-9]+),1900]]", all.toString())
              .group(1));
    }
  }

  private static MatchResult found(String pattern, String text) {
    List<MatchResult> results = Pattern.compile(pattern).matcher(text).results().toList();
    assertThat(results).as(pattern + " in " + text).hasSize(1);
    return results.get(0);
  }

  private static List<Long> range(long from, long end) {
    return LongStream.range(from, end).boxed().toList();
  }

  private static List<Long> without(long from, long to, long total) {
    return Stream.concat(range(0, from).stream(), range(to, total).stream()).toList();
  }

  /** The ids in order, doubles and all. */
  private static List<Long> ids(Path table) {
    return CLUSTER
        .spark()
        .query("SELECT id FROM " + SparkJudge.name(table) + " ORDER BY id")
        .stream()
        .map(row -> row.path("id").asLong())
        .toList();
  }
}
