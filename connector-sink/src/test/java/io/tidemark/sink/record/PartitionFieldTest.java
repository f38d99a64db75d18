package io.tidemark.sink.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What entries of {@code table.partition.by} name. */
class PartitionFieldTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          country            | country     | country      | IDENTITY
          a.b                | a.b         | a.b          | IDENTITY
          date               | date        | date         | IDENTITY
          date ( ts )        | ts          | ts_date      | DATE
          hour(a.ts)         | a.ts        | a.ts_hour    | HOUR
          `country`          | country     | country      | IDENTITY
          `date(x)`          | date(x)     | date(x)      | IDENTITY
          `a,b`              | a,b         | a,b          | IDENTITY
          `first name`       | first name  | first name   | IDENTITY
          `a``b`             | a`b         | a`b          | IDENTITY
          date(`placed at`)  | placed at   | placed at_date | DATE
          hour( `date(x)` )  | date(x)     | date(x)_hour | HOUR
          """)
  void areColumnsByTheirWholeNames(
      String text, String source, String column, PartitionField.Transform transform) {
    PartitionField field = PartitionField.parse(text);
    assertThat(field).isEqualTo(new PartitionField(source, transform));
    assertThat(field.column()).isEqualTo(column);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a b",
        "month(t)",
        "date()",
        "date(a b)",
        "`a`.b",
        "`a",
        "``",
        "a`b",
        "date(a))"
      })
  void areNothingElse(String text) {
    assertThatThrownBy(() -> PartitionField.parse(text))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
