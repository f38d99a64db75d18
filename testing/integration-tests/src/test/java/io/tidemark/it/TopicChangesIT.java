package io.tidemark.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.cluster.ConnectWorker;
import io.tidemark.common.TidemarkException;
import io.tidemark.reader.SparkJudge;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.Test;

/** Where logs begin and end: starts, losses, and topics that become others, in real workers. */
class TopicChangesIT {

  private final Cluster cluster = Cluster.shared();

  @Test
  void beginsAtTheEarliestWhateverTheGroupSays() throws IOException {
    Path table = table("earliest");
    cluster.topics.create("earliest", 1);
    send("earliest", 0, 20);
    run("earliest", cluster.sink("earliest", table));
    cluster.rest().delete("earliest");
    // The group of that name still has its offsets.
    Path again = table("earliest-again");
    send("earliest", 20, 5);
    run("earliest", cluster.sink("earliest", again));
    assertRows(again, 0, 25);
    cluster.rest().delete("earliest");
  }

  @Test
  void keepsLatestThroughAKillRightAfterTheStart() throws Exception {
    Path table = table("latest");
    cluster.topics.create("latest", 2);
    send("latest", 0, 10);
    Map<String, String> config =
        cluster.sink(
            "latest",
            table,
            "starting.offsets",
            "latest",
            "consumer.override.metadata.max.age.ms",
            "1000");
    ConnectWorker worker = cluster.lone("topics-latest", cluster.plugins(), "384m");
    worker.start();
    worker.rest().put("latest", config);
    Path segments = Path.of(table + "-checkpoint/segments");
    Path batches = Path.of(table + "-checkpoint/batches");
    Cluster.PATIENCE.await("the start is pinned", () -> count(segments) + count(batches) > 0);
    worker.close();
    // While nobody reads: after the start, so it must come.
    send("latest", 10, 10);
    worker.start();
    cluster.awaitCommitted(worker.rest(), "latest", "latest");
    cluster.topics.grow("latest", 3);
    cluster.records.send("latest", 2, "k", "{\"id\":20}");
    cluster.records.flush();
    Cluster.PATIENCE.await("the new partition is read", () -> rows(table) >= 11);
    assertRows(table, 10, 11);
    worker.rest().delete("latest");
    worker.stop();
  }

  @Test
  void beginsWhereJsonAndTimestampSay() throws IOException {
    cluster.topics.create("each", 2);
    for (int id = 0; id < 10; id++) {
      cluster.records.send(
          new ProducerRecord<>("each", id % 2, 1_000L * id, "k", "{\"id\":%d}".formatted(id)));
    }
    cluster.records.flush();
    Path json = table("each");
    run("each", cluster.sink("each", json, "startingOffsets", "{\"each\":{\"0\":3,\"1\":-1}}"));
    assertThat(ids(json)).containsExactly(6L, 8L);
    cluster.rest().delete("each");

    Path since = table("since");
    run("since", cluster.sink("each", since, "starting.timestamp", "1970-01-01T00:00:07Z"));
    assertThat(ids(since)).containsExactly(7L, 8L, 9L);
    cluster.rest().delete("since");

    cluster
        .rest()
        .put(
            "misses",
            cluster.sink("each", table("misses"), "starting.offsets", "{\"each\":{\"0\":3}}"));
    assertThat(cluster.awaitFailure("misses")).contains("TM-184").contains("each-1");
    cluster.rest().delete("misses");
  }

  @Test
  void failsOfDeletedRecordsAndContinuesWithoutThemWhenTold() throws IOException {
    Path table = table("lost");
    cluster.topics.create("lost", 1);
    send("lost", 0, 10);
    Map<String, String> config = cluster.sink("lost", table);
    run("lost", config);
    cluster.rest().stop("lost");
    Cluster.PATIENCE.await("stopped", () -> cluster.rest().running("lost", 0) || isStopped("lost"));
    send("lost", 10, 10);
    cluster.topics.expire("lost", 0, 15);
    cluster.rest().resume("lost");
    assertThat(cluster.awaitFailure("lost"))
        .contains("TM-180")
        .contains(
            "lost-0 must continue at offset 10, but its log start offset is 15: 5 offsets"
                + " are missing");
    config.put("fail.on.data.loss", "false");
    cluster.rest().put("lost", config);
    cluster.rest().restart("lost");
    Cluster.PATIENCE.await("it runs again", () -> cluster.rest().running("lost", 1));
    cluster.awaitCommitted("lost", "lost");
    assertThat(ids(table))
        .containsExactlyElementsOf(
            Stream.concat(IntStream.range(0, 10).boxed(), IntStream.range(15, 20).boxed())
                .map(Integer::longValue)
                .toList());
    assertThat(batches(table))
        .anyMatch(text -> text.contains("\"lost\":{\"lost\":{\"0\":[[10,15]]}}"));

    // While it is paused, up to the end of the log: nothing comes after that would show it. A
    // task that is told to pause may read a little more; what it reads is there.
    int end = 20;
    boolean lost = false;
    for (int round = 0; round < 10 && !lost; round++) {
      cluster.rest().pause("lost");
      Cluster.PATIENCE.await("paused", () -> state("lost").equals("PAUSED"));
      send("lost", end, 10);
      end += 10;
      cluster.topics.expire("lost", 0, end);
      cluster.rest().resume("lost");
      cluster.awaitCommitted("lost", "lost");
      String range = ",%d]]".formatted(end);
      lost = batches(table).stream().anyMatch(text -> text.contains(range));
    }
    assertThat(lost).isTrue();
    send("lost", end, 3);
    cluster.awaitCommitted("lost", "lost");
    assertThat(ids(table)).contains((long) end, end + 2L).doesNotContain(end - 1L);
    cluster.rest().delete("lost");
  }

