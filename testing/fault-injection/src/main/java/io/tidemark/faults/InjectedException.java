package io.tidemark.faults;

import java.io.IOException;

/** A failure that the file system was told to have. */
final class InjectedException extends IOException {

  private static final long serialVersionUID = 1;

  InjectedException(FaultKind kind, Operation operation, Object path) {
    super("Injected fault: " + kind + " " + operation + " " + path);
  }
}
