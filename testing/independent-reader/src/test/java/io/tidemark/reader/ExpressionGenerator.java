package io.tidemark.reader;

import java.util.List;
import java.util.Random;

/**
 * Expressions whose operators fit the types of their operands, and some whose do not. Left out are
 * BETWEEN and nullif, which Spark cannot evaluate before its planner has rewritten them, and what
 * the reference lists as different: days that lead out of the range of dates, signs of decimals of
 * more than 34 digits, unknown units, and constants that no number of a column's type reaches.
 */
final class ExpressionGenerator {

  private static final List<String> NUMBERS =
      List.of(
          "y",
          "s",
          "i",
          "l",
          "f",
          "d",
          "m",
          "w",
          "i",
          "l",
          "d",
          "m",
          "1",
          "0",
          "-7",
          "2147483647",
          "9223372036854775807",
          "3S",
          "5Y",
          "2.5",
          "0.05",
          "1e3",
          "-1.5D",
          "2.5F",
          "CAST('12345678901234567890.123456789' AS decimal(29,9))",
          "NULL");
  private static final List<String> TEXTS =
      List.of(
          "t",
          "u",
          "t",
          "u",
          "'abc'",
          "''",
          "' 12 '",
          "'1.5'",
          "'ß😀é'",
          "'2024-02-29'",
          "NULL",
          "'true'");
  private static final List<String> DATES =
      List.of("da", "da", "DATE '2024-02-29'", "DATE '0001-01-01'", "DATE '1582-10-10'");
  private static final List<String> TIMES =
      List.of(
          "ts", "ts", "TIMESTAMP '2024-02-29 23:59:59.999999'", "TIMESTAMP '1500-03-01 00:00:00'");
  private static final List<String> TRUTHS = List.of("b", "b", "true", "false", "NULL");
  private static final List<String> TYPES =
      List.of(
          "tinyint",
          "smallint",
          "int",
          "bigint",
          "float",
          "double",
          "decimal(10,2)",
          "decimal(38,10)",
          "decimal(5,0)",
          "string",
          "boolean");

  private final Random random;

  ExpressionGenerator(Random random) {
    this.random = random;
  }

  String next() {
    int depth = 1 + random.nextInt(3);
    return switch (random.nextInt(6)) {
      case 0, 1 -> number(depth);
      case 2 -> text(depth);
      case 3 -> truth(depth);
      case 4 -> time(depth);
      default -> collection(depth);
    };
  }

  private String number(int depth) {
    if (depth == 0) {
      return pick(NUMBERS);
    }
    int d = depth - 1;
    return switch (random.nextInt(24)) {
      case 0, 1, 2, 3 ->
          "(%s %s %s)".formatted(number(d), pick(List.of("+", "-", "*", "/", "%")), number(d));
      case 4 -> "%s(%s)".formatted(pick(List.of("-", "abs")), pick(NUMBERS.subList(0, 7)));
      case 5 -> "%s(%s)".formatted(pick(List.of("ceil", "floor", "sign", "sqrt")), number(d));
      case 6 ->
          "%s(%s, %d)"
              .formatted(pick(List.of("round", "bround")), number(d), random.nextInt(7) - 3);
      case 7 -> "pmod(%s, %s)".formatted(number(d), number(d));
      case 8 -> "CAST(%s AS %s)".formatted(number(d), pick(TYPES.subList(0, 9)));
      case 9 -> "TRY_CAST(%s AS %s)".formatted(text(d), pick(TYPES.subList(0, 9)));
      case 10 -> "if(%s, %s, %s)".formatted(truth(d), number(d), number(d));
      case 11 -> "coalesce(%s, %s)".formatted(number(d), number(d));
      case 12 -> "%s(%s, %s)".formatted(pick(List.of("greatest", "least")), number(d), number(d));
      case 13 -> "length(%s)".formatted(text(d));
      case 14 -> "instr(%s, %s)".formatted(text(d), text(d));
      case 15 ->
          "%s(%s)"
              .formatted(
                  pick(
                      List.of(
                          "year",
                          "quarter",
                          "month",
                          "day",
                          "dayofweek",
                          "weekday",
                          "dayofyear",
                          "weekofyear")),
                  time(d));
      case 16 -> "%s(%s)".formatted(pick(List.of("hour", "minute", "second")), time(d));
      case 17 -> "datediff(%s, %s)".formatted(time(d), time(d));
      case 18 ->
          "%s(%s)"
              .formatted(
                  pick(List.of("unix_timestamp", "unix_micros", "unix_millis")), timestamp(d));
      case 19 -> "crc32(%s)".formatted(text(d));
      case 20 -> "least(%s, %s)".formatted(number(d), number(d));
      case 21 ->
          "CASE %s WHEN %s THEN %s ELSE %s END"
              .formatted(number(d), number(d), number(d), number(d));
      case 22 -> "power(%s, %s)".formatted(number(d), pick(List.of("2", "0.5", "-1")));
      default -> "CAST(%s AS %s)".formatted(timestamp(d), pick(List.of("bigint", "int", "double")));
    };
  }

