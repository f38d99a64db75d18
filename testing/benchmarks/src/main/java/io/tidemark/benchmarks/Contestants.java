package io.tidemark.benchmarks;

import io.tidemark.cluster.CodeSource;
import io.tidemark.reader.SparkJudge;
import io.tidemark.reader.SparkOptions;
import io.tidemark.spark.SparkJob;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Who takes part in what. A new contestant is added here. */
final class Contestants {

  static final String TIDEMARK = "Tidemark, Connect's JsonConverter";

  private static final String CONVERTER = "value.converter";
  private static final String CONNECT_JSON = "org.apache.kafka.connect.json.JsonConverter";
  private static final String BYTES = "org.apache.kafka.connect.converters.ByteArrayConverter";

  // Not loaded here: its class path has Spark, that of this program does not.
  private static final String SPARK_SOURCE = "io.tidemark.spark.DeltaToKafka";

  private Contestants() {}

  /** Topic to table. */
  static List<Contestant> sinks(Arena arena, OrderTopic topic) {
    ConnectorKind tidemark = ConnectorKind.tidemark(arena);
    String settings = "one task, commit every 10 s, zstd, exactly once.";
    List<Contestant> all = new ArrayList<>();
    all.add(sink(arena, TIDEMARK, settings, tidemark, topic, Map.of()));
    all.add(
        sink(
            arena,
            "Tidemark, its own JsonConverter",
            "the same with " + arena.options().converter + ".",
            tidemark,
            topic,
            Map.of(CONVERTER, arena.options().converter)));
    arena
        .s3()
        .ifPresent(
            lake ->
                all.add(
                    ConnectorContestant.of(
                        arena,
                        "Tidemark on S3, Connect's JsonConverter",
                        "table and checkpoint location on an S3 server of this machine.",
                        tidemark,
                        lake,
                        topic,
                        Map.of())));
    if (wanted(arena, "Iceberg")) {
      all.add(
          sink(
              arena,
              "Iceberg Kafka Connect sink 1.12.0",
              "one task, commit every 10 s, Hadoop catalog, default codec, Connect's "
                  + "JsonConverter.",
              ConnectorKind.iceberg(arena),
              topic,
              Map.of()));
    }
    all.add(nothing(arena, topic, "JsonConverter", CONNECT_JSON));
    all.add(nothing(arena, topic, "ByteArrayConverter", BYTES));
    all.add(
        new ProgramContestant(
            arena,
            "the least by hand",
            "consumer, streaming parser and parquet-hadoop with zstd in one thread; no "
                + "table, no guarantee.",
            ParquetProgram.class.getName(),
            System.getProperty("java.class.path"),
            List.of(),
            topic,
            ""));
    return all;
  }

  /** Topic to windows. */
  static List<Contestant> windows(Arena arena, OrderTopic topic) {
    List<Contestant> all = new ArrayList<>();
    all.add(
        sink(
            arena,
            TIDEMARK,
            "one task, commit every 10 s, final rows in a Delta table, exactly once.",
            ConnectorKind.windows(arena),
            topic,
            Map.of()));
    if (wanted(arena, "Streams")) {
      Path jars = Peer.STREAMS.jars(arena.setup().root(), arena.setup().cache());
      for (String guarantee : List.of("at_least_once", "exactly_once_v2")) {
        all.add(
            new ProgramContestant(
                arena,
                "Kafka Streams 4.3.1, " + guarantee,
                "one thread, cache of 64 MB, default commit interval, updates into a topic.",
                StreamsProgram.class.getName(),
                CodeSource.of(StreamsProgram.class) + File.pathSeparator + jars.resolve("*"),
                List.of(),
                topic,
                guarantee));
      }
    }
    return all;
  }

  /** Table to topic. */
  static List<Contestant> sources(Arena arena, OrderTopic topic, Path table) {
    ConnectorKind kind = ConnectorKind.source(arena, topic.partitions());
    String settings = "one task, exactly once, key order_id.";
    Map<String, String> words = Map.of("TABLE", table.toString());
    return List.of(
        new ConnectorContestant(
            arena, TIDEMARK, settings, kind, arena.local(), topic, 1, Map.of(), words),
        new ConnectorContestant(
            arena,
            "Tidemark, its own JsonConverter",
            "the same with " + arena.options().converter + ".",
            kind,
            arena.local(),
            topic,
            1,
            Map.of(CONVERTER, arena.options().converter),
            words),
        new ProgramContestant(
            arena,
            "Spark 4.2.0, readStream of Delta",
            "local[1], to_json, key order_id, all files in one batch, at least once.",
            SPARK_SOURCE,
            sparkClassPath(),
            List.of(SparkOptions.opens()),
            topic,
            table.toString()));
  }

  private static String sparkClassPath() {
    return String.join(
        File.pathSeparator,
        libraries(SparkJudge.PROPERTY),
        libraries(SparkJob.KAFKA_SOURCE_LIBS),
        CodeSource.of(SparkJob.class).toString());
  }

  private static String libraries(String property) {
    return Path.of(System.getProperty(property, "")).resolve("*").toString();
  }

  /** Our sink with this many tasks. */
  static Contestant tasks(Arena arena, OrderTopic topic, int tasks) {
    return new ConnectorContestant(
        arena,
        "Tidemark, tasks.max=" + tasks,
        "commit every 10 s, zstd, Connect's JsonConverter.",
        ConnectorKind.tidemark(arena),
        arena.local(),
        topic,
        tasks,
        Map.of(),
        Map.of());
  }

  private static Contestant nothing(
      Arena arena, OrderTopic topic, String converter, String converterClass) {
    return sink(
        arena,
        "a sink that does nothing, " + converter,
        "one task; it drops every record.",
        ConnectorKind.nothing(arena),
        topic,
        Map.of(CONVERTER, converterClass));
  }

  private static Contestant sink(
      Arena arena,
      String name,
      String note,
      ConnectorKind kind,
      OrderTopic topic,
      Map<String, String> keys) {
    return ConnectorContestant.of(arena, name, note, kind, arena.local(), topic, keys);
  }

  /** What is left out need not be fetched. */
  private static boolean wanted(Arena arena, String name) {
    return arena.options().without.stream().noneMatch(name::contains);
  }
}
