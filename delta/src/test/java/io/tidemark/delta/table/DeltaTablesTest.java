package io.tidemark.delta.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.common.TidemarkException;
import io.tidemark.delta.schema.Column;
import io.tidemark.delta.schema.ColumnType;
import io.tidemark.delta.schema.ColumnType.Primitive;
import io.tidemark.delta.schema.TableSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeltaTablesTest {

  @TempDir Path directory;
  private TableFixture fixture;
  private final DeltaTables tables = TableFixture.tables();

  @BeforeEach
  void locate() {
    fixture = new TableFixture(directory.resolve("a table"));
  }

  @Test
  void opensNothingWhereNoTableIs() throws IOException {
    assertThat(tables.open(fixture.location())).isEmpty();
  }

  @Test
  void opensWhatItCreatedWithEveryTypeNullabilityAndPartitioning() throws IOException {
    List<Column> columns = new ArrayList<>();
    for (Primitive primitive : Primitive.values()) {
      columns.add(new Column("c_" + primitive, primitive, primitive != Primitive.LONG));
    }
    ColumnType.Struct inner = new ColumnType.Struct(List.of(TableFixture.id()));
    columns.add(new Column("amount", new ColumnType.Decimal(38, 18), true));
    columns.add(new Column("tags", new ColumnType.Array(inner, false), true));
    columns.add(new Column("by", new ColumnType.Map(Primitive.STRING, inner, true), true));
    columns.add(new Column("day", Primitive.DATE, true));
    TableSchema schema = new TableSchema(new ColumnType.Struct(columns), List.of("day"));

    Table created = tables.create(fixture.location(), schema, Map.of());
    Table opened = tables.open(fixture.location()).orElseThrow();

    assertThat(created.schema()).isEqualTo(schema);
    assertThat(opened.schema()).isEqualTo(schema);
    assertThat(opened.id()).isEqualTo(created.id());
    assertThat(fixture.action(0, "commitInfo").get("operation").asText()).isEqualTo("CREATE TABLE");
    assertThat(fixture.action(0, "commitInfo").get("engineInfo").asText())
        .isEqualTo("Kernel-4.4.0/Tidemark/test");
  }

  @Test
  void beginsTheChainOfChecksumsAtVersionZero() throws IOException {
    tables.create(fixture.location(), TableFixture.schema(TableFixture.id()), Map.of());
    assertThat(fixture.log().resolve("00000000000000000000.crc")).exists();
  }

  @Test
  void declaresTheFeatureOfWallClockTimestamps() throws IOException {
    Column at = new Column("at", Primitive.TIMESTAMP_NTZ, true);
    tables.create(fixture.location(), TableFixture.schema(at), Map.of());
    assertThat(fixture.action(0, "protocol").get("writerFeatures").toString())
        .contains("\"timestampNtz\"");
    assertThat(fixture.action(0, "protocol").get("readerFeatures").toString())
        .contains("\"timestampNtz\"");
  }

  @Test
  void passesPropertiesOn() throws IOException {
    Map<String, String> properties =
        Map.of("delta.enableChangeDataFeed", "true", "delta.checkpointInterval", "25", "team", "x");
    tables.create(fixture.location(), TableFixture.schema(TableFixture.id()), properties);
    assertThat(fixture.action(0, "metaData").get("configuration").toString())
        .contains("\"delta.enableChangeDataFeed\":\"true\"")
        .contains("\"delta.checkpointInterval\":\"25\"")
        .contains("\"team\":\"x\"");
  }

  @Test
  void refusesUnknownAndWrongPropertiesByName() {
    TableSchema schema = TableFixture.schema(TableFixture.id());
    assertThatThrownBy(
            () -> tables.create(fixture.location(), schema, Map.of("delta.autoTune", "true")))
        .isInstanceOf(TidemarkException.class)
        .hasMessageStartingWith("TM-201")
        .hasMessageContaining("delta.autoTune")
        .hasMessageContaining(fixture.location());
    assertThatThrownBy(
            () ->
                tables.create(fixture.location(), schema, Map.of("delta.checkpointInterval", "no")))
        .hasMessageStartingWith("TM-202")
        .hasMessageContaining("delta.checkpointInterval");
    assertThat(fixture.log()).doesNotExist();
  }

  @Test
  void refusesToCreateWhatItCouldNotWrite() {
    TableSchema schema = TableFixture.schema(TableFixture.id());
    Map<String, String> compat =
        Map.of("delta.enableIcebergCompatV2", "true", "delta.columnMapping.mode", "name");
    assertThatThrownBy(() -> tables.create(fixture.location(), schema, compat))
        .hasMessageStartingWith("TM-210")
        .hasMessageContaining("icebergCompatV2");
    assertThatThrownBy(
            () ->
                tables.create(
                    fixture.location(), TableFixture.schema(TableFixture.text("a b")), Map.of()))
        .hasMessageStartingWith("TM-231");
    assertThat(fixture.log()).doesNotExist();
  }

  @Test
  void opensTheTableOfWhoeverWasFirst() throws IOException {
    Table first =
        tables.create(fixture.location(), TableFixture.schema(TableFixture.id()), Map.of());
    Table second =
        tables.create(fixture.location(), TableFixture.schema(TableFixture.text("x")), Map.of());
    assertThat(second.id()).isEqualTo(first.id());
    assertThat(second.schema()).isEqualTo(first.schema());
  }

  @Test
  void createsOneTableWhenManyCreateAtOnce() throws Exception {
    TableSchema schema = TableFixture.schema(TableFixture.id());
    List<String> ids =
        Race.of(
            4,
            contestant -> TableFixture.tables().create(fixture.location(), schema, Map.of()).id());
    assertThat(ids).hasSize(4).containsOnly(ids.get(0));
    assertThat(fixture.newest()).isZero();
  }

  @Test
  void namesTheTableWhoseLogIsDamaged() throws IOException {
    tables.create(fixture.location(), TableFixture.schema(TableFixture.id()), Map.of());
    Files.move(fixture.commit(0), fixture.commit(1));
    Files.delete(fixture.log().resolve("00000000000000000000.crc"));
    assertThatThrownBy(() -> tables.open(fixture.location()))
        .hasMessageStartingWith("TM-212")
        .hasMessageContaining(fixture.location());
  }
}
