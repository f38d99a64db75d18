package io.tidemark.sink.record;

import java.util.Locale;

/** What becomes of fields that the table has no column for. */
public enum SchemaEvolution {
  /** A record that has a value in such a field is rejected. */
  NONE,
  /** The table gets the column. */
  ADD;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
