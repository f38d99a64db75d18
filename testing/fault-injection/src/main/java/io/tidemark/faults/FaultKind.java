package io.tidemark.faults;

/** The kinds of faults of a call. */
public enum FaultKind {
  /** It fails without effect. */
  BEFORE,
  /** It takes effect, and answers with an error. */
  AFTER,
  /** It is slow. */
  DELAY,
  /** Only part of the content is written to a file. */
  TORN
}
