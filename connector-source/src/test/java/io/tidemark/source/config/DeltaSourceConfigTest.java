package io.tidemark.source.config;

import static io.tidemark.source.config.Props.errors;
import static io.tidemark.source.config.Props.oneTable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.connector.PeerAdvice;
import io.tidemark.source.offset.Position;
import io.tidemark.source.plan.ShardRange;
import io.tidemark.source.plan.StartingPoint;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What configurations mean, and what is wrong with others. */
class DeltaSourceConfigTest {

  private static DeltaSourceConfig config(String... changes) {
    return new DeltaSourceConfig(oneTable(changes));
  }

  @Test
  void takesTheLeastThatAUserMustSay() {
    assertThat(errors(oneTable())).isEmpty();
    assertThat(config().tables()).containsExactly("/lake/orders");
    assertThat(config().startingPoint()).isEqualTo(new StartingPoint.Snapshot());
    assertThat(config().recordOptions().topicOf("/lake/orders")).isEqualTo("orders");
  }

  @Test
  void readsSeveralTables() {
    DeltaSourceConfig config = config("table.path", null, "table.paths", "/lake/a/, hdfs://b/c");
    assertThat(config.tables()).containsExactly("/lake/a", "hdfs://b/c");
    assertThat(config.assignment(5)).hasSize(5);
  }

  @ParameterizedTest
  @CsvSource({
    "startingVersion, starting.version, 7",
    "startingTimestamp, starting.timestamp, 2026-11-26",
    "readChangeFeed, read.change.feed, true",
    "maxFilesPerTrigger, max.files.per.poll, 7",
    "maxBytesPerTrigger, max.bytes.per.poll, 7",
    "ignoreDeletes, ignore.deletes, true",
    "skipChangeCommits, skip.change.commits, true",
    "failOnDataLoss, fail.on.data.loss, false"
  })
  void takesSparksSpellings(String spark, String ours, String value) {
    assertThat(config(spark, value).values().get(ours))
        .isEqualTo(config(ours, value).values().get(ours));
    assertThat(errors(oneTable(spark, value, ours, value))).containsOnlyKeys(spark);
  }

