package io.tidemark.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.cluster.ConnectWorker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Two workers, one source with one task and one with three, {@code kill -9} in snapshot and tail: a
 * consumer of committed records sees every row once, and no part of a version.
 */
@Isolated("kills workers that all share")
class KillSourceIT {

  private static final Logger LOG = LoggerFactory.getLogger(KillSourceIT.class);
  private static final int SNAPSHOT = 240_000;
  private static final int TAIL = 3_000;
  private static final int TRANSACTION = 5_000;

  private final Cluster cluster = Cluster.shared();
  private long sent;
  private int kills;
  private int restarts;

  @Test
  void seesEveryRowOnceAndVersionsAsAWhole() throws IOException {
    Path table = cluster.fresh("kill-source").resolve("table");
    cluster.topics.create("to-kill", 4);
    cluster.topics.create("one", 1);
    cluster.topics.create("three", 3);
    cluster.rest().put("to-kill", cluster.sink("to-kill", table, "tasks.max", "2"));
    send(SNAPSHOT);
    cluster.awaitCommitted("to-kill", "to-kill");
    String records = "" + TRANSACTION;
    cluster
        .rest()
        .put(
            "one",
            cluster.source(
                table, "one", "transaction.max.records", records, "max.records.per.poll", "50"));
    cluster
        .rest()
        .put(
            "three",
            cluster.source(
                table,
                "three",
                "tasks.max",
                "3",
                "transaction.max.records",
                records,
                "max.records.per.poll",
                "50"));
    try (CommittedTopic one = new CommittedTopic(cluster, "one");
        CommittedTopic three = new CommittedTopic(cluster, "three")) {
      for (int part = 1; part <= 2; part++) {
        long goal = (long) SNAPSHOT * part / 6;
        await("the snapshot continues", () -> one.count() > goal);
        LOG.info(
            "killed in the snapshot: {} and {} of {} rows", one.count(), three.count(), SNAPSHOT);
        kill();
      }
      for (int round = 0; round < 3; round++) {
        long before = one.count();
        for (int version = 0; version < 6; version++) {
          send(TAIL / 2);
        }
        if (round > 0) {
          await("the tail continues", () -> one.count() > before);
        }
        send(TAIL / 2);
        kill();
      }
      send(TAIL);
      cluster.awaitCommitted("to-kill", "to-kill");
      await("one has all", () -> one.count() >= sent);
      await("three has all", () -> three.count() >= sent);
      judge("one task", one.read());
      judge("three tasks", three.read());
      judgeVersions(one.read());
    }
    cluster.rest().delete("one");
    cluster.rest().delete("three");
    cluster.rest().delete("to-kill");
  }

  /**
   * Waits, and starts again what Connect itself has failed: a task whose predecessor cannot be
   * fenced since the leader of the workers is just starting.
   */
  private void await(String what, BooleanSupplier condition) {
    Cluster.PATIENCE.await(
        what,
        () -> {
          for (String connector : List.of("one", "three")) {
            for (JsonNode task : cluster.rest().status(connector).path("tasks")) {
              if (task.path("state").asText().equals("FAILED")) {
                assertThat(task.path("trace").asText()).contains("ConnectRestException");
                cluster.rest().restartTask(connector, task.path("id").asInt());
                restarts++;
              }
            }
          }
          return condition.getAsBoolean();
        });
  }

  private void kill() {
    ConnectWorker victim = cluster.workers.get(kills++ % cluster.workers.size());
    victim.process().kill();
    victim.start();
  }

  private void send(int count) {
    for (int i = 0; i < count; i++) {
      cluster.records.send("to-kill", null, "{\"id\":" + sent + ",\"text\":\"row " + sent + "\"}");
      sent++;
    }
    cluster.records.flush();
  }

  private void judge(String who, List<CommittedTopic.Seen> records) {
    Set<Long> ids = new HashSet<>();
    long doubled = records.stream().filter(record -> !ids.add(record.id())).count();
    long missing = LongStream.range(0, sent).filter(id -> !ids.contains(id)).count();
    LOG.info("{}: rows {}, kills {}, missing {}, duplicate {}", who, sent, kills, missing, doubled);
    assertThat(missing).as("missing with " + who).isZero();
    assertThat(doubled).as("duplicate with " + who).isZero();
    assertThat(ids).hasSize((int) sent);
  }

  private static void judgeVersions(List<CommittedTopic.Seen> records) {
    Map<Long, Long> sizes = CommittedTopic.byVersion(records);
    long snapshot = records.get(0).version();
    Map<Long, Integer> parts = new HashMap<>();
    for (List<CommittedTopic.Seen> transaction : CommittedTopic.transactions(records)) {
      Set<Long> versions = new HashSet<>();
      transaction.forEach(record -> versions.add(record.version()));
      assertThat(versions).as("versions of one transaction").hasSize(1);
      parts.merge(versions.iterator().next(), 1, Integer::sum);
    }
    long torn =
        parts.entrySet().stream()
            .filter(version -> version.getKey() != snapshot)
            .filter(version -> sizes.get(version.getKey()) < TRANSACTION)
            .filter(version -> version.getValue() > 1)
            .count();
    LOG.info("versions {}, transactions {}, torn {}", sizes.size(), parts.values(), torn);
    assertThat(sizes).as("versions of the tail").hasSizeGreaterThan(3);
    assertThat(torn).as("torn versions").isZero();
    assertThat(records).extracting(CommittedTopic.Seen::version).isSorted();
  }
}
