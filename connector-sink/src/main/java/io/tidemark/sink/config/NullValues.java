package io.tidemark.sink.config;

import java.util.Locale;

/** What happens to a record whose value is null. */
public enum NullValues {
  /** It becomes no row; its offset counts as written. */
  IGNORE,
  /** It is an error of the record. */
  FAIL;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
