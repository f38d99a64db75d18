package io.tidemark.sink.record;

/** What becomes of a record without a value, a tombstone. */
public enum NullValues {
  /** It is skipped. */
  IGNORE,
  /** It is rejected. */
  FAIL
}
