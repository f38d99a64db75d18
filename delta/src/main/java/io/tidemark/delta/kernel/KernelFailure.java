package io.tidemark.delta.kernel;

import java.util.ArrayList;
import java.util.List;

/**
 * A failure inside Kernel without its message, because the message may quote a line of the log with
 * values of records. It has the classes of the exceptions and the stack trace of the innermost one.
 */
final class KernelFailure extends Exception {

  private static final long serialVersionUID = 1L;

  private KernelFailure(String message) {
    super(message, null, false, true);
  }

  static KernelFailure of(Throwable failure) {
    Throwable innermost = failure;
    List<String> kinds = new ArrayList<>();
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      kinds.add(cause.getClass().getName());
      innermost = cause;
    }
    KernelFailure without = new KernelFailure(String.join(", caused by ", kinds));
    without.setStackTrace(innermost.getStackTrace());
    return without;
  }
}
