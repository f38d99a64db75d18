package io.tidemark.sink.config;

import static io.tidemark.sink.config.Props.errors;
import static io.tidemark.sink.config.Props.oneTable;
import static io.tidemark.sink.config.Props.tablePerTopic;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each refusal at its key, with the same words from validation and from construction. */
class ConfigValidationTest {

  @Test
  void takesTheLeastThatAUserMustSay() {
    assertThat(errors(oneTable())).isEmpty();
    assertThat(errors(tablePerTopic())).isEmpty();
    assertThat(new DeltaSinkConfig(oneTable()).connectorName()).isEqualTo("orders-to-delta");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          commit.interval.ms        | 99      | must be at least 100. Remove it to use 60000.
          commit.interval.ms        | 0       | must be at least 100. Remove it to use 60000.
          commit.interval.ms        | soon    | Not a number of type LONG
          commit.max.records        | -1      | must be at least 0. Remove it to use 0.
          commit.max.bytes          | -1      | must be at least 0. Remove it to use 134217728.
          max.uncommitted.batches   | 0       | must be at least 1. Remove it to use 10.
          checkpoint.retain.batches | 1       | must be at least 2. Remove it to use 100.
          task.max.failures         | 0       | must be at least 1. Remove it to use 10.
          file.target.bytes         | 0       | must be at least 1. Remove it to use 134217728.
          writer.max.open.files     | 0       | must be at least 1. Remove it to use 100.
          buffer.max.bytes          | -1      | must be at least 0. Remove it to use 0.
          tidemark.task.number      | -1      | must be at least 0. Remove it to use 0.
          tidemark.tasks.count      | 0       | must be at least 1. Remove it to use 1.
          parquet.codec             | lzo     | must be one of zstd, snappy, gzip, lz4_raw, uncompressed. Remove it to use zstd.
          schema.evolution          | widen   | must be one of none, add. Remove it to use add.
          behavior.on.null.values   | delete  | must be one of ignore, fail. Remove it to use ignore.
          table.auto.create         | perhaps | Expected value to be either true or false
          table.path                | ''      | must not be empty.
          table.path                | orders  | must be an absolute path or a URI, so that every worker means the same.
          """)
  void namesKeyValueReasonAndRemedy(String key, String value, String reason) {
    assertRefused(
        oneTable(key, value),
        key,
        "Invalid value " + value + " for configuration " + key + ": " + reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          metadata.columns   | topic,size         | [topic, size]          | must be a list out of topic, partition, offset, timestamp, key, headers. Remove it for none.
          metadata.columns   | topic,offset,topic | [topic, offset, topic] | must not name anything twice. Remove it for none.
          table.partition.by | a,,b               | a,,b                   | '' is not one of column names, date(column), hour(column). Put a name with blanks, commas or parentheses in backticks. Remove it for none.
          table.partition.by | month(t)           | month(t)               | 'month(t)' is not one of column names, date(column), hour(column). Put a name with blanks, commas or parentheses in backticks. Remove it for none.
          table.partition.by | a b                | a b                    | 'a b' is not one of column names, date(column), hour(column). Put a name with blanks, commas or parentheses in backticks. Remove it for none.
          table.partition.by | date(a b)          | date(a b)              | 'date(a b)' is not one of column names, date(column), hour(column). Put a name with blanks, commas or parentheses in backticks. Remove it for none.
          table.partition.by | date()             | date()                 | 'date()' is not one of column names, date(column), hour(column). Put a name with blanks, commas or parentheses in backticks. Remove it for none.
          table.partition.by | `a                 | `a                     | '`a' is not one of column names, date(column), hour(column). Put a name with blanks, commas or parentheses in backticks. Remove it for none.
          table.partition.by | `a`.b              | `a`.b                  | '`a`.b' is not one of column names, date(column), hour(column). Put a name with blanks, commas or parentheses in backticks. Remove it for none.
          table.partition.by | a`b                | a`b                    | 'a`b' is not one of column names, date(column), hour(column). Put a name with blanks, commas or parentheses in backticks. Remove it for none.
          table.partition.by | a,A                | a,A                    | must not partition by A twice. Remove it for none.
          table.partition.by | a,`A`              | a,`A`                  | must not partition by A twice. Remove it for none.
          table.partition.by | date(t),t_date     | date(t),t_date         | must not partition by t_date twice. Remove it for none.
          table.partition.by | `a,b`, `a,b`       | `a,b`, `a,b`           | must not partition by a,b twice. Remove it for none.
          """)
  void namesWhatIsWrongWithAList(String key, String value, String shown, String reason) {
    assertRefused(
        oneTable(key, value),
        key,
        "Invalid value " + shown + " for configuration " + key + ": " + reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ${table}        | ${table} is not a placeholder
          ${topic}_${0}   | ${0} is not a placeholder
          ${topic         | ${topic is not a placeholder
          everything      | must contain ${topic} or ${1}. For one table, set table.path instead
          /${topic}       | must be a relative path without empty parts
          ${topic}/       | must be a relative path without empty parts
          a//${topic}     | must be a relative path without empty parts
          ../${topic}     | must be a relative path without empty parts
          """)
  void refusesTableNamesThatLeadNowhere(String format, String reason) {
    assertThat(errors(tablePerTopic("table.name.format", format)))
        .containsOnlyKeys("table.name.format")
        .hasEntrySatisfying(
            "table.name.format",
            message ->
                assertThat(message)
                    .startsWith("Invalid value " + format)
                    .contains(reason)
                    .endsWith("Remove it to use ${topic}."));
  }

  @Test
  void asksForOneTableOrManyWhenNeitherIsGiven() {
    assertRefused(
        oneTable("table.path", null),
        "table.path",
        "Missing configuration table.path: set it, or table.base.path for a table per topic.");
  }

  @Test
  void refusesOneTableBesideMany() {
    assertRefused(
        tablePerTopic("table.path", "/lake/orders"),
        "table.base.path",
        "Invalid value /lake for configuration table.base.path: table.path is set too. Keep"
            + " table.path for one table, or table.base.path for a table per topic.");
  }

  @Test
  void refusesTableNamesForOneTable() {
    assertRefused(
        oneTable("table.name.format", "x_${topic}"),
        "table.name.format",
        "Invalid value x_${topic} for configuration table.name.format: has no effect without"
            + " table.base.path. Set table.base.path, or remove this key.");
  }

  @Test
  void refusesGroupsWithoutAPatternOfTopics() {
    assertRefused(
        tablePerTopic("table.name.format", "${1}"),
        "table.name.format",
        "Invalid value ${1} for configuration table.name.format: ${1} needs topics.regex. Use"
            + " ${topic}.");
  }

  @Test
  void refusesGroupsThatThePatternOfTopicsHasNot() {
    assertRefused(
        tablePerTopic(
            "topics", null, "topics.regex", "(eu|us)\\.(.*)", "table.name.format", "${1}/${3}"),
        "table.name.format",
        "Invalid value ${1}/${3} for configuration table.name.format: topics.regex has 2 groups,"
            + " so there is no ${3}.");
  }

  @Test
  void leavesAMalformedPatternOfTopicsToConnect() {
    assertThat(errors(tablePerTopic("topics.regex", "(eu", "table.name.format", "${1}"))).isEmpty();
  }

  @Test
  void asksForACheckpointLocationOfManyTables() {
    assertRefused(
        tablePerTopic("checkpoint.location", null),
        "checkpoint.location",
        "Missing configuration checkpoint.location: with table.base.path there is no default. Set"
            + " it to a directory that only this connector uses.");
  }

  static List<String> unfitNames() {
    return List.of("a/b", "..", "two words", "täglich", "x".repeat(256));
  }

  @ParameterizedTest
  @MethodSource("unfitNames")
  void asksForACheckpointLocationWhenTheNameNamesNoDirectory(String name) {
    assertThat(errors(oneTable("name", name))).containsOnlyKeys("checkpoint.location");
    assertThat(errors(oneTable("name", name, "checkpoint.location", "/c"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/lake/orders",
        "/lake/orders/",
        "/lake/orders/checkpoint",
        "/lake/orders/_delta_log",
        "/lake/orders/_delta_log/x"
      })
  void refusesACheckpointLocationAmongDataFiles(String location) {
    assertThat(errors(oneTable("checkpoint.location", location)))
        .containsOnlyKeys("checkpoint.location")
        .hasEntrySatisfying(
            "checkpoint.location", message -> assertThat(message).contains("VACUUM"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/lake/orders/_checkpoint", "/lake/orders/.c", "/lake/orders2", "/c"})
  void takesACheckpointLocationThatVacuumLeavesAlone(String location) {
    assertThat(errors(oneTable("checkpoint.location", location))).isEmpty();
  }

  @Test
  void refusesACheckpointLocationAmongTheDataFilesOfATopic() {
    assertThat(
            errors(
                tablePerTopic(
                    "topics", "a, orders",
                    "table.name.format", "x_${topic}",
                    "checkpoint.location", "/lake/x_orders/c")))
        .containsOnlyKeys("checkpoint.location");
    assertThat(errors(tablePerTopic("checkpoint.location", "/lake/_checkpoints/x"))).isEmpty();
  }

  @Test
  void refusesTablesInsideTheCheckpointLocation() {
    assertRefused(
        oneTable("checkpoint.location", "/lake"),
        "checkpoint.location",
        "Invalid value /lake for configuration checkpoint.location: table.path is inside"
            + " it, and would be removed together with it. Choose a directory that has no other"
            + " files.");
    assertThat(errors(tablePerTopic("checkpoint.location", "/lake/")))
        .containsOnlyKeys("checkpoint.location");
    assertThat(errors(tablePerTopic("checkpoint.location", "/")))
        .containsOnlyKeys("checkpoint.location");
  }

  @ParameterizedTest
  @ValueSource(strings = {"table.path", "table.base.path", "checkpoint.location"})
  void refusesFileSystemsThatItDoesNotHave(String key) {
    for (String location :
        List.of("s3n://b/x", "gcs://b/x", "wasbs://c@a/x", "dbfs:/x", "C:/x", "http://h/x")) {
      Map<String, String> props =
          key.equals("table.base.path") ? tablePerTopic(key, location) : oneTable(key, location);
      String scheme = location.substring(0, location.indexOf(':')).toLowerCase(Locale.ROOT);
      assertRefused(
          props,
          key,
          "Invalid value "
              + location
              + " for configuration "
              + key
              + ": file system "
              + scheme
              + ": is not supported. Use a local or mounted directory, hdfs:, viewfs:, s3a:, s3:, abfss:, abfs: or gs:.");
      props.put("hadoop.fs." + scheme + ".impl", "org.example.TheirOwn");
      assertThat(errors(props)).as("a file system that the user brings").isEmpty();
    }
    Map<String, String> host =
        key.equals("table.base.path")
            ? tablePerTopic(key, "file://data/x")
            : oneTable(key, "file://data/x");
    assertThat(errors(host)).containsOnlyKeys(key).asString().contains("one slash or three");
  }

  @Test
  void refusesATaskNumberBeyondTheTasks() {
    assertThat(errors(oneTable("tidemark.task.number", "3", "tidemark.tasks.count", "3")))
        .containsOnlyKeys("tidemark.task.number");
  }

  @Test
  void findsEverythingAtOnce() {
    assertThat(
            errors(
                oneTable(
                    "table.path", "orders",
                    "table.name.format", "${topic}",
                    "commit.interval.ms", "0",
                    "commit.intervall.ms", "1",
                    "table.properties.appendOnly", "true")))
        .containsOnlyKeys(
            "table.path",
            "table.name.format",
            "commit.interval.ms",
            "commit.intervall.ms",
            "table.properties.appendOnly");
  }

  @Test
  void reportsEveryKeyOnceWithItsChoices() {
    assertThat(Props.values(oneTable()))
        .containsOnlyKeys(DeltaSinkConfig.definition().names())
        .hasEntrySatisfying(
            "schema.evolution",
            value -> assertThat(value.recommendedValues()).containsExactly("none", "add"));
  }

  @Test
  void needsAConnectorNameOnlyToRun() {
    Map<String, String> nameless = oneTable("name", null);
    assertThat(errors(nameless)).isEmpty();
    assertThatThrownBy(() -> new DeltaSinkConfig(nameless))
        .isInstanceOf(ConfigException.class)
        .hasMessage("Missing configuration name: the connector must have one.");
  }

  private static void assertRefused(Map<String, String> props, String key, String message) {
    assertThat(errors(props)).containsExactly(Map.entry(key, message));
    assertThatThrownBy(() -> new DeltaSinkConfig(props))
        .isInstanceOf(ConfigException.class)
        .hasMessage(message);
  }
}
