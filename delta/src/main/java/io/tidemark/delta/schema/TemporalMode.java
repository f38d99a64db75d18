package io.tidemark.delta.schema;

/** How rows that are read carry timestamps, which Delta keeps in microseconds. */
public enum TemporalMode {
  /** As INT64 {@code io.debezium.time.MicroTimestamp}, microseconds since the epoch. */
  MICROS,
  /** As Connect's {@code Timestamp}: what is finer than a millisecond is cut, towards the past. */
  CONNECT
}
