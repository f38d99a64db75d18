package io.tidemark.sink.config;

import io.tidemark.connector.Aliases;
import io.tidemark.connector.PassThrough;
import io.tidemark.connector.Vocabulary;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Keys of the sink that are not in its definition: spellings, prefixes, keys of other sinks. */
final class SinkVocabulary {

  static final Aliases SPARK =
      new Aliases(
          Map.of(
              "checkpointLocation", CheckpointKeys.LOCATION,
              "path", TableKeys.PATH,
              "startingOffsets", StartKeys.OFFSETS,
              "startingTimestamp", StartKeys.TIMESTAMP,
              "failOnDataLoss", StartKeys.FAIL_ON_LOSS));

  static final PassThrough TABLE_PROPERTIES =
      new PassThrough(
          "table.properties.",
          TableKeys.GROUP,
          "delta.",
          "delta.",
          "Delta table properties of the tables that the sink creates, such as "
              + "table.properties.delta.enableChangeDataFeed=true. "
              + "A table that exists keeps its own.");

  static final PassThrough HADOOP = PassThrough.hadoop(TableKeys.GROUP);

  static final PassThrough KAFKA =
      new PassThrough(
          "kafka.",
          StartKeys.GROUP,
          "",
          "bootstrap.",
          "Settings of the Kafka client with which the connector reads log start and end offsets, "
              + "such as kafka.bootstrap.servers=broker:9092. By default it has the settings of "
              + "the worker and its consumer, including consumer.override.*. Values may be "
              + "credentials and are never logged.");

  static final List<PassThrough> PASS_THROUGH = List.of(TABLE_PROPERTIES, HADOOP, KAFKA);

  private static final List<String> NAMESPACES =
      List.of(
          "table.",
          "commit.",
          "file.",
          "writer.",
          "buffer.",
          "checkpoint.",
          "schema.",
          "metadata.",
          "behavior.",
          "parquet.",
          "max.uncommitted",
          "task.max",
          "starting.",
          "fail.on",
          "on.",
          "audit.",
          "state.",
          "tidemark.");

  private SinkVocabulary() {}

  static Vocabulary of(Collection<String> keys) {
    return new Vocabulary(
        keys, NAMESPACES, SPARK, PASS_THROUGH, SinkPeers.KEYS, "docs/reference/sink-config.md");
  }
}
