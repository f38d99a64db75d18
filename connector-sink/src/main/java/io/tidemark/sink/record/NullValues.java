package io.tidemark.sink.record;

import java.util.Locale;

/** The treatment of a record without a value, a tombstone. */
public enum NullValues {
  /** It is skipped. */
  IGNORE,
  /** It is rejected. */
  FAIL;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
