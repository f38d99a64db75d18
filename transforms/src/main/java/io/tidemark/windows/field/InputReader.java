package io.tidemark.windows.field;

import io.tidemark.delta.schema.ColumnType;
import io.tidemark.windows.config.Input;
import org.apache.kafka.connect.connector.ConnectRecord;

/** Reads one input of an aggregation from records. Used by one thread. */
public sealed interface InputReader permits FieldReader, ComputedReader {

  /** The reader of an input. */
  static InputReader of(Input input) {
    return input instanceof Input.Field field
        ? new FieldReader(field.ref())
        : new ComputedReader((Input.Computed) input);
  }

  /**
   * Reads the input.
   *
   * @return null, or a value of a class that aggregate functions take
   * @throws io.tidemark.common.TidemarkException naming the record when it cannot be read
   */
  Object read(ConnectRecord<?> record);

  /** Type of what {@link #read} read last; null when the value was null and gave no type. */
  ColumnType type();

  /** Its canonical text, for messages, logs and state. */
  String path();

  /** Whether the record that was read last has it, even with a null value. */
  boolean had();

  /** Whether any record has had it, even with a null value. */
  boolean isFound();
}