  @Test
  void takesNeitherMarkersNorCompactionForLoss() throws Exception {
    Path table = table("gaps");
    cluster.topics.create(
        "gaps",
        1,
        Map.of(
            "cleanup.policy", "compact",
            "min.cleanable.dirty.ratio", "0.01",
            "segment.ms", "200",
            "max.compaction.lag.ms", "300"));
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers", cluster.broker.bootstrapServers(),
                "transactional.id", "gaps",
                "key.serializer", "org.apache.kafka.common.serialization.StringSerializer",
                "value.serializer", "org.apache.kafka.common.serialization.StringSerializer"))) {
      producer.initTransactions();
      for (int round = 0; round < 6; round++) {
        producer.beginTransaction();
        for (int id = 0; id < 5; id++) {
          send(producer, "k" + id, round * 10 + id);
        }
        if (round % 2 == 0) {
          producer.commitTransaction();
        } else {
          producer.flush();
          producer.abortTransaction();
        }
      }
      producer.beginTransaction();
      send(producer, "last", 99);
      producer.commitTransaction();
    }
    cluster
        .rest()
        .put(
            "gaps",
            cluster.sink("gaps", table, "consumer.override.isolation.level", "read_committed"));
    Cluster.PATIENCE.await(
        "the last record is there", () -> rows(table) > 0 && ids(table).contains(99L));
    assertThat(state("gaps")).isEqualTo("RUNNING");
    assertThat(ids(table)).contains(40L, 44L, 99L).doesNotContain(10L, 34L);
    cluster.rest().delete("gaps");
  }

  @Test
  void failsOfATopicThatWasCreatedAgainAndRebasesWhenTold() throws IOException {
    Path table = table("again");
    cluster.topics.create("again", 1);
    send("again", 0, 10);
    Map<String, String> config = cluster.sink("again", table);
    run("again", config);
    cluster.rest().stop("again");
    Cluster.PATIENCE.await("stopped", () -> isStopped("again"));
    recreate("again");
    // As long as the old one, so that offsets alone would not tell.
    send("again", 100, 15);
    cluster.rest().resume("again");
    assertThat(cluster.awaitFailure("again"))
        .contains("TM-182")
        .contains("bin/tidemark rebase --checkpoint " + table + "-checkpoint --topic again");
    config.put("on.topic.recreated", "rebase");
    cluster.rest().put("again", config);
    cluster.rest().restart("again");
    Cluster.PATIENCE.await("the new topic is read", () -> ids(table).size() == 25);
    assertThat(ids(table)).contains(0L, 9L, 100L, 114L);

    // Once more, while it runs.
    recreate("again");
    send("again", 200, 5);
    Cluster.PATIENCE.await("the newest topic is read", () -> ids(table).size() == 30);
    assertThat(ids(table)).contains(200L, 204L);
    assertThat(cluster.spark().rows(table)).isEqualTo(30);
    cluster.rest().delete("again");
  }

  @Test
  void warnsBeforeRecordsExpireUnread() throws IOException {
    cluster.topics.create("expiring", 1, Map.of("retention.ms", "600000"));
    long oldMs = System.currentTimeMillis() - 590_000;
    try (KafkaProducer<String, String> producer = new KafkaProducer<>(producer())) {
      for (int id = 0; id < 50; id++) {
        Future<RecordMetadata> unused =
            producer.send(
                new ProducerRecord<>("expiring", 0, oldMs, "k", "{\"id\":%d}".formatted(id)));
      }
    }
    // One at a time, so that most are unread when the task first looks.
    cluster
        .rest()
        .put(
            "expiring",
            cluster.sink("expiring", table("expiring"), "consumer.override.max.poll.records", "1"));
    Cluster.PATIENCE.await(
        "a warning",
        () ->
            log().contains("Topic expiring keeps records for 600000 ms")
                && log().contains("Records of topic expiring may expire before they are read"));
    cluster.awaitCommitted("expiring", "expiring");
    cluster.rest().delete("expiring");
  }

  @Test
  void saysThatTheOffsetsOfTheConsumerGroupAreOfNoEffect() throws IOException {
    Path table = table("foreign");
    cluster.topics.create("foreign", 1);
    send("foreign", 0, 3);
    run("foreign", cluster.sink("foreign", table));
    assertThat(log()).doesNotContain("group's offset of foreign-0 was reset");
    cluster.rest().stop("foreign");
    Cluster.PATIENCE.await(
        "the group has no member and takes an offset",
        () -> {
          try {
            cluster.topics.commit("connect-foreign", "foreign", 0, 1);
            return true;
          } catch (TidemarkException stillThere) {
            return false;
          }
        });
    cluster.rest().resume("foreign");
    Cluster.PATIENCE.await(
        "a warning",
        () -> log().contains("The consumer group's offset of foreign-0 was reset to 1 outside"));
    cluster.awaitCommitted("foreign", "foreign");
    assertThat(ids(table)).containsExactly(0L, 1L, 2L);
    cluster.rest().delete("foreign");
  }

  private Map<String, Object> producer() {
    return Map.of(
        "bootstrap.servers", cluster.broker.bootstrapServers(),
        "key.serializer", "org.apache.kafka.common.serialization.StringSerializer",
        "value.serializer", "org.apache.kafka.common.serialization.StringSerializer");
  }

  private static void send(KafkaProducer<String, String> producer, String key, int id) {
    // Whether it arrived the end of the transaction tells.
    Future<RecordMetadata> unused =
        producer.send(new ProducerRecord<>("gaps", 0, key, "{\"id\":%d}".formatted(id)));
  }

  private void recreate(String topic) {
    cluster.topics.delete(topic);
    Cluster.PATIENCE.await("the topic is gone", () -> !cluster.topics.names().contains(topic));
    Cluster.PATIENCE.await(
        "the topic is there again",
        () -> {
          try {
            cluster.topics.create(topic, 1);
            return true;
          } catch (RuntimeException notYetDeleted) {
            return false;
          }
        });
  }

  private String log() {
    StringBuilder all = new StringBuilder();
    for (ConnectWorker worker : cluster.workers) {
      try {
        all.append(Files.readString(worker.log()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return all.toString();
  }

  private Path table(String name) throws IOException {
    return cluster.fresh(name).resolve("table");
  }

  private void run(String connector, Map<String, String> config) {
    cluster.rest().put(connector, config);
    cluster.awaitCommitted(connector, config.get("topics"));
  }

  private void send(String topic, int from, int count) {
    for (int id = from; id < from + count; id++) {
      cluster.records.send(topic, 0, "k", "{\"id\":%d}".formatted(id));
    }
    cluster.records.flush();
  }

  private String state(String connector) {
    return cluster.rest().status(connector).at("/tasks/0/state").asText();
  }

  private boolean isStopped(String connector) {
    return cluster.rest().status(connector).at("/connector/state").asText().equals("STOPPED");
  }

  private static long count(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      // A temporary file has no name yet, and is lost with its worker.
      return files.filter(file -> !file.getFileName().toString().startsWith(".")).count();
    } catch (IOException notYetThere) {
      return 0;
    }
  }

  private static List<String> batches(Path table) {
    try (Stream<Path> files = Files.list(Path.of(table + "-checkpoint/batches"))) {
      return files
          .map(
              file -> {
                try {
                  return Files.readString(file);
                } catch (IOException removedMeanwhile) {
                  return "";
                }
              })
          .toList();
    } catch (IOException notYetThere) {
      return List.of();
    }
  }

  private long rows(Path table) {
    return Files.exists(table.resolve("_delta_log/00000000000000000000.json"))
        ? cluster.spark().rows(table)
        : 0;
  }

  /** The ids in order, doubles and all. */
  private List<Long> ids(Path table) {
    return cluster
        .spark()
        .query("SELECT id FROM " + SparkJudge.name(table) + " ORDER BY id")
        .stream()
        .map(row -> row.path("id").asLong())
        .toList();
  }

  private void assertRows(Path table, int from, int count) {
    assertThat(ids(table))
        .containsExactlyElementsOf(
            IntStream.range(from, from + count).mapToObj(Long::valueOf).toList());
    assertThat(new TreeSet<>(ids(table))).hasSize(count);
  }
}