  private String text(int depth) {
    if (depth == 0) {
      return pick(TEXTS);
    }
    int d = depth - 1;
    return switch (random.nextInt(22)) {
      case 0 ->
          "%s(%s)"
              .formatted(
                  pick(List.of("upper", "lower", "trim", "ltrim", "rtrim", "reverse")), text(d));
      case 1 -> "(%s || %s)".formatted(text(d), pick(List.of(text(d), number(d), time(d))));
      case 2 -> "concat_ws(%s, %s, %s)".formatted(text(0), text(d), text(d));
      case 3 -> "substring(%s, %s, %d)".formatted(text(d), small(), random.nextInt(5) - 1);
      case 4 -> "substring(%s, %s)".formatted(text(d), small());
      case 5 -> "replace(%s, %s, %s)".formatted(text(d), text(0), text(0));
      case 6 ->
          "%s(%s, %s, %s)"
              .formatted(
                  pick(List.of("lpad", "rpad")),
                  text(d),
                  pick(List.of("-1", "0", "3", "7", "y")),
                  text(0));
      case 7 -> "regexp_extract(%s, '([a-z]+)([0-9]*)', %d)".formatted(text(d), random.nextInt(3));
      case 8 -> "regexp_replace(%s, '[a-c0-9]', %s)".formatted(text(d), pick(List.of("'#'", "''")));
      case 9 -> "CAST(%s AS string)".formatted(pick(List.of(number(d), time(d), truth(d))));
      case 10 -> "%s(%s)".formatted(pick(List.of("md5", "sha1", "hex", "base64")), text(d));
      case 11 -> "hex(%s)".formatted(pick(List.of("x", "l", "i", "unhex(t)")));
      case 12 -> "sha2(%s, %s)".formatted(text(d), pick(List.of("0", "256", "512", "1")));
      case 13 -> "if(%s, %s, %s)".formatted(truth(d), text(d), text(d));
      case 14 -> "coalesce(%s, %s)".formatted(text(d), text(d));
      case 15 -> "%s(%s, %s)".formatted(pick(List.of("greatest", "least")), text(d), text(d));
      case 16 ->
          "date_format(%s, %s)"
              .formatted(
                  time(d),
                  pick(List.of("'yyyy-MM-dd HH:mm:ss.SSS'", "'E d MMM yyyy'", "'h:mm a'")));
      case 17 -> "typeof(%s)".formatted(pick(List.of(number(d), text(d), time(d))));
      case 18 -> "%s(%s, %s)".formatted(pick(List.of("left", "right")), text(d), small());
      case 19 -> "split(%s, ',')[%s]".formatted(text(d), small());
      case 20 -> "from_unixtime(%s)".formatted(pick(List.of("i", "s", "1700000000", "-5")));
      default -> "CAST(unbase64(base64(%s)) AS string)".formatted(text(d));
    };
  }

