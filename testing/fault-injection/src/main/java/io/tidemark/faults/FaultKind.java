package io.tidemark.faults;

/** What goes wrong with a call. */
public enum FaultKind {
  /** It fails without effect. */
  BEFORE,
  /** It takes effect, and answers with an error. */
  AFTER,
  /** It takes its time. */
  DELAY,
  /** A file is left with a part of what is written to it. */
  TORN
}
