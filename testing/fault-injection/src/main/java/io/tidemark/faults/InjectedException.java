package io.tidemark.faults;

import java.io.IOException;

/** An injected failure of the file system. */
final class InjectedException extends IOException {

  private static final long serialVersionUID = 1;

  InjectedException(FaultKind kind, Operation operation, Object path) {
    super("Injected fault: " + kind + " " + operation + " " + path);
  }
}
