package io.tidemark.converters;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.errors.DataException;

/**
 * Tokens as values of a schema. What fits is read as Connect's converter reads it. What does not
 * fit is refused, where Connect's gives 0, false or null.
 */
final class ValueReader {

  /** Instead of a token: the field is not there, which is the same as null. */
  static final int ABSENT = -1;

  private final boolean replaceNulls;

  /**
   * @param replaceNulls whether null is read as the default of its schema
   */
  ValueReader(boolean replaceNulls) {
    this.replaceNulls = replaceNulls;
  }

  /**
   * The value of a token.
   *
   * @param schema null for a value without schema
   * @param token {@link #ABSENT}, or its index
   * @throws Misfit when the token does not fit the schema
   */
  Object read(Schema schema, JsonTokens tokens, int token) {
    if (schema == null) {
      return tokens.value(token);
    }
    if (token == ABSENT || tokens.kind(token) == Kind.NULL) {
      return ofNull(schema);
    }
    Object logical = logical(schema, tokens, token);
    return logical == null ? plain(schema, tokens, token) : logical;
  }

  private Object ofNull(Schema schema) {
    if (schema.defaultValue() != null && replaceNulls) {
      return schema.defaultValue();
    }
    if (schema.isOptional()) {
      return null;
    }
    throw new Misfit("it is null, and neither optional nor with a default");
  }

  private static Object logical(Schema schema, JsonTokens tokens, int token) {
    if (schema.name() == null) {
      return null;
    }
    return switch (schema.name()) {
      case Decimal.LOGICAL_NAME -> decimal(schema, tokens, token);
      case Date.LOGICAL_NAME -> Date.toLogical(schema, (int) whole(tokens, token, 32));
      case Time.LOGICAL_NAME -> time(schema, (int) whole(tokens, token, 32));
      case Timestamp.LOGICAL_NAME -> timestamp(schema, tokens, token);
      default -> null;
    };
  }

  private static BigDecimal decimal(Schema schema, JsonTokens tokens, int token) {
    if (isNumber(tokens.kind(token))) {
      return tokens.decimalValue(token);
    }
    byte[] unscaled = bytes(tokens, token);
    if (unscaled.length == 0) {
      throw new Misfit("a decimal has no bytes");
    }
    return Decimal.toLogical(schema, unscaled);
  }

  private static java.util.Date time(Schema schema, int millis) {
    try {
      return Time.toLogical(schema, millis);
    } catch (DataException e) {
      throw new Misfit("a time is not within a day");
    }
  }

  private static java.util.Date timestamp(Schema schema, JsonTokens tokens, int token) {
    if (tokens.kind(token) != Kind.STRING) {
      return Timestamp.toLogical(schema, whole(tokens, token, 64));
    }
    try {
      return Timestamp.toLogical(schema, Instant.parse(tokens.text(token)).toEpochMilli());
    } catch (DateTimeException | ArithmeticException e) {
      throw new Misfit("a timestamp is neither milliseconds nor a time in ISO 8601 with an offset");
    }
  }

  private Object plain(Schema schema, JsonTokens tokens, int token) {
    Kind kind = tokens.kind(token);
    return switch (schema.type()) {
      case BOOLEAN -> {
        expect(kind == Kind.TRUE || kind == Kind.FALSE, "a boolean", kind);
        yield kind == Kind.TRUE;
      }
      case INT8 -> (byte) whole(tokens, token, 8);
      case INT16 -> (short) whole(tokens, token, 16);
      case INT32 -> (int) whole(tokens, token, 32);
      case INT64 -> whole(tokens, token, 64);
      case FLOAT32 -> singlePrecision(tokens, token);
      case FLOAT64 -> doublePrecision(tokens, token);
      case STRING -> {
        expect(kind == Kind.STRING, "a string", kind);
        yield tokens.text(token);
      }
      case BYTES -> bytes(tokens, token);
      case ARRAY -> list(schema, tokens, token);
      case MAP -> map(schema, tokens, token);
      case STRUCT -> struct(schema, tokens, token);
    };
  }

  /** A whole number; a decimal without digits after its point is one, too. */
  private static long whole(JsonTokens tokens, int token, int bits) {
    Kind kind = tokens.kind(token);
    expect(isNumber(kind), "a whole number", kind);
    long number;
    if (tokens.fitsLong(token)) {
      number = tokens.longValue(token);
    } else {
      try {
        number = tokens.decimalValue(token).longValueExact();
      } catch (ArithmeticException e) {
        throw new Misfit("the number is not a whole one of " + bits + " bits");
      }
    }
    int unused = 64 - bits;
    if (((number << unused) >> unused) != number) {
      throw new Misfit("the number is not a whole one of " + bits + " bits");
    }
    return number;
  }

