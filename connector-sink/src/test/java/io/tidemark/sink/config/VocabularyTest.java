package io.tidemark.sink.config;

import static io.tidemark.sink.config.Props.errors;
import static io.tidemark.sink.config.Props.oneTable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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

  @Test
  void neverShowsTheValueOfAnUnknownKey() {
    assertThat(errors(oneTable("fs.s3a.secret.key", "hunter2")).toString())
        .doesNotContain("hunter2");
  }
}
