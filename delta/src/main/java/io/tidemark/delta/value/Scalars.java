package io.tidemark.delta.value;

import io.tidemark.delta.schema.ColumnType;
import io.tidemark.delta.schema.ColumnType.Decimal;
import io.tidemark.delta.schema.ColumnType.Primitive;
import java.nio.ByteBuffer;

/** Converters for columns without parts, chosen by the class of the value. */
final class Scalars {

  private Scalars() {}

  /** The converter of a column; of a struct, array or map column it refuses every value. */
  static ValueConverter of(ColumnType type, String path) {
    if (type instanceof Decimal decimal) {
      return Numbers.decimals(decimal, path);
    }
    if (type instanceof ColumnType.Text text) {
      return texts(text, path);
    }
    if (!(type instanceof Primitive primitive)) {
      return refusal(type, path);
    }
    return switch (primitive) {
      case BOOLEAN -> booleans(path);
      case BYTE, SHORT, INTEGER -> Numbers.integer(primitive, path);
      case LONG -> Numbers.longs(path);
      case FLOAT -> Numbers.floats(path);
      case DOUBLE -> Numbers.doubles(path);
      case STRING -> instance(String.class, type, path);
      case BINARY ->
          value -> {
            if (value instanceof byte[] || value instanceof ByteBuffer) {
              return value;
            }
            throw Kinds.mismatch(path, value, type);
          };
      case DATE -> Times.dates(path);
      case TIMESTAMP, TIMESTAMP_NTZ -> Times.timestamps(primitive, path);
    };
  }

  /** Takes no value at all. */
  static ValueConverter refusal(ColumnType type, String path) {
    return value -> {
      throw Kinds.mismatch(path, value, type);
    };
  }

  /** As Spark writes them: blanks beyond the length are cut, and {@code char} is filled up. */
  private static ValueConverter texts(ColumnType.Text type, String path) {
    return value -> {
      if (!(value instanceof String text)) {
        throw Kinds.mismatch(path, value, type);
      }
      int excess = text.codePointCount(0, text.length()) - type.length();
      if (excess > 0) {
        int end = text.offsetByCodePoints(0, type.length());
        if (!text.substring(end).chars().allMatch(c -> c == ' ')) {
          throw new ValueException(path, "the string is longer than " + type);
        }
        return text.substring(0, end);
      }
      return type.padded() && excess < 0 ? text + " ".repeat(-excess) : text;
    };
  }

  private static ValueConverter booleans(String path) {
    return value -> {
      if (value instanceof Boolean) {
        return value;
      }
      if ("true".equals(value) || "false".equals(value)) {
        return "true".equals(value);
      }
      throw Kinds.mismatch(path, value, Primitive.BOOLEAN);
    };
  }

  private static ValueConverter instance(Class<?> wanted, ColumnType type, String path) {
    return value -> {
      if (wanted.isInstance(value)) {
        return value;
      }
      throw Kinds.mismatch(path, value, type);
    };
  }
}
