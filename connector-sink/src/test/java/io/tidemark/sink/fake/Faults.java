package io.tidemark.sink.fake;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** Counts operations and lets chosen ones go wrong. */
public final class Faults {

  /** How an operation goes wrong. */
  public enum Kind {
    CRASH_BEFORE,
    CRASH_AFTER,
    FAIL_BEFORE,
    TIME_OUT_AFTER
  }

  /** The death of the process that called. */
  public static final class Crash extends Error {
    private static final long serialVersionUID = 1L;

    Crash(String operation) {
      super(operation);
    }
  }

  private final List<String> operations = new ArrayList<>();
  private int faultAt = -1;
  private Kind kind;
  private String failing;

  /** Lets the operation with this index, counted from now on, go wrong. */
  public void arm(int index, Kind how) {
    faultAt = operations.size() + index;
    kind = how;
  }

  /** From now on every operation that begins like this fails without effect. */
  public void failAll(String beginning) {
    failing = beginning;
  }

  /** All operations so far, such as {@code create offsets/3}. */
  public List<String> operations() {
    return operations;
  }

  /** Whether the armed fault has struck. */
  public boolean isSpent() {
    return faultAt < operations.size();
  }

  /** Runs an operation, or lets it go wrong. */
  public <T> T around(String operation, Callable<T> effect) throws IOException {
    int index = operations.size();
    operations.add(operation);
    if (index == faultAt && kind == Kind.CRASH_BEFORE) {
      throw new Crash(operation);
    }
    if ((index == faultAt && kind == Kind.FAIL_BEFORE)
        || (failing != null && operation.startsWith(failing))) {
      throw new IOException("fault: " + operation);
    }
    T result;
    try {
      result = effect.call();
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    if (index == faultAt && kind == Kind.CRASH_AFTER) {
      throw new Crash(operation);
    }
    if (index == faultAt && kind == Kind.TIME_OUT_AFTER) {
      throw new IOException("time-out: " + operation);
    }
    return result;
  }
}
