package io.tidemark.sink.config;

import io.tidemark.expressions.SpecialForms;
import io.tidemark.expressions.function.Definition;
import io.tidemark.expressions.function.Functions;
import java.util.Map;
import java.util.TreeMap;

/** Renders {@code docs/reference/expressions.md} from the registry of functions. */
final class ExpressionsReference {

  private static final String OPENING =
      """
      <!-- Generated from the code; see ExpressionsReferenceTest. Do not edit. -->

      # Expressions

      The language of `Where`, `Select`, `WithColumn` and `WherePredicate`;
      [filters and computed columns](../concepts/filters-and-computed-columns.md) says how they are used. It is a
      part of Spark SQL in ANSI mode, with UTC as the time zone. A test compares it with Spark 4.2.

      ## Names

      * A field by its name, nested ones with dots: `address.city`. Upper and lower case differ. A name with a dot, a blank
        or the spelling of a keyword stands in backticks: `` `a.b` ``.
      * `tags[0]` is an element of an array, counted from 0; `counts['n']` is a value of a map, null if there is none.
      * `_topic`, `_partition`, `_offset`, `_timestamp`, `_key` and `_headers['x']` (the last header of that name) are Kafka's,
        unless the record has a field of the name. `_offset` is null in a source connector.

      ## Operators

      From the tightest to the loosest; operators of one line are read from left to right.

      | | |
      |---|---|
      | `a.b` `a[b]` | members |
      | `-a` `+a` | sign |
      | `*` `/` `%` | `/` of whole numbers is a double |
      | `+` `-` `\\|\\|` | `date + days`, `date - days`; texts in a row |
      | `=` `==` `<>` `!=` `<` `<=` `>` `>=` `<=>` | `<=>` takes null as a value |
      | `IS [NOT] NULL`, `IS [NOT] TRUE`, `IS [NOT] FALSE`, `[NOT] IN (..)`, `[NOT] BETWEEN .. AND ..`, `[NOT] LIKE .. [ESCAPE '!']`, `[NOT] RLIKE ..` | one after a value |
      | `NOT` | |
      | `AND` | false decides before null |
      | `OR` | true decides before null |

      Also `CASE WHEN c THEN x .. ELSE y END`, `CASE v WHEN x THEN ..`, `CAST(x AS type)`, and `TRY_CAST(x AS type)`, which gives null where
      CAST fails. Types: boolean, tinyint, smallint, int, bigint, float, double, decimal(p,s), string, binary, date, timestamp.

      Constants: `1`, `1L`, `1S`, `1Y`, `1.5` (a decimal), `1e3` and `1.5D` (doubles), `1.5F`, `1BD`, `'text'`, `"text"`, `r'raw'`,
      `true`, `false`, `NULL`, `DATE '2024-01-31'`, `TIMESTAMP '2024-01-31 10:00:00'`.

      ## Bounds

      An expression has at most 10,000 characters and 100 levels. A text that a function makes has at most 1,048,576 characters. A regular
      expression has at most 1,000 characters, and its time is linear in the text: it is RE2's. Lookaround, backreferences, possessive
      quantifiers, and a class inside a class are refused.

      ## What differs from Spark

      * Names of fields: upper and lower case differ.
      * Regular expressions: `.` matches every character but a line feed, `$` does not match before a last line feed, `\\s` does not match
        a vertical tab, and `(?i)` follows Unicode.
      * `date_add`, `date_sub`: a date out of range is an error. Spark wraps around.
      * The sign of a decimal of more than 34 digits: `-x` and `abs(x)` are exact. Spark rounds to 34 digits.
      * `date_trunc` and `trunc` with an unknown unit evaluate their other argument, and fail if that does.
      * A comparison of a null with a constant is null. Spark gives false if the constant is beyond the type of the column.
      * Values without a schema: the results of `if`, `CASE` and `coalesce` keep their own types.
      * A cast of NaN or of an infinity to decimal is null, as in Spark.

      Not offered: intervals, `timestamp_ntz`, lambda functions, `get_json_object`, `to_date` and `to_timestamp` with a format, casts of maps and
      structs, comparisons of arrays, structs and maps, arithmetic of two texts, fractions of seconds as timestamps.

      ## Functions

      A function is null when an argument is, unless the table says otherwise.

      | Function | What it gives |
      |---|---|
      """;

  private ExpressionsReference() {}

  static String render() {
    Map<String, String> rows = new TreeMap<>();
    for (Definition function : Functions.listed()) {
      rows.put(function.signature(), function.meaning());
    }
    rows.putAll(SpecialForms.listed());
    StringBuilder page = new StringBuilder(OPENING);
    rows.forEach(
        (signature, meaning) ->
            page.append("| `" + signature + "` | " + meaning.replace("|", "\\|") + " |\n"));
    return page.toString();
  }
}
