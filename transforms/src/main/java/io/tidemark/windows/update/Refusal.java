package io.tidemark.windows.update;

/** Carries the failure of a record through the code that handles failures of the state. */
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
