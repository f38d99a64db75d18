package io.tidemark.delta.value;

import io.tidemark.delta.schema.ColumnType;
import io.tidemark.delta.schema.ColumnType.Decimal;
import io.tidemark.delta.schema.ColumnType.Primitive;
import java.nio.ByteBuffer;

/** Converters for columns without parts, by what the value itself is. */
final class Scalars {

  private Scalars() {}

  /** The converter of a column; of a struct, array or map column it refuses every value. */
  static ValueConverter of(ColumnType type, String path) {
    if (type instanceof Decimal decimal) {
      return Numbers.decimals(decimal, path);
    }
    if (!(type instanceof Primitive primitive)) {
      return refusal(type, path);
    }
    return switch (primitive) {
      case BOOLEAN -> instance(Boolean.class, type, path);
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

  private static ValueConverter instance(Class<?> wanted, ColumnType type, String path) {
    return value -> {
      if (wanted.isInstance(value)) {
        return value;
      }
      throw Kinds.mismatch(path, value, type);
    };
  }
}
