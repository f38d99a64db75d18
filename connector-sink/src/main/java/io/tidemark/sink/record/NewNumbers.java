package io.tidemark.sink.record;

import io.tidemark.delta.schema.Column;
import io.tidemark.delta.schema.ColumnType;
import io.tidemark.delta.schema.ColumnType.Primitive;
import java.util.Locale;

/** The type of a new column for a number without a schema. */
public enum NewNumbers {
  /** Long for a whole number, otherwise double: the first number decides. */
  EXACT,
  /** Double for every number, so that 10 and 10.5 fit one column in any order. */
  DOUBLE;

  /** The columns for values from which these columns were derived. */
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
