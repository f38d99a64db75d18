package io.tidemark.delta.table;

import static io.tidemark.delta.table.TableFixture.id;
import static io.tidemark.delta.table.TableFixture.schema;
import static io.tidemark.delta.table.TableFixture.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.common.TidemarkException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares every line of docs/reference/table-features.md with the code. */
class TableFeaturesTest {

  private static final Path PAGE = Path.of("../docs/reference/table-features.md");
  private static final Pattern ROW = Pattern.compile("^\\| (`.*?`.*?) \\| ([a-z ]+) \\| .* \\|$");
  private static final Pattern NAME = Pattern.compile("`([^`(]+?)`");

  /** The features that readers must support, too. */
  private static final List<String> OF_READERS =
      List.of(
          "columnMapping",
          "deletionVectors",
          "timestampNtz",
          "typeWidening",
          "typeWidening-preview",
          "v2Checkpoint",
          "vacuumProtocolCheck",
          "variantType",
          "variantType-preview",
          "variantShredding",
          "variantShredding-preview",
          "catalogManaged");

  /** The value with which a table uses the property. */
  private static final Map<String, String> VALUES =
      Map.of(
          "delta.columnMapping.mode", "none",
          "delta.constraints.<name>", "id > 0",
          "delta.universalFormat.enabledFormats", "iceberg",
          "delta.dataSkippingStatsColumns", "id",
          "delta.dataSkippingNumIndexedCols", "4",
          "delta.checkpointInterval", "10",
          "delta.checkpointPolicy", "classic",
          "delta.isolationLevel", "Serializable",
          "delta.targetFileSize", "100mb",
          "delta.randomPrefixLength", "2");

  /** The properties that a table must have from the start, because they need other entries. */
  private static final List<String> NEED_MORE =
      List.of("delta.enableInCommitTimestamps", "delta.enableRowTracking");

  @TempDir Path directory;

  static Stream<Arguments> features() throws IOException {
    return rows("## Table features");
  }

  static Stream<Arguments> columns() throws IOException {
    return rows("## Columns");
  }

  static Stream<Arguments> properties() throws IOException {
    return rows("## Table properties");
  }

  @ParameterizedTest(name = "{0} is {1}")
  @MethodSource("features")
  void treatsTheFeatureAsThePageSays(String feature, String status) throws IOException {
    TableFixture fixture = table();
    ObjectNode protocol = TableFixture.JSON.createObjectNode();
    boolean ofReaders = OF_READERS.contains(feature);
    protocol.put("minReaderVersion", ofReaders ? 3 : 1).put("minWriterVersion", 7);
    if (ofReaders) {
      protocol.putArray("readerFeatures").add(feature);
    }
    protocol.putArray("writerFeatures").add(feature);
    // Some features need another one.
    if (feature.equals("clustering") || feature.equals("rowTracking")) {
      protocol.withArray("writerFeatures").add("domainMetadata");
    }
    fixture.foreign(Map.of("protocol", protocol));
    assertTreated(fixture, status, feature);
  }

  @Test
  void namesAllFeaturesThatAreNoObstacle() throws IOException {
    TreeSet<String> open = new TreeSet<>();
    features()
        .filter(row -> !row.get()[1].equals("refused"))
        .forEach(row -> open.add((String) row.get()[0]));
    assertThat(open).isEqualTo(new TreeSet<>(WriteGate.KNOWN));
  }

  @ParameterizedTest(name = "{0} is {1}")
  @MethodSource("columns")
  void treatsTheColumnAsThePageSays(String key, String status) throws IOException {
    TableFixture fixture = table();
    String value =
        switch (key) {
          case "__CHAR_VARCHAR_TYPE_STRING" -> "\"varchar(5)\"";
          case "delta.columnMapping.id", "delta.identity.start", "delta.identity.step" -> "1";
          case "delta.identity.allowExplicitInsert" -> "true";
          case "delta.typeChanges" -> "[{\"fromType\":\"short\",\"toType\":\"integer\"}]";
          case "__COLLATIONS" -> "{\"note\":\"spark.UTF8_LCASE\"}";
          default -> "\"x\"";
        };
    fixture.foreignSchema(
        schema ->
            schema.replaceFirst(
                "(?s)(.*)\"metadata\":\\{}",
                "$1\"metadata\":{\"" + key + "\":" + Matcher.quoteReplacement(value) + "}"));
    assertTreated(fixture, status, "column note");
  }

  @ParameterizedTest(name = "{0} is {1}")
  @MethodSource("properties")
  void treatsThePropertyAsThePageSays(String property, String status) throws IOException {
    TableFixture fixture = new TableFixture(directory.resolve("t"));
    String value =
        property.endsWith("Duration") ? "interval 1 week" : VALUES.getOrDefault(property, "true");
    if (NEED_MORE.contains(property)) {
      TableFixture.tables()
          .create(fixture.location(), schema(id(), text("note")), Map.of(property, value));
    } else {
      create(fixture);
      fixture.foreignMetadata(
          metadata -> {
            metadata.putObject("configuration").put(property.replace("<name>", "positive"), value);
            return metadata;
          });
    }
    assertTreated(fixture, status, "");
  }

  private TableFixture table() throws IOException {
    TableFixture fixture = new TableFixture(directory.resolve("t"));
    create(fixture);
    return fixture;
  }

  private static void create(TableFixture fixture) throws IOException {
    TableFixture.tables().create(fixture.location(), schema(id(), text("note")), Map.of());
  }

  private static void assertTreated(TableFixture fixture, String status, String named)
      throws IOException {
    if (status.equals("refused")) {
      assertThatThrownBy(() -> TableFixture.tables().open(fixture.location()))
          .isInstanceOf(TidemarkException.class)
          .hasMessageMatching("(?s)TM-2(00|1[0-3]).*")
          .hasMessageContaining(named);
    } else {
      Table table = TableFixture.tables().open(fixture.location()).orElseThrow();
      assertThat(table.append(fixture.append("q", 0, fixture.fake())))
          .isInstanceOf(AppendResult.Committed.class);
    }
  }

  /** Name and status of each row of a section, a row of several names as often. */
  private static Stream<Arguments> rows(String section) throws IOException {
    List<Arguments> rows = new ArrayList<>();
    boolean inside = false;
    for (String line : Files.readAllLines(PAGE)) {
      inside = line.startsWith("## ") ? line.equals(section) : inside;
      Matcher row = ROW.matcher(line);
      if (inside && row.matches()) {
        Matcher name = NAME.matcher(row.group(1).replaceAll("\\(.*\\)", ""));
        while (name.find()) {
          rows.add(Arguments.of(name.group(1), row.group(2)));
        }
      }
    }
    assertThat(rows).as(section).isNotEmpty();
    return rows.stream();
  }
}
