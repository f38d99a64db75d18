package io.tidemark.sink.record;

import java.util.Locale;

/** The treatment of fields for which the table has no column. */
public enum SchemaEvolution {
  /** A record that has a value in such a field is rejected. */
  NONE,
  /** The column is added to the table. */
  ADD;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