  private static float singlePrecision(JsonTokens tokens, int token) {
    Kind kind = tokens.kind(token);
    if (kind == Kind.STRING) {
      return (float) notFinite(tokens, token);
    }
    expect(isNumber(kind), "a number", kind);
    float number = Float.parseFloat(tokens.text(token));
    if (Float.isInfinite(number)) {
      throw new Misfit("the number is too large for float32");
    }
    return number;
  }

  private static double doublePrecision(JsonTokens tokens, int token) {
    Kind kind = tokens.kind(token);
    if (kind == Kind.STRING) {
      return notFinite(tokens, token);
    }
    expect(isNumber(kind), "a number", kind);
    double number = tokens.doubleValue(token);
    if (Double.isInfinite(number)) {
      throw new Misfit("the number is too large for float64");
    }
    return number;
  }

  /** The texts that converters write for what JSON has no number for. */
  private static double notFinite(JsonTokens tokens, int token) {
    return switch (tokens.text(token)) {
      case "NaN" -> Double.NaN;
      case "Infinity" -> Double.POSITIVE_INFINITY;
      case "-Infinity" -> Double.NEGATIVE_INFINITY;
      default -> throw new Misfit("a number is expected, and found is a string");
    };
  }

  private static byte[] bytes(JsonTokens tokens, int token) {
    Kind kind = tokens.kind(token);
    expect(kind == Kind.STRING, "bytes as a string in Base64", kind);
    try {
      return Base64.getDecoder().decode(tokens.text(token));
    } catch (IllegalArgumentException e) {
      throw new Misfit("a string is not in Base64");
    }
  }

  private List<Object> list(Schema schema, JsonTokens tokens, int token) {
    Kind kind = tokens.kind(token);
    expect(kind == Kind.ARRAY, "an array", kind);
    int left = tokens.members(token);
    List<Object> list = new ArrayList<>(left);
    for (int at = token + 1; left > 0; left--, at = tokens.after(at)) {
      list.add(read(schema.valueSchema(), tokens, at));
    }
    return list;
  }

  private Map<Object, Object> map(Schema schema, JsonTokens tokens, int token) {
    Kind kind = tokens.kind(token);
    int left = tokens.members(token);
    Map<Object, Object> map = new LinkedHashMap<>();
    if (schema.keySchema().type() == Schema.Type.STRING) {
      expect(kind == Kind.OBJECT, "an object for a map with string keys", kind);
      for (int at = token + 1; left > 0; left--, at = tokens.after(at + 1)) {
        map.put(tokens.text(at), read(schema.valueSchema(), tokens, at + 1));
      }
      return map;
    }
    expect(kind == Kind.ARRAY, "an array of pairs for a map", kind);
    for (int at = token + 1; left > 0; left--, at = tokens.after(at)) {
      if (tokens.kind(at) != Kind.ARRAY || tokens.members(at) != 2) {
        throw new Misfit("an entry of a map is not an array of its key and its value");
      }
      Object key = read(schema.keySchema(), tokens, at + 1);
      map.put(key, read(schema.valueSchema(), tokens, tokens.after(at + 1)));
    }
    return map;
  }

  private Struct struct(Schema schema, JsonTokens tokens, int token) {
    Kind kind = tokens.kind(token);
    expect(kind == Kind.OBJECT, "an object for a struct", kind);
    Struct struct = new Struct(schema);
    int next = token + 1;
    int end = tokens.after(token);
    for (Field field : schema.fields()) {
      // Members mostly come in the order of the fields.
      boolean inOrder = next < end && tokens.is(next, field.name());
      int value = inOrder ? next + 1 : tokens.member(token, field.name());
      if (inOrder) {
        next = tokens.after(value);
      }
      try {
        struct.put(field, read(field.schema(), tokens, value));
      } catch (Misfit e) {
        throw e.inside(field.name());
      }
    }
    return struct;
  }

  private static boolean isNumber(Kind kind) {
    return kind == Kind.INTEGER || kind == Kind.DECIMAL;
  }

  private static void expect(boolean holds, String expected, Kind found) {
    if (!holds) {
      throw new Misfit(expected + " is expected, and found is " + found.described());
    }
  }
}
