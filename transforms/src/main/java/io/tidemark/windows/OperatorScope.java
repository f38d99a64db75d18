package io.tidemark.windows;

import java.util.Map;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * How a transformation finds the operators of the sink task whose thread it runs on. Connect does
 * not give a transformation its connector or task, but runs it on the task's thread.
 */
public abstract class OperatorScope {

  private static final ThreadLocal<OperatorScope> CURRENT = new ThreadLocal<>();

  /**
   * Passes a record to the operator with this configuration.
   *
   * @param configuration as {@code Transformation.configure} got it
   * @return false when the task has no such operator
   */
  public abstract boolean absorb(Map<String, String> configuration, SinkRecord record);

  /** A transformation has dropped a record, as it is configured to. */
  public abstract void dropped();

  /** Sets the scope of the current thread. */
  public static void bind(OperatorScope scope) {
    CURRENT.set(scope);
  }

  /** Removes the scope of the current thread. */
  public static void unbind() {
    CURRENT.remove();
  }

  /** The scope of the current thread, or null. */
  public static OperatorScope current() {
    return CURRENT.get();
  }
}
