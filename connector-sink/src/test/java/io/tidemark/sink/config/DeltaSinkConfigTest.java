package io.tidemark.sink.config;

import static io.tidemark.sink.config.Props.errors;
import static io.tidemark.sink.config.Props.oneTable;
import static io.tidemark.sink.config.Props.tablePerTopic;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.common.TidemarkException;
import io.tidemark.sink.file.FileOptions;
import io.tidemark.sink.file.TableOptions;
import io.tidemark.sink.record.MetadataColumn;
import io.tidemark.sink.record.NullValues;
import io.tidemark.sink.record.PartitionField;
import io.tidemark.sink.record.RecordOptions;
import io.tidemark.sink.record.SchemaEvolution;
import io.tidemark.sink.segment.CutPolicy;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the sink reads out of a valid configuration. */
class DeltaSinkConfigTest {

  @Test
  void givesTheDocumentedDefaults() {
    DeltaSinkConfig config = new DeltaSinkConfig(oneTable());
    assertThat(config.checkpointLocation()).isEqualTo("/lake/orders/_tidemark/orders-to-delta");
    assertThat(config.recordOptions())
        .isEqualTo(new RecordOptions(NullValues.IGNORE, List.of(), SchemaEvolution.ADD, List.of()));
    assertThat(config.tableOptions()).isEqualTo(new TableOptions(true, Map.of()));
    assertThat(config.toleratesErrors()).isFalse();
    assertThat(config.cutPolicy()).isEqualTo(new CutPolicy(60_000, 0, 128L << 20));
    assertThat(config.maxUncommittedBatches()).isEqualTo(10);
    assertThat(config.retainBatches()).isEqualTo(100);
    assertThat(config.taskMaxFailures()).isEqualTo(10);
    assertThat(config.fileOptions())
        .isEqualTo(
            new FileOptions(
                CompressionCodecName.ZSTD,
                128L << 20,
                100,
                Runtime.getRuntime().maxMemory() / 4,
                128L << 20));
    assertThat(config.hadoopProperties()).isEmpty();
    assertThat(config.taskNumber()).isZero();
    assertThat(config.taskCount()).isEqualTo(1);
  }

  @Test
  void givesWhatTheUserSet() {
    DeltaSinkConfig config =
        new DeltaSinkConfig(
            oneTable(
                "checkpoint.location", "hdfs://name/c/",
                "table.partition.by", "country, date(placed_at), hour(placed_at)",
                "table.auto.create", "false",
                "schema.evolution", "none",
                "table.properties.delta.enableChangeDataFeed", "true",
                "metadata.columns", "offset,topic",
                "behavior.on.null.values", "fail",
                "errors.tolerance", "ALL",
                "commit.interval.ms", "100",
                "commit.max.records", "5",
                "commit.max.bytes", "0",
                "max.uncommitted.batches", "1",
                "checkpoint.retain.batches", "2",
                "task.max.failures", "1",
                "file.target.bytes", "7",
                "writer.max.open.files", "8",
                "buffer.max.bytes", "9"));
    assertThat(config.checkpointLocation()).isEqualTo("hdfs://name/c");
    assertThat(config.recordOptions())
        .isEqualTo(
            new RecordOptions(
                NullValues.FAIL,
                List.of(MetadataColumn.OFFSET, MetadataColumn.TOPIC),
                SchemaEvolution.NONE,
                List.of(
                    PartitionField.parse("country"),
                    PartitionField.parse("date(placed_at)"),
                    PartitionField.parse("hour(placed_at)"))));
    assertThat(config.tableOptions())
        .isEqualTo(new TableOptions(false, Map.of("delta.enableChangeDataFeed", "true")));
    assertThat(config.toleratesErrors()).isTrue();
    assertThat(config.cutPolicy()).isEqualTo(new CutPolicy(100, 5, 0));
    assertThat(config.maxUncommittedBatches()).isEqualTo(1);
    assertThat(config.retainBatches()).isEqualTo(2);
    assertThat(config.taskMaxFailures()).isEqualTo(1);
    assertThat(config.fileOptions())
        .isEqualTo(new FileOptions(CompressionCodecName.ZSTD, 7, 8, 9, 7));
  }

