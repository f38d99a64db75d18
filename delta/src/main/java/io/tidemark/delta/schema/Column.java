package io.tidemark.delta.schema;

import java.util.Objects;
import java.util.OptionalInt;

/**
 * A column of a table or a field of a struct column.
 *
 * @param name logical name, as users write it
 * @param physicalName name in data files; differs from {@code name} only under column mapping
 * @param fieldId Parquet field id, present only under column mapping
 */
public record Column(
    String name, ColumnType type, boolean nullable, String physicalName, OptionalInt fieldId) {

  public Column {
    Objects.requireNonNull(name);
    Objects.requireNonNull(type);
    Objects.requireNonNull(physicalName);
    Objects.requireNonNull(fieldId);
  }

  /** A column of a table without column mapping. */
  public Column(String name, ColumnType type, boolean nullable) {
    this(name, type, nullable, name, OptionalInt.empty());
  }

  /** This column with another type. */
  public Column as(ColumnType other) {
    return new Column(name, other, nullable, physicalName, fieldId);
  }
}
