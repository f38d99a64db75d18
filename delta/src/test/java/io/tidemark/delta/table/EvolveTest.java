package io.tidemark.delta.table;

import static io.tidemark.delta.table.TableFixture.id;
import static io.tidemark.delta.table.TableFixture.schema;
import static io.tidemark.delta.table.TableFixture.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.delta.schema.Column;
import io.tidemark.delta.schema.ColumnType;
import io.tidemark.delta.schema.ColumnType.Primitive;
import io.tidemark.delta.schema.TableSchema;
import io.tidemark.delta.table.AppendResult.Committed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvolveTest {

  private static final Map<String, String> MAPPED = Map.of("delta.columnMapping.mode", "name");

  @TempDir Path directory;
  private TableFixture fixture;
  private final DeltaTables tables = TableFixture.tables();

  @BeforeEach
  void locate() {
    fixture = new TableFixture(directory.resolve("t"));
  }

  @Test
  void addsMissingColumnsAfterTheExistingOnesAsNullable() throws IOException {
    Table table = tables.create(fixture.location(), schema(id()), Map.of());
    Column required = new Column("amount", new ColumnType.Decimal(10, 2), false);

    TableSchema evolved = table.evolve(struct(text("note"), id(), required));

    Column amount = new Column("amount", new ColumnType.Decimal(10, 2), true);
    assertThat(evolved).isEqualTo(schema(id(), text("note"), amount));
    assertThat(table.schema()).isEqualTo(evolved);
    assertThat(tables.open(fixture.location()).orElseThrow().schema()).isEqualTo(evolved);
    JsonNode info = fixture.action(1, "commitInfo");
    assertThat(info.get("operation").asText()).isEqualTo("ADD COLUMNS");
    assertThat(info.get("operationParameters").get("columns").asText())
        .isEqualTo(
            "[{\"column\":{\"name\":\"note\",\"type\":\"string\",\"nullable\":true,"
                + "\"metadata\":{}}},{\"column\":{\"name\":\"amount\",\"type\":\"decimal(10,2)\","
                + "\"nullable\":true,\"metadata\":{}}}]");
    assertThat(table.append(fixture.append("q", 0, fixture.fake()))).isEqualTo(new Committed(2));
  }

  @Test
  void commitsNothingWhenNothingIsMissing() throws IOException {
    Table table = tables.create(fixture.location(), schema(id(), text("Note")), Map.of());
    assertThat(table.evolve(struct(text("note")))).isEqualTo(schema(id(), text("Note")));
    assertThat(fixture.newest()).isZero();
  }

  @Test
  void addsFieldsInsideStructsArraysAndMaps() throws IOException {
    Table table = tables.create(fixture.location(), schema(nested(id())), Map.of());
    TableSchema evolved = table.evolve(struct(nested(text("b"))));
    assertThat(evolved).isEqualTo(schema(nested(id(), text("b"))));
    assertThat(fixture.action(1, "commitInfo").get("operationParameters").get("columns").asText())
        .contains("\"s.b\"", "\"s.a.element.b\"", "\"s.m.value.b\"");
  }

  @Test
  void givesEveryNewFieldOfAMappedTableItsOwnIdAndPhysicalName() throws IOException {
    Table table = tables.create(fixture.location(), schema(nested(id())), MAPPED);
    TableSchema evolved = table.evolve(struct(nested(text("b")), text("note")));

    Set<Integer> ids = new HashSet<>();
    Set<String> physicalNames = new HashSet<>();
    int fields = collect(evolved.columns(), ids, physicalNames);
    assertThat(fields).isEqualTo(10);
    assertThat(ids).hasSize(fields);
    assertThat(physicalNames).hasSize(fields).allMatch(name -> name.startsWith("col-"));
    JsonNode configuration = fixture.action(1, "metaData").get("configuration");
    int highest = ids.stream().mapToInt(Integer::intValue).max().orElseThrow();
    assertThat(configuration.get("delta.columnMapping.maxColumnId").asInt()).isEqualTo(highest);
  }

  @Test
  void readsNullsForColumnsThatOlderFilesDoNotHave() throws IOException {
    Table table = tables.create(fixture.location(), schema(id()), MAPPED);
    String physical = table.schema().columns().columns().get(0).physicalName();
    table.append(fixture.append("q", 0, fixture.file("old.parquet", Map.of(), physical, 1)));
    table.evolve(struct(text("note")));
    assertThat(fixture.rows())
        .singleElement()
        .satisfies(row -> assertThat(row).containsEntry("id", "1").containsEntry("note", null));
  }

  @Test
  void upgradesTheProtocolWhenANewTypeNeedsIt() throws IOException {
    Table table = tables.create(fixture.location(), schema(id()), Map.of());
    table.evolve(struct(new Column("at", Primitive.TIMESTAMP_NTZ, true)));
    assertThat(fixture.action(1, "protocol").get("writerFeatures").toString())
        .contains("timestampNtz");
    assertThat(table.append(fixture.append("q", 0, fixture.fake()))).isEqualTo(new Committed(2));
  }

  @Test
  void refusesNamesThatDifferOnlyInCase() throws IOException {
    Table table = tables.create(fixture.location(), schema(id()), Map.of());
    assertThatThrownBy(() -> table.evolve(struct(text("note"), text("Note"))))
        .hasMessageStartingWith("TM-230")
        .hasMessageContaining("note and Note");
    assertThatThrownBy(() -> table.evolve(struct(nested(text("x"), text("X")))))
        .hasMessageStartingWith("TM-230")
        .hasMessageContaining("s.x and s.X");
    assertThat(fixture.newest()).isZero();
  }

  @Test
  void refusesNamesThatNeedColumnMappingOnlyWithoutIt() throws IOException {
    Table plain = tables.create(fixture.location(), schema(id()), Map.of());
    assertThatThrownBy(() -> plain.evolve(struct(text("a b"))))
        .hasMessageStartingWith("TM-231")
        .hasMessageContaining("'a b'");

    Table mapped = tables.create(directory.resolve("m").toString(), schema(id()), MAPPED);
    assertThat(mapped.evolve(struct(text("a b"))).columns().columns())
        .extracting(Column::name)
        .containsExactly("id", "a b");
  }

  @Test
  void keepsWhatOtherWritersAddedWhenTwoAddDifferentColumnsAtOnce() throws Exception {
    for (Map<String, String> properties : List.of(Map.<String, String>of(), MAPPED)) {
      TableFixture race = new TableFixture(directory.resolve("race" + properties.size()));
      tables.create(race.location(), schema(id()), properties);
      Race.of(
          3,
          writer -> {
            Table mine = TableFixture.tables().open(race.location()).orElseThrow();
            return mine.evolve(struct(text("common"), text("only" + writer)));
          });
      List<Column> columns =
          tables.open(race.location()).orElseThrow().schema().columns().columns();
      assertThat(columns)
          .extracting(Column::name)
          .containsExactlyInAnyOrder("id", "common", "only0", "only1", "only2");
      assertThat(columns).extracting(Column::physicalName).doesNotHaveDuplicates();
    }
  }

  @Test
  void continuesBesideAppendsOfOtherWriters() throws Exception {
    tables.create(fixture.location(), schema(id()), Map.of());
    Race.of(
        2,
        writer -> {
          Table mine = TableFixture.tables().open(fixture.location()).orElseThrow();
          for (int i = 0; i < 8; i++) {
            if (writer == 0) {
              mine.evolve(struct(text("c" + i)));
            } else {
              mine.append(fixture.append("q", i, fixture.fake()));
            }
          }
          return null;
        });
    Table table = tables.open(fixture.location()).orElseThrow();
    assertThat(table.schema().columns().columns()).hasSize(9);
    assertThat(table.lastTransaction("q")).hasValue(7);
    assertThat(fixture.newest()).isEqualTo(16);
  }

  private static ColumnType.Struct struct(Column... columns) {
    return new ColumnType.Struct(List.of(columns));
  }

  private static Column nested(Column... fields) {
    ColumnType.Struct inner = struct(fields);
    ColumnType.Struct all =
        new ColumnType.Struct(
            List.of(
                new Column("a", new ColumnType.Array(inner, true), true),
                new Column("m", new ColumnType.Map(Primitive.STRING, inner, true), true)));
    List<Column> columns = new ArrayList<>(all.columns());
    columns.addAll(inner.columns());
    return new Column("s", new ColumnType.Struct(columns), true);
  }

  private static int collect(ColumnType type, Set<Integer> ids, Set<String> physicalNames) {
    int fields = 0;
    if (type instanceof ColumnType.Struct struct) {
      for (Column column : struct.columns()) {
        ids.add(column.fieldId().orElseThrow());
        physicalNames.add(column.physicalName());
        fields += 1 + collect(column.type(), ids, physicalNames);
      }
    } else if (type instanceof ColumnType.Array array) {
      fields = collect(array.element(), ids, physicalNames);
    } else if (type instanceof ColumnType.Map map) {
      fields = collect(map.value(), ids, physicalNames);
    }
    return fields;
  }
}