  private String truth(int depth) {
    if (depth == 0) {
      return pick(TRUTHS);
    }
    int d = depth - 1;
    String comparison = pick(List.of("=", "!=", "<", "<=", ">", ">=", "<=>"));
    return switch (random.nextInt(17)) {
      case 0, 1 -> "(%s %s %s)".formatted(number(d), comparison, number(d));
      case 2 -> "(%s %s %s)".formatted(text(d), comparison, pick(List.of(text(d), number(d))));
      case 3 -> "(%s %s %s)".formatted(time(d), comparison, pick(List.of(time(d), text(d))));
      case 4 -> "(%s AND %s)".formatted(truth(d), truth(d));
      case 5 -> "(%s OR %s)".formatted(truth(d), truth(d));
      case 6 -> "(NOT %s)".formatted(truth(d));
      case 7 -> "(%s IS %s)".formatted(truth(d), pick(List.of("TRUE", "NOT FALSE", "NULL")));
      case 8 -> "(%s IS NOT NULL)".formatted(pick(List.of(number(d), text(d), time(d))));
      case 9 -> "(%s IN (%s, %s))".formatted(number(d), number(d), number(d));
      case 10 -> "(%s NOT IN (%s, %s))".formatted(text(d), text(d), text(0));
      case 11 -> "(%s NOT IN (%s))".formatted(number(d), number(d));
      case 12 ->
          "(%s LIKE %s)".formatted(text(d), pick(List.of("'a%'", "'%_c'", "t", "'%1\\\\%'")));
      case 13 -> "(%s RLIKE %s)".formatted(text(d), pick(List.of("'^[a-z]+$'", "'1|2'", "''")));
      case 14 ->
          "%s(%s, %s)"
              .formatted(pick(List.of("startswith", "endswith", "contains")), text(d), text(d));
      case 15 -> "CAST(%s AS boolean)".formatted(pick(List.of(number(d), text(d))));
      default -> "(%s %s %s)".formatted(truth(d), comparison, truth(d));
    };
  }

  private String time(int depth) {
    return random.nextBoolean() ? date(depth) : timestamp(depth);
  }

  private String date(int depth) {
    if (depth == 0) {
      return pick(DATES);
    }
    int d = depth - 1;
    return switch (random.nextInt(7)) {
      case 0 -> "%s(%s, %s)".formatted(pick(List.of("date_add", "date_sub")), date(d), days());
      case 1 -> "(%s %s %s)".formatted(date(d), pick(List.of("+", "-")), days());
      case 2 ->
          "trunc(%s, %s)"
              .formatted(date(d), pick(List.of("'YEAR'", "'quarter'", "'MM'", "'week'")));
      case 3 -> "to_date(%s)".formatted(pick(List.of(text(d), timestamp(d))));
      case 4 -> "CAST(%s AS date)".formatted(pick(List.of(text(d), timestamp(d))));
      case 5 -> "last_day(%s)".formatted(date(d));
      default -> "greatest(%s, %s)".formatted(date(d), date(d));
    };
  }

  private String timestamp(int depth) {
    if (depth == 0) {
      return pick(TIMES);
    }
    int d = depth - 1;
    return switch (random.nextInt(6)) {
      case 0 ->
          "date_trunc(%s, %s)"
              .formatted(
                  pick(
                      List.of(
                          "'YEAR'",
                          "'QUARTER'",
                          "'month'",
                          "'WEEK'",
                          "'DAY'",
                          "'HOUR'",
                          "'minute'",
                          "'SECOND'",
                          "'MILLISECOND'",
                          "'MICROSECOND'")),
                  timestamp(d));
      case 1 -> "to_timestamp(%s)".formatted(pick(List.of(text(d), date(d))));
      case 2 -> "CAST(%s AS timestamp)".formatted(pick(List.of(text(d), date(d), "i", "l")));
      case 3 -> "coalesce(%s, %s)".formatted(timestamp(d), date(d));
      case 4 ->
          "%s(%s)"
              .formatted(
                  pick(List.of("timestamp_seconds", "timestamp_millis", "timestamp_micros")),
                  pick(List.of("i", "l")));
      default -> "if(%s, %s, %s)".formatted(truth(d), timestamp(d), timestamp(d));
    };
  }

  private String collection(int depth) {
    int d = depth - 1;
    return switch (random.nextInt(9)) {
      case 0 -> "a[%s]".formatted(small());
      case 1 -> "element_at(a, %s)".formatted(small());
      case 2 -> "a[%s]".formatted(pick(List.of("0", "2")));
      case 3 -> "array_contains(a, %s)".formatted(text(d));
      case 4 -> "size(%s)".formatted(pick(List.of("a", "split(t, ',')")));
      case 5 -> "split(%s, %s)".formatted(text(d), pick(List.of("','", "''", "'[0-9]'")));
      case 6 -> "element_at(a, 1)";
      case 7 -> "split(%s, ',', %s)".formatted(text(d), small());
      default -> "size(split(%s, 'a'))".formatted(text(d));
    };
  }

  private String small() {
    return pick(List.of("-2", "-1", "0", "1", "2", "3", "7", "i"));
  }

  private String days() {
    return pick(List.of("1", "-400", "s", "y"));
  }

  private String pick(List<String> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
