package io.tidemark.sink.config;

import java.util.Locale;

/** What happens when a record has a field that the table has not. */
public enum SchemaEvolution {
  /** The table keeps its columns; what the record has beyond them is an error of the record. */
  NONE,
  /** The table gets the column or the struct field, nullable, behind the existing ones. */
  ADD;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
