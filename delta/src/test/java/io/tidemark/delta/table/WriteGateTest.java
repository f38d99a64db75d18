package io.tidemark.delta.table;

import static io.tidemark.delta.table.TableFixture.id;
import static io.tidemark.delta.table.TableFixture.schema;
import static io.tidemark.delta.table.TableFixture.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.common.TidemarkException;
import io.tidemark.delta.schema.ColumnType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WriteGateTest {

  @TempDir Path directory;
  private TableFixture fixture;

  @BeforeEach
  void create() throws IOException {
    fixture = new TableFixture(directory.resolve("t"));
    TableFixture.tables().create(fixture.location(), schema(id(), text("note")), Map.of());
  }

  @ParameterizedTest
  @ValueSource(strings = {"materializePartitionColumns", "redirectWriterOnly", "icebergCompatV9"})
  void refusesWriterFeaturesThatItDoesNotKnowOrCannotHonour(String feature) throws IOException {
    fixture.foreignProtocol("appendOnly", feature);
    assertRefused(feature);
  }

  @Test
  void refusesTablesThatACatalogCommitsTo() throws IOException {
    var protocol = TableFixture.JSON.createObjectNode().put("minReaderVersion", 3);
    protocol.put("minWriterVersion", 7).putArray("readerFeatures").add("catalogManaged");
    protocol.putArray("writerFeatures").add("catalogManaged").add("inCommitTimestamp");
    fixture.foreign(Map.of("protocol", protocol));
    assertRefused("catalogManaged");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "delta.enableIcebergCompatV2",
        "delta.enableIcebergCompatV3",
        "delta.enableIcebergWriterCompatV1",
        "delta.enableIcebergWriterCompatV3"
      })
  void refusesIcebergCompatibilityOnlyWhenItIsOn(String property) throws IOException {
    fixture.foreignProtocol("appendOnly", "icebergCompatV2", "icebergCompatV3");
    property(property, "false");
    assertThat(TableFixture.tables().open(fixture.location())).isPresent();
    property(property, "true");
    assertRefused(property.replace("delta.enableI", "i"));
  }

  @Test
  void refusesUniFormAndCheckConstraints() throws IOException {
    property("delta.universalFormat.enabledFormats", "iceberg");
    assertRefused("UniForm");
    property("delta.constraints.positive", "id > 0");
    assertRefused("check constraint positive");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "CURRENT_DEFAULT":"'x'"                   | allowColumnDefaults
          "delta.generationExpression":"upper(id)"  | generatedColumns
          "delta.identity.start":1                  | identityColumns
          "delta.invariants":"{}"                   | invariants
          """)
  void refusesColumnsWhoseValuesTheWriterWouldHaveToMake(String metadata, String feature)
      throws IOException {
    fixture.foreignSchema(
        text ->
            text.replaceFirst("(?s)(.*)\"metadata\":\\{}", "$1\"metadata\":{" + metadata + "}"));
    assertRefused(feature);
    assertThatThrownBy(() -> TableFixture.tables().open(fixture.location()))
        .hasMessageContaining("column note");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"variant\"",
        "\"geometry(OGC:CRS84)\"",
        "{\"type\":\"struct\",\"fields\":[]}",
        "{\"type\":\"array\",\"elementType\":\"variant\",\"containsNull\":true}"
      })
  void leavesColumnsNullOfTypesThatItCannotWrite(String type) throws IOException {
    fixture.foreignSchema(text -> text.replace("\"type\":\"string\"", "\"type\":" + type));
    assertThat(
            TableFixture.tables()
                .open(fixture.location())
                .orElseThrow()
                .schema()
                .columns()
                .columns()
                .get(1)
                .type())
        .isInstanceOf(ColumnType.Opaque.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"variant", "void", "geometry(OGC:CRS84)"})
  void refusesColumnsOfTypesThatItCannotWriteNorLeaveNull(String type) throws IOException {
    fixture.foreignSchema(
        text ->
            text.replace(
                "\"type\":\"string\",\"nullable\":true",
                "\"type\":\"" + type + "\",\"nullable\":false"));
    assertThatThrownBy(() -> TableFixture.tables().open(fixture.location()))
        .isInstanceOf(TidemarkException.class)
        .hasMessageStartingWith("TM-200")
        .hasMessageContaining("column note")
        .satisfies(
            e -> assertThat(e.getMessage()).containsIgnoringCase("type " + type.substring(0, 4)));
  }

  @Test
  void refusesColumnsWithACollation() throws IOException {
    fixture.foreignSchema(
        text ->
            text.replaceFirst(
                "(?s)(.*)\"metadata\":\\{}",
                "$1\"metadata\":{\"__COLLATIONS\":{\"note\":\"ICU.de\"}}"));
    assertThatThrownBy(() -> TableFixture.tables().open(fixture.location()))
        .isInstanceOf(TidemarkException.class)
        .hasMessageContaining("note");
  }

  @Test
  void letsFeaturesPassThatAnAppendHonours() throws IOException {
    fixture.foreignProtocol(
        "appendOnly",
        "changeDataFeed",
        "checkConstraints",
        "domainMetadata",
        "generatedColumns",
        "invariants",
        "rowTracking",
        "variantType");
    property("delta.enableChangeDataFeed", "true");
    Table table = TableFixture.tables().open(fixture.location()).orElseThrow();
    assertThat(table.append(fixture.append("q", 0, fixture.fake())))
        .isEqualTo(new AppendResult.Committed(3));
    assertThat(fixture.action(3, "add").get("baseRowId").asLong()).isZero();
  }

  private void property(String key, String value) throws IOException {
    fixture.foreignMetadata(
        metadata -> {
          metadata.putObject("configuration").put(key, value);
          return metadata;
        });
  }

  private void assertRefused(String feature) {
    assertThatThrownBy(() -> TableFixture.tables().open(fixture.location()))
        .isInstanceOf(TidemarkException.class)
        .hasMessageStartingWith("TM-21")
        .hasMessageContaining(feature)
        .hasMessageContaining(fixture.location());
  }
}
