package io.tidemark.windows;

import java.util.Map;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * How a transformation finds the operators of the sink task whose thread it runs on. Connect tells
 * a transformation neither its connector nor its task, but runs both on one thread.
 */
public interface OperatorScope {

  /**
   * Takes a record for the operator that is configured like this.
   *
   * @param configuration as {@code Transformation.configure} got it
   * @return false when the task has no such operator
   */
  boolean absorb(Map<String, String> configuration, SinkRecord record);

  /** Makes the scope that of the current thread. */
  static void bind(OperatorScope scope) {
    BoundScope.CURRENT.set(scope);
  }

  /** The current thread has none any more. */
  static void unbind() {
    BoundScope.CURRENT.remove();
  }

  /** The scope of the current thread, or null. */
  static OperatorScope current() {
    return BoundScope.CURRENT.get();
  }
}
