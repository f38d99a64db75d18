package io.tidemark.sink.record;

import io.tidemark.delta.schema.Column;
import io.tidemark.delta.schema.ColumnType;
import io.tidemark.delta.schema.ColumnType.Primitive;
import java.util.Locale;

/** Which type a new column gets that a number without a schema shows. */
public enum NewNumbers {
  /** A whole number long, any other double: what came first decides. */
  EXACT,
  /** Every number double, so that 10 and 10.5 meet in any order. */
  DOUBLE;

  /** The columns for values that show these ones. */
  ColumnType.Struct of(ColumnType.Struct shown) {
    return this == EXACT ? shown : (ColumnType.Struct) asDouble(shown);
  }

  private static ColumnType asDouble(ColumnType type) {
    if (type instanceof ColumnType.Struct struct) {
      return new ColumnType.Struct(struct.columns().stream().map(NewNumbers::asDouble).toList());
    }
    if (type instanceof ColumnType.Array array) {
      return new ColumnType.Array(asDouble(array.element()), array.containsNull());
    }
    return type == Primitive.LONG ? Primitive.DOUBLE : type;
  }

  private static Column asDouble(Column column) {
    return column.as(asDouble(column.type()));
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
