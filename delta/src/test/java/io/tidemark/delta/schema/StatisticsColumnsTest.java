package io.tidemark.delta.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.delta.schema.ColumnType.Primitive;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Of which columns a table asks for statistics. */
class StatisticsColumnsTest {

  private static final String NAMES = "delta.dataSkippingStatsColumns";
  private static final String COUNT = "delta.dataSkippingNumIndexedCols";

  private static final TableSchema SCHEMA =
      new TableSchema(
          new ColumnType.Struct(
              List.of(
                  column("p"),
                  column("id"),
                  new Column(
                      "s",
                      new ColumnType.Struct(List.of(column("a"), column("b"))),
                      true,
                      "col-1",
                      OptionalInt.empty()),
                  new Column("list", new ColumnType.Array(Primitive.LONG, true), true),
                  column("d.e"))),
          List.of("P"));

  @Test
  void areTheFirst32LeavesByDefault() {
    List<Column> columns = new ArrayList<>(SCHEMA.columns().columns());
    IntStream.range(0, 40).forEach(i -> columns.add(column("c" + i)));
    assertThat(
            StatisticsColumns.byDefault(
                new TableSchema(new ColumnType.Struct(columns), List.of("p"))))
        .hasSize(32)
        .contains(List.of("col-1", "b"), List.of("list"), List.of("c26"))
        .doesNotContain(List.of("p"), List.of("c27"));
  }

  @Test
  void areAsManyAsTheTableSays() {
    assertThat(of(Map.of(COUNT, "2"))).containsExactly(List.of("id"), List.of("col-1", "a"));
    assertThat(of(Map.of(COUNT, "0"))).isEmpty();
    assertThat(of(Map.of(COUNT, "-1"))).hasSize(5);
  }

  @Test
  void areThoseThatTheTableNames() {
    assertThat(of(Map.of(NAMES, "S.B, `d.e`,ID, gone", COUNT, "1")))
        .containsExactly(List.of("col-1", "b"), List.of("d.e"), List.of("id"));
    assertThat(of(Map.of(NAMES, "s")))
        .containsExactly(List.of("col-1", "a"), List.of("col-1", "b"));
  }

  @Test
  void areInAnyCaseThoseOfClusteringColumns() {
    assertThat(StatisticsColumns.of(SCHEMA, Map.of(COUNT, "0"), List.of(List.of("d.e"))))
        .containsExactly(List.of("d.e"));
  }

  private static Set<List<String>> of(Map<String, String> properties) {
    return StatisticsColumns.of(SCHEMA, properties, List.of());
  }

  private static Column column(String name) {
    return new Column(name, Primitive.LONG, true);
  }
}
