package io.tidemark.windows.config;

import io.tidemark.delta.schema.FieldRef;
import java.util.Optional;

/**
 * Where the event time of a record is.
 *
 * @param field empty for the timestamp of the record itself
 * @param format unit of a number without logical type
 */
public record EventTime(Optional<FieldRef> field, Format format) {

  /** Units of numbers; text is always ISO-8601. */
  public enum Format {
    SECONDS,
    MILLIS,
    MICROS,
    NANOS
  }
}
