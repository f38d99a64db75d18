package io.tidemark.delta.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.converters.JsonTokens;
import io.tidemark.delta.schema.Column;
import io.tidemark.delta.schema.ColumnType;
import io.tidemark.delta.schema.ColumnType.Decimal;
import io.tidemark.delta.schema.ColumnType.Primitive;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Rows out of tokens are those out of the map with the same content. */
class JsonFieldsTest {

  private static final int ROWS = 20_000;

  private static final List<Column> COLUMNS =
      List.of(
          new Column("id", Primitive.LONG, true),
          new Column("Name", Primitive.STRING, true),
          new Column("small", Primitive.INTEGER, true),
          new Column("price", Primitive.DOUBLE, true),
          new Column("paid", Primitive.BOOLEAN, true),
          new Column("at", Primitive.TIMESTAMP, true),
          new Column("exact", new Decimal(10, 2), true),
          new Column("must", Primitive.STRING, false),
          new Column(
              "item",
              new ColumnType.Struct(
                  List.of(
                      new Column("sku", Primitive.STRING, true),
                      new Column("n", Primitive.LONG, false))),
              true),
          new Column("tags", new ColumnType.Array(Primitive.STRING, true), true));

  private static final int[] CELLS = IntStream.range(0, COLUMNS.size()).toArray();

  /** Values as text, for any column. */
  private static final List<String> VALUES =
      List.of(
          "null",
          "true",
          "0",
          "-7",
          "3000000000",
          "99999999999999999999",
          "1.5",
          "12.25",
          "1e300",
          "\"\"",
          "\"text\"",
          "\"caf\u00e9 \\u00e9 \\n\"",
          "\"2026-01-02T03:04:05Z\"",
          "\"12.30\"",
          "[]",
          "[\"a\", null, \"b\\t\"]",
          "[1]",
          "{}",
          "{\"sku\": \"s\", \"n\": 1}",
          "{\"n\": 2, \"SKU\": \"t\"}",
          "{\"sku\": null}",
          "{\"other\": null, \"n\": 3}");

  private static final List<String> NAMES =
      List.of(
          "id", "name", "Name", "small", "price", "paid", "at", "exact", "must", "item", "tags",
          "ITEM", "extra");

  private final RowConverter converter = ValueConverters.schemalessRows(COLUMNS, CELLS);

  @Test
  void makesTheRowsThatMapsMake() {
    long seed = ThreadLocalRandom.current().nextLong(1_000_000_000);
    Random random = new Random(seed);
    RowConverter ofMaps = ValueConverters.schemalessRows(COLUMNS, CELLS);
    int rows = 0;
    for (int i = 0; i < ROWS; i++) {
      String json = object(random);
      String fromTokens = outcome(converter, json(json));
      assertThat(fromTokens)
          .as("seed %d, %s", seed, json)
          .isEqualTo(outcome(ofMaps, plain(json(json))));
      rows += fromTokens.startsWith("[") ? 1 : 0;
    }
    assertThat(rows).isGreaterThan(ROWS / 100);
  }

  @Test
  void keepsTheBytesOfAStringThatHasNoEscapes() {
    Object[] row = new Object[COLUMNS.size()];
    converter.convert(json("{\"Name\": \"caf\u00e9\", \"must\": \"a\\tb\"}"), row);
    assertThat(row[1]).isInstanceOf(Utf8.class).hasToString("caf\u00e9");
    assertThat(row[7]).isEqualTo("a\tb");
  }

  @Test
  void refusesAFieldWithoutAColumnUnlessItShowsNoType() {
    Object[] row = new Object[COLUMNS.size()];
    converter.convert(json("{\"must\": \"m\", \"extra\": {\"a\": [null, {}]}}"), row);
    assertThatThrownBy(
            () -> converter.convert(json("{\"must\": \"m\", \"extra\": {\"a\": 1}}"), row))
        .isInstanceOfSatisfying(
            UnknownFieldException.class, e -> assertThat(e.path()).isEqualTo("extra"));
  }

  /** Mostly what fits, in an order that changes seldom. */
  private static String object(Random random) {
    List<String> names = new ArrayList<>(NAMES.subList(0, NAMES.size() - 2));
    names.remove(random.nextInt(2) + 1);
    if (random.nextInt(8) == 0) {
      names.add(NAMES.get(NAMES.size() - 1 - random.nextInt(2)));
    }
    if (random.nextInt(4) == 0) {
      Collections.shuffle(names, random);
    }
    List<String> fields = new ArrayList<>();
    for (String name : names) {
      if (random.nextInt(4) > 0) {
        String value =
            random.nextInt(40) == 0
                ? VALUES.get(random.nextInt(VALUES.size()))
                : fitting(name.toLowerCase(Locale.ROOT), random);
        fields.add("\"" + name + "\": " + value);
      }
    }
    return "{" + String.join(", ", fields) + "}";
  }

  private static String fitting(String name, Random random) {
    return switch (name) {
      case "id", "small" -> String.valueOf(random.nextInt(100) - 50);
      case "price" -> random.nextBoolean() ? "12.25" : "7";
      case "paid" -> String.valueOf(random.nextBoolean());
      case "at" -> random.nextBoolean() ? "\"2026-01-02T03:04:05Z\"" : "1700000000000";
      case "exact" -> random.nextBoolean() ? "19.99" : "\"12.30\"";
      case "item" -> VALUES.get(VALUES.size() - 4 + random.nextInt(2));
      case "tags" -> random.nextBoolean() ? "[]" : "[\"a\", null, \"b\\t\"]";
      default -> VALUES.get(9 + random.nextInt(3));
    };
  }

  private static String outcome(RowConverter converter, Object value) {
    Object[] row = new Object[COLUMNS.size()];
    try {
      converter.convert(value, row);
      return text(row);
    } catch (ValueException e) {
      // A record with two faults shows one of them, in an order of its own.
      return "refused";
    }
  }

  private static String text(Object cell) {
    return cell instanceof Object[] cells
        ? Arrays.stream(cells).map(JsonFieldsTest::text).toList().toString()
        : cell == null ? "null" : cell + (cell instanceof Utf8 ? "" : suffix(cell));
  }

  private static String suffix(Object cell) {
    boolean isBox = cell instanceof Number || cell instanceof Boolean;
    return isBox ? " " + cell.getClass().getSimpleName().charAt(0) : "";
  }

  private static Object json(String text) {
    return JsonTokens.of(text.getBytes(StandardCharsets.UTF_8)).value(0);
  }

  /** The same without tokens. */
  private static Object plain(Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<Object, Object> copy = new LinkedHashMap<>();
      map.forEach((name, item) -> copy.put(name, plain(item)));
      return copy;
    }
    if (value instanceof List<?> list) {
      List<Object> copy = new ArrayList<>();
      list.forEach(item -> copy.add(plain(item)));
      return copy;
    }
    return value;
  }
}
