package io.tidemark.sink.config;

import static io.tidemark.sink.config.Props.errors;
import static io.tidemark.sink.config.Props.oneTable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.connector.PeerAdvice;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Unknown keys, and what the user may have meant. */
class VocabularyTest {

  @ParameterizedTest
  @CsvSource({
    "table.parttion.by, table.partition.by",
    "table.partiton.by, table.partition.by",
    "table.partitions, table.partition.by",
    "table.patch, table.path",
    "commit.interval, commit.interval.ms",
    "commit.max.record, commit.max.records",
    "file.target.size, file.target.bytes",
    "writer.max.files, writer.max.open.files",
    "buffer.max.byte, buffer.max.bytes",
    "checkpoint.loaction, checkpoint.location",
    "schema.evoluton, schema.evolution",
    "metadata.column, metadata.columns",
    "behavior.on.null.value, behavior.on.null.values",
    "parquet.code, parquet.codec",
    "max.uncommitted.batch, max.uncommitted.batches",
    "task.max.failure, task.max.failures",
    "tidemark.task.numbers, tidemark.task.number",
    "tabel.path, table.path",
    "comit.interval.ms, commit.interval.ms",
    "tasks.max.failures, task.max.failures",
    "checkpointlocation, checkpoint.location",
    "delta.appendOnly, table.properties.delta.appendOnly",
    "table.properties.appendOnly, table.properties.delta.appendOnly",
    "fs.s3a.endpoint, hadoop.fs.s3a.endpoint"
  })
  void asksWhetherTheNearestKeyWasMeant(String key, String meant) {
    String message = "Unknown configuration " + key + ": did you mean " + meant + "?";
    assertThat(errors(oneTable(key, "x"))).containsOnlyKeys(key).containsEntry(key, message);
    assertThatThrownBy(() -> new DeltaSinkConfig(oneTable(key, "x")))
        .isInstanceOf(ConfigException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "starting.version",
        "fail.on.loss",
        "on.topic.deleted",
        "state.dir",
        "parquet.page.bytes.per.column",
        "table.override.orders.commit",
        "hadoop.",
        "table.properties.",
        "table.properties.delta."
      })
  void refusesWhatBelongsToTheSinkButIsNotThere(String key) {
    assertThat(errors(oneTable(key, "x"))).containsOnlyKeys(key);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tasks.max",
        "tasks.max.enforce",
        "topics.regex",
        "connector.plugin.version",
        "key.converter.plugin.version",
        "transforms.t.plugin.version",
        "producer.override.linger.ms",
        "admin.override.request.timeout.ms",
        "config.action.reload",
        "key.converter",
        "value.converter.schemas.enable",
        "value.converter.schema.registry.url",
        "header.converter",
        "transforms",
        "transforms.t.type",
        "transforms.t.table.path",
        "predicates.p.pattern",
        "consumer.override.max.poll.records",
        "consumer.override.metadata.max.age.ms",
        "errors.tolerance",
        "errors.retry.timeout",
        "errors.deadletterqueue.topic.name",
        "hadoop.fs.s3a.secret.key",
        "hadoop.hadoop.security.authentication",
        "table.properties.delta.enableChangeDataFeed"
      })
  void leavesOtherPeoplesKeysAlone(String key) {
    assertThat(errors(oneTable(key, "x"))).isEmpty();
  }

  /** Those that the issue trackers of other sinks know best, each with what is said. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          flush.size                          | use commit.max.records.
          rotate.interval.ms                  | use commit.interval.ms.
          hadoop.conf.dir                     | use hadoop.* with each property.
          delta.lake.table.auto.create        | use table.auto.create.
          schema.compatibility                | use schema.evolution.
          file.compression.type               | use parquet.codec.
          iceberg.tables                      | use table.path, or table.base.path.
          iceberg.tables.auto-create-props.x  | use table.properties.delta.*.
          topic2TableMap                      | use table.name.format, or transforms with RegexRouter.
          insert.mode                         | is not offered: rows are only appended, none is updated or deleted. Remove it.
          iceberg.control.topic               | is not offered: there is no control topic. Remove it.
          s3.bucket.name                      | is not offered: object stores are not supported yet. Remove it.
          """)
  void saysWhatStandsForTheKeyOfAnotherSink(String key, String advice) {
    assertThat(errors(oneTable(key, "x")))
        .containsOnlyKeys(key)
        .hasEntrySatisfying(
            key,
            message ->
                assertThat(message)
                    .startsWith("Unknown configuration " + key + ", a key of another connector")
                    .endsWith(advice));
  }

  @Test
  void refusesEveryKeyOfAnotherSink() {
    assertThat(SinkPeers.KEYS.names()).hasSizeGreaterThan(100);
    for (String name : SinkPeers.KEYS.names()) {
      String key = name.endsWith(".") ? name + "any.thing" : name;
      assertThat(errors(oneTable(key, "x"))).containsOnlyKeys(key);
    }
  }

  @Test
  void recommendsKeysThatThereAre() {
    Map<String, String> recommended = PeerAdvice.recommended(SinkPeers.KEYS);
    assertThat(recommended).hasSizeGreaterThan(10);
    recommended.forEach(
        (key, name) -> {
          Map<String, String> errors = errors(oneTable(key, "x"));
          assertThat(errors.toString()).as(name).doesNotContain("Unknown configuration");
          if (errors.isEmpty()) {
            assertThat(new DeltaSinkConfig(oneTable(key, "x")).unknownKeys()).as(name).isEmpty();
          }
        });
  }

  @ParameterizedTest
  @CsvSource({
    "topic, topics",
    "error.tolerance, errors.tolerance",
    "value.convertor, value.converter",
    "task.max, tasks.max",
    "transform, transforms",
    "connector.clas, connector.class"
  })
  void asksWhetherAKeyOfConnectWasMeant(String key, String meant) {
    assertThat(errors(oneTable(key, "x")))
        .containsEntry(key, "Unknown configuration " + key + ": did you mean " + meant + "?");
  }

  @Test
  void warnsOfKeysThatNobodyHasAndThatMayBeSomeTools() {
    Map<String, String> props =
        oneTable("owner", "me", "acme.team", "x", "errors.tolerance", "all");
    assertThat(errors(props)).isEmpty();
    assertThat(new DeltaSinkConfig(props).unknownKeys()).containsExactly("acme.team", "owner");
    assertThat(new DeltaSinkConfig(oneTable("path", "/x", "table.path", null)).unknownKeys())
        .isEmpty();
  }

  @Test
  void neverShowsTheValueOfAnUnknownKey() {
    assertThat(errors(oneTable("fs.s3a.secret.key", "hunter2")).toString())
        .doesNotContain("hunter2");
  }
}