  /** Its small I is not the one of other alphabets. */
  @Test
  void understandsItsKeysInATurkishJvm() {
    Locale before = Locale.getDefault();
    Map<String, String> props =
        oneTable(
            "behavior.on.null.values", "ignore",
            "metadata.columns", "topic,partition,timestamp",
            "table.partition.by", "REGION_ID, hour(PLACED_I)",
            "on.topic.recreated", "fail",
            "errors.tolerance", "ALL");
    String expected = new DeltaSinkConfig(props).recordOptions().toString();
    try {
      Locale.setDefault(Locale.forLanguageTag("tr-TR"));
      DeltaSinkConfig config = new DeltaSinkConfig(props);
      assertThat(config.recordOptions()).hasToString(expected);
      assertThat(config.toleratesErrors()).isTrue();
      assertThat(Props.errors(props)).isEmpty();
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void sharesAQuarterOfTheHeapAmongTheTasks() {
    DeltaSinkConfig connector = new DeltaSinkConfig(oneTable());
    assertThat(
            new DeltaSinkConfig(connector.taskProps(1, 4, "query")).fileOptions().bufferMaxBytes())
        .isEqualTo(connector.fileOptions().bufferMaxBytes() / 4);
  }

  @ParameterizedTest
  @EnumSource(
      value = CompressionCodecName.class,
      names = {"ZSTD", "SNAPPY", "GZIP", "LZ4_RAW", "UNCOMPRESSED"})
  void knowsEveryCodecItOffers(CompressionCodecName codec) {
    String name = codec.name().toLowerCase(Locale.ROOT);
    assertThat(new DeltaSinkConfig(oneTable("parquet.codec", name)).fileOptions().codec())
        .isEqualTo(codec);
  }

  @ParameterizedTest
  @CsvSource({
    "/lake/orders/, /lake/orders",
    "/lake/orders//, /lake/orders",
    "file:/lake/orders/, file:/lake/orders",
    "file:///lake/orders/, file:///lake/orders",
    "hdfs://name/, hdfs://name/",
    "hdfs://name:8020/orders, hdfs://name:8020/orders"
  })
  void namesOnePlaceByOneName(String location, String normal) {
    assertThat(location(new DeltaSinkConfig(oneTable("table.path", location)), "orders"))
        .isEqualTo(normal);
  }

  @Test
  void putsAllTopicsIntoOneTable() {
    DeltaSinkConfig config = new DeltaSinkConfig(oneTable());
    assertThat(location(config, "a")).isEqualTo(location(config, "b")).isEqualTo("/lake/orders");
  }

  @ParameterizedTest
  @CsvSource({
    "${topic}, eu.orders, /lake/eu.orders",
    "kafka/${topic}_v1, eu.orders, /lake/kafka/eu.orders_v1",
    "${2}/${1}, eu.orders, /lake/orders/eu",
  })
  void namesTablesAfterTopics(String format, String topic, String location) {
    DeltaSinkConfig config =
        new DeltaSinkConfig(
            tablePerTopic(
                "topics",
                null,
                "topics.regex",
                "(eu|us)\\.(.*)",
                "table.base.path",
                "/lake/",
                "table.name.format",
                format));
    assertThat(location(config, topic)).isEqualTo(location);
  }

  @ParameterizedTest
  @ValueSource(strings = {"orders", "eu-", "jp-orders"})
  void refusesATopicWhoseTableWouldHaveNoName(String topic) {
    DeltaSinkConfig config =
        new DeltaSinkConfig(
            tablePerTopic(
                "topics.regex", "(eu-)?(.*)?orders|eu-(.*)", "table.name.format", "${3}"));
    assertThatThrownBy(() -> location(config, topic))
        .isInstanceOf(TidemarkException.class)
        .hasMessageContaining("table.name.format")
        .hasMessageContaining(topic);
  }

  private static String location(DeltaSinkConfig config, String topic) {
    return config.router().location(new SinkRecord(topic, 0, null, null, null, null, 0));
  }

  @Test
  void understandsSparksSpellings() {
    Map<String, String> props =
        oneTable("table.path", null, "path", "/lake/o", "checkpointLocation", "/c");
    assertThat(errors(props)).isEmpty();
    DeltaSinkConfig config = new DeltaSinkConfig(props);
    assertThat(location(config, "orders")).isEqualTo("/lake/o");
    assertThat(config.checkpointLocation()).isEqualTo("/c");
  }

  @ParameterizedTest
  @CsvSource({"path, table.path", "checkpointLocation, checkpoint.location"})
  void refusesASettingUnderTwoNames(String alias, String key) {
    Map<String, String> props = oneTable(alias, "/x", key, "/y");
    String message =
        "Configuration " + alias + " means the same as " + key + ". Remove one of the two.";
    assertThat(errors(props)).containsExactly(Map.entry(alias, message));
    assertThatThrownBy(() -> new DeltaSinkConfig(props)).hasMessage(message);
  }

  @Test
  void takesANullForNotSet() {
    Map<String, String> props = oneTable();
    props.put("commit.interval.ms", null);
    props.put("path", null);
    assertThat(errors(props)).isEmpty();
    assertThat(new DeltaSinkConfig(props).commitIntervalMs()).isEqualTo(60_000);
  }

  @Test
  void tellsEachTaskItsNumber() {
    DeltaSinkConfig connector =
        new DeltaSinkConfig(oneTable("checkpointLocation", "/c", "transforms", "t"));
    Map<String, String> props = connector.taskProps(2, 3, "query");
    DeltaSinkConfig task = new DeltaSinkConfig(props);
    assertThat(task.taskNumber()).isEqualTo(2);
    assertThat(task.taskCount()).isEqualTo(3);
    assertThat(task.connectorName()).isEqualTo("orders-to-delta");
    assertThat(task.checkpointLocation()).isEqualTo("/c");
    assertThat(props)
        .containsEntry("transforms", "t")
        .isEqualTo(connector.taskProps(2, 3, "query"));
  }

  @Test
  void handsOnHadoopsSettingsWithoutShowingThem() {
    DeltaSinkConfig config =
        new DeltaSinkConfig(
            oneTable(
                "hadoop.fs.s3a.secret.key", "hunter2",
                "hadoop.hadoop.security.authentication", "kerberos"));
    assertThat(config.hadoopProperties())
        .containsExactly(
            Map.entry("fs.s3a.secret.key", new Password("hunter2")),
            Map.entry("hadoop.security.authentication", new Password("kerberos")));
    assertThat(config.hadoopProperties().toString()).doesNotContain("hunter2");
  }

  @Test
  void showsTheValuesInEffectWithoutSecretsAndForeignKeys() {
    Map<String, String> props =
        oneTable(
            "hadoop.fs.s3a.secret.key", "hunter2",
            "consumer.override.sasl.jaas.config", "hunter3",
            "value.converter.basic.auth.user.info", "hunter4",
            "table.properties.delta.appendOnly", "true");
    assertThat(new DeltaSinkConfig(props).toString())
        .startsWith("orders-to-delta {")
        .contains("commit.interval.ms=60000", "table.path=/lake/orders")
        .contains("table.properties.delta.appendOnly=true", "hadoop.fs.s3a.secret.key=[hidden]")
        .doesNotContain("hunter");
  }

  @Test
  void logsNothing() {
    PrintStream terminal = System.err;
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    try {
      new DeltaSinkConfig(oneTable("hadoop.fs.s3a.secret.key", "hunter2"));
    } finally {
      System.setErr(terminal);
    }
    assertThat(log.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"table.path", "path", "checkpoint.location", "table.base.path"})
  void refusesCredentialsInLocationsWithoutRepeatingThem(String key) {
    Map<String, String> props =
        oneTable("table.path", null, "table.base.path", null, key, "s3a://AKIA:hunter2@bucket/o");
    assertThat(errors(props).toString())
        .contains("[hidden]", "must not hold credentials; set them with hadoop.*")
        .doesNotContain("hunter2");
    assertThatThrownBy(() -> new DeltaSinkConfig(props))
        .isInstanceOf(ConfigException.class)
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void refusesALocationWithAVariableThatNobodyReplaced() {
    assertThat(errors(oneTable("table.path", "/${env:LAKE}/orders")))
        .hasEntrySatisfying(
            "table.path", message -> assertThat(message).contains("config provider"));
  }
}
