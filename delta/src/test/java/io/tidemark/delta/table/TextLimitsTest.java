package io.tidemark.delta.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.delta.schema.Column;
import io.tidemark.delta.schema.ColumnType;
import io.tidemark.delta.schema.ColumnType.Primitive;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The types that Spark leaves in the metadata of columns. */
class TextLimitsTest {

  private static final ColumnType NESTED =
      new ColumnType.Struct(
          List.of(
              new Column("a,b:c", Primitive.STRING, true),
              new Column("n", new ColumnType.Decimal(10, 2), true),
              new Column("l", new ColumnType.Array(Primitive.STRING, true), true),
              new Column("m", new ColumnType.Map(Primitive.STRING, Primitive.STRING, true), true)));

  @Test
  void readsPlainOnes() {
    assertThat(TextLimits.applied(Primitive.STRING, "varchar(5)"))
        .isEqualTo(new ColumnType.Text(5, false));
    assertThat(TextLimits.applied(Primitive.STRING, "char(3)"))
        .isEqualTo(new ColumnType.Text(3, true));
    assertThat(TextLimits.applied(Primitive.STRING, "string")).isEqualTo(Primitive.STRING);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "struct<a,b:c:char(3),n:decimal(10,2),l:array<varchar(7)>,m:map<varchar(1),string>>",
        "struct<`a,b:c`:char(3),n:decimal(10,2),l:array<varchar(7)>,m:map<varchar(1),string>>"
      })
  void readsThoseInsideOtherTypes(String text) {
    assertThat(TextLimits.applied(NESTED, text))
        .hasToString(
            "struct<a,b:c:char(3),n:decimal(10,2),l:array<varchar(7)>,m:map<varchar(1),string>>");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "struct<x:int>", "varchar(5)", "struct<a,b:c:char(3)>", "array<x>"})
  void refusesTextsOfOtherTypes(String text) {
    assertThatThrownBy(() -> TextLimits.applied(NESTED, text))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
