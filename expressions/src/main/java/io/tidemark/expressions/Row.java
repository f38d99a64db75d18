package io.tidemark.expressions;

import java.util.function.LongSupplier;
import org.apache.kafka.connect.connector.ConnectRecord;

/** What an expression reads: a record, and the part of it whose fields have plain names. */
public final class Row {

  private final ConnectRecord<?> record;
  private final Object root;
  private final LongSupplier clock;
  private long nowMs;
  private boolean asked;

  /**
   * @param root value or key of the record: a Struct, a map or null
   * @param clock epoch milliseconds
   */
  public Row(ConnectRecord<?> record, Object root, LongSupplier clock) {
    this.record = record;
    this.root = root;
    this.clock = clock;
  }

  public ConnectRecord<?> record() {
    return record;
  }

  Object root() {
    return root;
  }

  /** Epoch milliseconds, the same for all expressions of the record. */
  long nowMs() {
    if (!asked) {
      nowMs = clock.getAsLong();
      asked = true;
    }
    return nowMs;
  }
}
