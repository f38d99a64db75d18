package io.tidemark.expressions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.expressions.syntax.SyntaxException;
import io.tidemark.expressions.type.Failure;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Operators and functions on constants; what Spark says of many more is compared elsewhere. */
class ExpressionValuesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      nullValues = "-",
      value = {
        "1 + 2 * 3|7",
        "(1 + 2) * 3|9",
        "7 / 2|3.5",
        "7 % 4|3",
        "-7 % 4|-3",
        "pmod(-7, 4)|1",
        "1.10 + 2|3.10",
        "1.5 * 1.5|2.25",
        "1 / 3.0|0.333333",
        "- (3)|-3",
        "1 < 2|true",
        "'a' < 'b'|true",
        "'10' > 9|true",
        "1 = 1.0|true",
        "NULL = NULL|-",
        "NULL <=> NULL|true",
        "1 <=> NULL|false",
        "NULL AND false|false",
        "NULL AND true|-",
        "NULL OR true|true",
        "NOT NULL|-",
        "NOT 1 = 2|true",
        "NULL IS NULL|true",
        "1 IS NOT NULL|true",
        "(1 = 2) IS FALSE|true",
        "CAST(NULL AS boolean) IS NOT TRUE|true",
        "2 IN (1, 2)|true",
        "3 IN (1, NULL)|-",
        "3 NOT IN (1, 2)|true",
        "2 BETWEEN 1 AND 3|true",
        "2 NOT BETWEEN 1 AND 3|false",
        "'abc' LIKE 'a%'|true",
        "'a%c' LIKE 'a!%c' ESCAPE '!'|true",
        "'abc' LIKE 'a!%c' ESCAPE '!'|false",
        "'abc' RLIKE '^a.c$'|true",
        "concat('a', 'b', 1)|ab1",
        "CASE WHEN 1 = 2 THEN 'x' ELSE 'y' END|y",
        "CASE 2 WHEN 1 THEN 'x' WHEN 2 THEN 'z' END|z",
        "CASE WHEN NULL THEN 1 END|-",
        "CAST('12' AS int)|12",
        "TRY_CAST('x' AS int)|-",
        "CAST(1.5 AS int)|1",
        "CAST('1.55' AS decimal(3,1))|1.6",
        "CAST(TIMESTAMP '2024-01-02 03:04:05.5' AS string)|2024-01-02 03:04:05.5",
        "if(NULL, 1, 2)|2",
        "nullif(1, 1)|-",
        "coalesce(NULL, 2, 1 / 0)|2.0",
        "greatest(1, NULL, 3)|3",
        "least(2.5, 1)|1.0",
        "lower('ÀB')|àb",
        "trim('  a ')|a",
        "concat_ws('-', 'a', NULL, 'b')|a-b",
        "length('añ😀')|3",
        "substring('hello', 2, 3)|ell",
        "substring('hello', -3)|llo",
        "instr('hello', 'l')|3",
        "replace('aXbX', 'X', '')|ab",
        "regexp_extract('a12b', '([0-9]+)', 1)|12",
        "regexp_replace('a12b', '[0-9]', '#')|a##b",
        "lpad('7', 3, '0')|007",
        "rpad('abc', 2)|ab",
        "reverse('añ')|ña",
        "abs(-2)|2",
        "round(2.345, 2)|2.35",
        "bround(2.5)|2",
        "ceil(1.2)|2",
        "floor(-1.2)|-2",
        "sqrt(9)|3.0",
        "date_add(DATE '2024-02-28', 2)|2024-03-01",
        "datediff(DATE '2024-03-01', DATE '2024-02-28')|2",
        "trunc(DATE '2024-05-17', 'MONTH')|2024-05-01",
        "year(DATE '2024-05-17')|2024",
        "dayofweek(DATE '2024-05-19')|1",
        "date_format(TIMESTAMP '2024-05-17 03:04:05', 'yyyy/MM/dd HH:mm')|2024/05/17 03:04",
        "md5('a')|0cc175b9c0f1b6a831c399e269772661",
        "crc32('a')|3904355907",
        "hex(255)|FF",
        "base64('a')|YQ==",
        "split('a,b,c', ',')[1]|b",
        "size(split('a,b', ','))|2",
        "array_contains(split('a,b', ','), 'b')|true",
        "element_at(split('a,b', ','), -1)|b",
        "typeof(1 + 1.0)|decimal(3,1)",
        "_topic|orders",
        "_partition + 1|4",
        "_offset|41",
        "_key.id|7",
        "_headers['trace']|x",
        "_headers['none']|-",
      })
  void computesWhatSparkComputes(String expression, String expected) {
    Object value = Sql.value(expression);
    assertThat(value == null ? null : value.toString()).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2147483647 + 1",
        "9223372036854775807 + 1",
        "127Y + 1Y",
        "- (-9223372036854775808L)",
        "1 / 0",
        "1 % 0",
        "1.0D / 0",
        "CAST('x' AS int)",
        "CAST('1.5' AS int)",
        "CAST(300 AS tinyint)",
        "CAST(1000.5 AS decimal(4,1))",
        "CAST('2024-13-01' AS date)",
        "split('a', ',')[3]",
        "element_at(split('a', ','), 0)",
        "rpad('a', 2000000000)",
        "CAST('maybe' AS boolean)",
      })
  void failsWhereAnsiDemandsIt(String expression) {
    assertThatThrownBy(() -> Sql.value(expression)).isInstanceOf(Failure.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "a +|4|Expected a value",
        "a = = 1|5|Expected a value",
        "upperr(a)|1|no function",
        "upper()|1|Wrong number of arguments",
        "a AND 1|1|needed",
        "'a|1|no closing quote",
        "a RLIKE '(?=x)'|3|regular expression",
        "a RLIKE '[a[b]]'|3|regular expression",
        "a NOT 1|7|Expected IN",
        "CAST(a AS text)|11|Expected a type",
        "999999999999999999999999999999999999999|1|number",
        "a ? b|3|no meaning",
      })
  void saysWhereAnExpressionIsWrong(String expression, int character, String what) {
    assertThatThrownBy(() -> Sql.value(expression))
        .isInstanceOf(SyntaxException.class)
        .hasMessageContaining("at character " + character + ":")
        .hasMessageContaining(what)
        .hasMessageMatching("(?s).*\n {2} *\\^");
  }

  @Test
  void aFailureHasThePlaceOfItsOperatorAndNoValue() {
    assertThatThrownBy(() -> Sql.value("1 + CAST('secret' AS int)"))
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.position()).isEqualTo(4))
        .hasMessageNotContaining("secret");
  }

  @Test
  void allExpressionsOfARecordSeeOneTime() {
    assertThat(Sql.value("current_timestamp()")).isEqualTo(Instant.ofEpochMilli(Sql.NOW_MS));
    assertThat(Sql.value("now() = current_timestamp()")).isEqualTo(true);
    assertThat(Sql.value("current_date()")).hasToString("2023-11-14");
  }

  @Test
  void joinsTextsWithBars() {
    assertThat(Sql.value("'a' || 'b' || 1")).isEqualTo("ab1");
  }

  @Test
  void takesUpToAHundredLevelsOfParentheses() {
    assertThat(Sql.value("(".repeat(90) + "1" + ")".repeat(90))).isEqualTo(1);
    assertThatThrownBy(() -> Sql.value("(".repeat(2000) + "1" + ")".repeat(2000)))
        .isInstanceOf(SyntaxException.class)
        .hasMessageContaining("levels");
  }

  @Test
  void refusesATextThatIsTooLong() {
    assertThatThrownBy(() -> Sql.value("1" + " ".repeat(10_000)))
        .isInstanceOf(SyntaxException.class)
        .hasMessageContaining("10000");
  }

  @Test
  void aThousandConditionsAreOneLevel() {
    assertThat(Sql.value("false" + " OR 1 = 2".repeat(999) + " OR true")).isEqualTo(true);
  }

  @Test
  void decimalsHaveThePrecisionOfSpark() {
    assertThat(Sql.value("CAST(1 AS decimal(38,10)) * CAST(1 AS decimal(38,10))"))
        .isEqualTo(new BigDecimal("1.000000"));
    assertThat(Sql.value("split('', '')")).isEqualTo(List.of(""));
  }
}