  @Test
  void startsWhereItIsTold() {
    assertThat(config("starting.version", "7").startingPoint())
        .isEqualTo(new StartingPoint.Version(7));
    assertThat(
            config("starting.version", "7", "starting.version.exclusive", "true").startingPoint())
        .isEqualTo(new StartingPoint.Version(8));
    assertThat(config("starting.version", "latest").startingPoint())
        .isEqualTo(new StartingPoint.Latest());
    assertThat(config("starting.version", "earliest").startingPoint())
        .isEqualTo(new StartingPoint.Earliest());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-11-26T12:00:00Z",
        "2026-11-26T12:00:00",
        "2026-11-26 12:00:00",
        "2026-11-26T13:00:00+01:00",
        "2026-11-26T12:00",
        "1795694400000"
      })
  void readsTimes(String text) {
    assertThat(config("starting.timestamp", text).startingPoint())
        .isEqualTo(
            new StartingPoint.Timestamp(Instant.parse("2026-11-26T12:00:00Z").toEpochMilli()));
  }

  @Test
  void readsDatesAsMidnightInUtc() {
    assertThat(config("starting.timestamp", "2026-11-26").startingPoint())
        .isEqualTo(
            new StartingPoint.Timestamp(Instant.parse("2026-11-26T00:00:00Z").toEpochMilli()));
  }

  @Test
  void tellsEachTaskWhatItReadsAndWhereItStarts() {
    DeltaSourceConfig connector = config("path", "/lake/orders", "table.path", null);
    Position start = Position.snapshot(0, "t", 7);
    Map<String, String> props = connector.taskProps(1, 3, List.of(start));
    DeltaSourceConfig task = new DeltaSourceConfig(props);
    assertThat(task.ranges()).containsExactly(new ShardRange(0, 5, 10));
    assertThat(task.start(0)).isEqualTo(start);
    assertThat(task.tables()).containsExactly("/lake/orders");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          table.shards            | 12       | must be a power of two, 256 at most. Remove it to use 16.
          table.shards            | 512      | must be a power of two, 256 at most. Remove it to use 16.
          table.path              | orders   | must be an absolute path or a URI, so that every worker means the same.
          starting.version        | newest   | must be the number of a version, latest or earliest. Remove it to read all rows of the table first.
          starting.version        | -1       | must be the number of a version, latest or earliest. Remove it to read all rows of the table first.
          starting.timestamp      | today    | must be a time such as 2026-11-26T12:00:00Z, a date, or epoch milliseconds. Remove it to read all rows of the table first.
          poll.interval.ms        | 0        | must be at least 10. Remove it to use 5000.
          max.files.per.poll      | 0        | must be at least 1. Remove it to use 1000.
          max.records.per.poll    | 0        | must be at least 1. Remove it to use 2000.
          transaction.max.records | 0        | must be at least 1. Remove it to use 100000.
          topic                   | a${b}    | must not have a placeholder other than ${table}. Remove it to use ${table}.
          topic                   | a/b      | 'a/b' is not a valid topic name: use letters, digits, '.', '_' and '-'. Correct topic.
          """)
  void namesKeyValueReasonAndRemedy(String key, String value, String reason) {
    String message = "Invalid value " + value + " for configuration " + key + ": " + reason;
    assertThat(errors(oneTable(key, value))).containsExactly(Map.entry(key, message));
    assertThatThrownBy(() -> config(key, value))
        .isInstanceOf(ConfigException.class)
        .hasMessage(message);
  }

  @Test
  void tombstonesNeedKeysAndAChangeFeed() {
    assertThat(errors(oneTable("tombstones.on.delete", "true")))
        .containsOnlyKeys("tombstones.on.delete");
    assertThat(errors(oneTable("tombstones.on.delete", "true", "key.fields", "id")))
        .containsOnlyKeys("tombstones.on.delete");
    assertThat(errors(oneTable("tombstones.on.delete", "true", "read.change.feed", "true")))
        .containsOnlyKeys("tombstones.on.delete");
    assertThat(
            errors(
                oneTable(
                    "tombstones.on.delete",
                    "true",
                    "read.change.feed",
                    "true",
                    "key.fields",
                    "id",
                    "headers.enabled",
                    "false")))
        .isEmpty();
  }

  @Test
  void refusesWhatDoesNotGoTogether() {
    assertThat(errors(oneTable("table.path", null))).containsOnlyKeys("table.path");
    assertThat(errors(oneTable("table.paths", "/lake/a"))).containsOnlyKeys("table.paths");
    assertThat(errors(oneTable("table.path", null, "table.paths", "/lake/a,/lake/a/")))
        .containsOnlyKeys("table.paths");
    assertThat(errors(oneTable("table.path", null, "table.paths", "/lake/a,file:///lake/a")))
        .containsOnlyKeys("table.paths");
    assertThat(errors(oneTable("table.path", "/lake/a, /lake/b")).get("table.path").toString())
        .contains("Set table.paths");
    assertThat(errors(oneTable("table.path", "/lake/a,b", "topic", "t"))).isEmpty();
    assertThat(errors(oneTable("starting.version", "1", "starting.timestamp", "1")))
        .containsOnlyKeys("starting.timestamp");
    assertThat(errors(oneTable("starting.version.exclusive", "true")))
        .containsOnlyKeys("starting.version.exclusive");
    assertThat(errors(oneTable("read.change.feed", "true", "headers.enabled", "false")))
        .containsOnlyKeys("headers.enabled");
    assertThat(errors(oneTable("key.fields", "a,a"))).containsOnlyKeys("key.fields");
    assertThat(errors(oneTable("key.fields", "a.b,a_b"))).containsOnlyKeys("key.fields");
    assertThat(errors(oneTable("key.fields", "a..b"))).containsOnlyKeys("key.fields");
    assertThat(errors(oneTable("key.fields", "`a"))).containsOnlyKeys("key.fields");
    assertThat(errors(oneTable("key.fields", "`a.b`.c, d"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "table.patch, table.path",
    "table.shard, table.shards",
    "starting.versions, starting.version",
    "read.changefeed, read.change.feed",
    "max.file.per.poll, max.files.per.poll",
    "poll.interval, poll.interval.ms",
    "skip.change.commit, skip.change.commits",
    "ignore.delete, ignore.deletes",
    "fail.on.dataloss, fail.on.data.loss",
    "key.field, key.fields",
    "headers.enable, headers.enabled",
    "transaction.max.record, transaction.max.records",
    "task.max.failure, task.max.failures",
    "fs.s3a.endpoint, hadoop.fs.s3a.endpoint"
  })
  void asksWhetherTheNearestKeyWasMeant(String key, String meant) {
    assertThat(errors(oneTable(key, "x")))
        .containsExactly(
            Map.entry(key, "Unknown configuration " + key + ": did you mean " + meant + "?"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tasks.max",
        "tasks.max.enforce",
        "exactly.once.support",
        "transaction.boundary",
        "transaction.boundary.interval.ms",
        "offsets.storage.topic",
        "topic.creation.groups",
        "topic.creation.default.partitions",
        "producer.override.transaction.timeout.ms",
        "errors.tolerance",
        "key.converter",
        "key.converter.schemas.enable",
        "value.converter",
        "header.converter",
        "transforms",
        "transforms.t.type",
        "predicates.p.pattern",
        "config.action.reload",
        "connector.plugin.version",
        "hadoop.fs.s3a.secret.key"
      })
  void leavesOtherPeoplesKeysAlone(String key) {
    assertThat(errors(oneTable(key, "x"))).isEmpty();
  }

  @Test
  void refusesEveryKeyOfAnotherSource() {
    for (String name : SourcePeers.KEYS.names()) {
      String key = name.endsWith(".") ? name + "any.thing" : name;
      assertThat(errors(oneTable(key, "x")))
          .containsExactly(
              Map.entry(key, "Unknown configuration " + key + SourcePeers.KEYS.of(name)));
    }
    assertThat(errors(oneTable("incrementing.column.name", "id")).toString())
        .contains("is not offered: rows are found by table version");
    assertThat(config("owner", "me", "acme.team", "x").unknownKeys())
        .containsExactly("acme.team", "owner");
  }

  @Test
  void recommendsKeysThatThereAre() {
    Map<String, String> recommended = PeerAdvice.recommended(SourcePeers.KEYS);
    assertThat(recommended).hasSizeGreaterThan(5);
    recommended.forEach(
        (key, name) -> {
          Map<String, String> errors = errors(oneTable(key, "x"));
          assertThat(errors.toString()).as(name).doesNotContain("Unknown configuration");
          if (errors.isEmpty()) {
            assertThat(config(key, "x").unknownKeys()).as(name).isEmpty();
          }
        });
  }

  @Test
  void neverShowsCredentials() {
    DeltaSourceConfig config = config("hadoop.fs.s3a.secret.key", "hunter2");
    assertThat(config.toString()).contains("fs.s3a.secret.key").doesNotContain("hunter2");
    assertThat(errors(oneTable("table.path", "s3a://key:hunter2@b/t")).toString())
        .doesNotContain("hunter2");
  }
}
