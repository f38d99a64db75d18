package io.tidemark.delta.table;

/** What became of an {@link Append}. */
public sealed interface AppendResult {

  /** This call made table version {@code version}. */
  record Committed(long version) implements AppendResult {}

  /** Another driver had committed this batch, or a later one, as {@code transaction}. */
  record AlreadyCommitted(long transaction) implements AppendResult {}
}
