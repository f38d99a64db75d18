package io.tidemark.windows.update;

/** Carries what is wrong with a record past the handling of what is wrong with the state. */
final class Refusal extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final RuntimeException reason;

  Refusal(RuntimeException reason) {
    super(null, reason, false, false);
    this.reason = reason;
  }

  RuntimeException reason() {
    return reason;
  }
}
