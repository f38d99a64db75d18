package io.tidemark.windows.config;

import io.tidemark.delta.schema.FieldRef;
import java.util.Optional;

/**
 * Where the event time of a record is.
 *
 * @param field empty for the timestamp of the record itself
 * @param format how a number or text without logical type is read
 */
public record EventTime(Optional<FieldRef> field, Format format) {

  /** Units of numbers; text is ISO-8601 whatever the format. */
  public enum Format {
    SECONDS,
    MILLIS,
    MICROS,
    NANOS
  }
}
