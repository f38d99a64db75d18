package io.tidemark.sink.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.delta.schema.Column;
import io.tidemark.delta.schema.ColumnType;
import io.tidemark.delta.schema.ColumnType.Primitive;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PartitionValuesTest {

  static Stream<Arguments> texts() {
    return Stream.of(
        Arguments.of(Primitive.STRING, "x y", "x y"),
        Arguments.of(Primitive.STRING, "", null),
        Arguments.of(Primitive.STRING, null, null),
        Arguments.of(Primitive.INTEGER, -7, "-7"),
        Arguments.of(Primitive.BOOLEAN, true, "true"),
        Arguments.of(Primitive.DATE, -1, "1969-12-31"),
        Arguments.of(Primitive.TIMESTAMP, -1L, "1969-12-31T23:59:59.999999Z"),
        Arguments.of(Primitive.TIMESTAMP_NTZ, 0L, "1970-01-01 00:00:00.000000"),
        Arguments.of(new ColumnType.Decimal(20, 2), new BigDecimal("1E+3").setScale(2), "1000.00"));
  }

  @ParameterizedTest
  @MethodSource("texts")
  void serialisesAsDeltaDoes(ColumnType type, Object value, String text) {
    assertThat(PartitionValues.text(type, value)).isEqualTo(text);
  }

  @Test
  void directoriesNeverEscapeTheTable() {
    List<Column> columns =
        List.of(new Column("a b", Primitive.STRING, true), new Column("c", Primitive.LONG, true));
    assertThat(PartitionValues.directory(columns, Arrays.asList("../\n%\u0000x", null)))
        .isEqualTo("a b=..%2F%0A%25%00x/c=__HIVE_DEFAULT_PARTITION__/");
    assertThat(PartitionValues.directory(List.of(), List.of())).isEmpty();
  }
}
