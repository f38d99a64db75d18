package io.tidemark.reader;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;

/** The same rows for Spark and for us: extremes, nulls and values at random. */
final class ExpressionColumns {

  private static final String DDL =
      "b BOOLEAN, y TINYINT, s SMALLINT, i INT, l BIGINT, f FLOAT, d DOUBLE, m DECIMAL(10,2),"
          + " w DECIMAL(38,10), t STRING, u STRING, x BINARY, da DATE, ts TIMESTAMP,"
          + " a ARRAY<STRING>";

  private static final Schema SCHEMA =
      SchemaBuilder.struct()
          .field("b", Schema.OPTIONAL_BOOLEAN_SCHEMA)
          .field("y", Schema.OPTIONAL_INT8_SCHEMA)
          .field("s", Schema.OPTIONAL_INT16_SCHEMA)
          .field("i", Schema.OPTIONAL_INT32_SCHEMA)
          .field("l", Schema.OPTIONAL_INT64_SCHEMA)
          .field("f", Schema.OPTIONAL_FLOAT32_SCHEMA)
          .field("d", Schema.OPTIONAL_FLOAT64_SCHEMA)
          .field("m", decimal(10, 2))
          .field("w", decimal(38, 10))
          .field("t", Schema.OPTIONAL_STRING_SCHEMA)
          .field("u", Schema.OPTIONAL_STRING_SCHEMA)
          .field("x", Schema.OPTIONAL_BYTES_SCHEMA)
          .field("da", SchemaBuilder.int32().name("io.debezium.time.Date").optional().build())
          .field(
              "ts",
              SchemaBuilder.int64().name("io.debezium.time.MicroTimestamp").optional().build())
          .field("a", SchemaBuilder.array(Schema.OPTIONAL_STRING_SCHEMA).optional().build())
          .build();

  private static final String[] TEXTS = {
    "",
    "abc",
    " 12 ",
    "-7",
    "1.5",
    "ß😀é",
    "İI",
    "a,b,,c",
    "TRUE",
    "nan",
    "2024-02-29",
    "1582-10-10 11:12:13.123456",
    "2024-01-01T00:00:00+02:00",
    "0001-1-1",
    "zz\nz",
    "a1b2",
    "1e5",
    "99999999999999999999",
    "\uFFFD\u0001",
    "\uD83D\uDE00\uFB01",
    "AB%",
    "YQ=="
  };

  private final List<Struct> structs = new ArrayList<>();
  private final ObjectNode forSpark = new ObjectMapper().createObjectNode();

  ExpressionColumns(Random random, int count) {
    forSpark.put("schema", DDL);
    ArrayNode rows = forSpark.putArray("rows");
    for (int n = 0; n < count; n++) {
      add(random, rows.addArray());
    }
  }

  private static Schema decimal(int precision, int scale) {
    return Decimal.builder(scale)
        .parameter("connect.decimal.precision", Integer.toString(precision))
        .optional()
        .build();
  }

  Schema schema() {
    return SCHEMA;
  }

  List<Struct> structs() {
    return structs;
  }

  /** What the program expects first. */
  String forSpark() {
    return forSpark.toString();
  }

  private void add(Random random, ArrayNode row) {
    Map<String, Object> values = new HashMap<>();
    values.put("b", random.nextBoolean());
    values.put("y", (byte) extreme(random, Byte.MIN_VALUE, Byte.MAX_VALUE));
    values.put("s", (short) extreme(random, Short.MIN_VALUE, Short.MAX_VALUE));
    values.put("i", (int) extreme(random, Integer.MIN_VALUE, Integer.MAX_VALUE));
    values.put("l", extreme(random, Long.MIN_VALUE, Long.MAX_VALUE));
    values.put("f", (float) floating(random));
    values.put("d", floating(random));
    values.put("m", digits(random, 10, 2));
    values.put("w", digits(random, 38, 10));
    values.put("t", TEXTS[random.nextInt(TEXTS.length)]);
    values.put("u", TEXTS[random.nextInt(TEXTS.length)]);
    values.put(
        "x", TEXTS[random.nextInt(TEXTS.length)].getBytes(java.nio.charset.StandardCharsets.UTF_8));
    values.put("da", (int) instant(random).atZone(ZoneOffset.UTC).toLocalDate().toEpochDay());
    values.put("ts", instant(random).getEpochSecond() * 1_000_000 + random.nextInt(1_000_000));
    values.put("a", Arrays.asList("abc", null, TEXTS[random.nextInt(TEXTS.length)]));
    Struct struct = new Struct(SCHEMA);
    for (String name : List.of("b,y,s,i,l,f,d,m,w,t,u,x,da,ts,a".split(",", -1))) {
      Object value = random.nextInt(8) == 0 ? null : values.get(name);
      struct.put(name, value);
      if (value == null) {
        row.addNull();
      } else if (value instanceof List<?> list) {
        ArrayNode elements = row.addArray();
        list.forEach(element -> elements.add((String) element));
      } else if (value instanceof byte[] bytes) {
        row.add(HexFormat.of().formatHex(bytes));
      } else {
        row.add(value instanceof BigDecimal number ? number.toPlainString() : value.toString());
      }
    }
    structs.add(struct);
  }

  private static long extreme(Random random, long least, long most) {
    return switch (random.nextInt(8)) {
      case 0 -> least;
      case 1 -> most;
      case 2 -> 0;
      case 3 -> most == Long.MAX_VALUE ? random.nextLong() : random.nextLong(least, most);
      default -> random.nextInt(40) - 20;
    };
  }

  private static double floating(Random random) {
    double[] extremes = {
      Double.NaN,
      -0.0,
      0.0,
      Double.POSITIVE_INFINITY,
      Double.NEGATIVE_INFINITY,
      1e300,
      1e-300,
      2147483647.5,
      0x1p63,
      0.1,
      2.5,
      -3.5
    };
    return random.nextInt(3) > 0
        ? extremes[random.nextInt(extremes.length)]
        : random.nextInt(2000) / 100.0 - 10;
  }

  private static BigDecimal digits(Random random, int precision, int scale) {
    int bits = (int) (precision * 3.32) - 1;
    BigDecimal whole =
        new BigDecimal(new java.math.BigInteger(1 + random.nextInt(bits), random), scale);
    return random.nextBoolean() ? whole : whole.negate();
  }

  private static Instant instant(Random random) {
    int year = random.nextInt(4) == 0 ? 1 + random.nextInt(9999) : 1960 + random.nextInt(80);
    return LocalDate.ofYearDay(year, 1 + random.nextInt(365))
        .atStartOfDay(ZoneOffset.UTC)
        .toInstant()
        .plusSeconds(random.nextInt(86_400));
  }
}
