package io.tidemark.delta.schema;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.connect.data.Schema;

/**
 * The meaning that the name of a Connect schema gives to its values beyond their base type:
 * Connect's own logical types and Debezium's. Every name that is not listed is {@link #PLAIN}.
 */
public enum LogicalType {
  /** No meaning beyond the base type. */
  PLAIN("", null),
  /** {@code BigDecimal} of a fixed scale. */
  DECIMAL("org.apache.kafka.connect.data.Decimal", Schema.Type.BYTES),
  /** {@code java.util.Date} at midnight UTC. */
  DATE("org.apache.kafka.connect.data.Date", Schema.Type.INT32),
  /** {@code java.util.Date} on 1970-01-01. */
  TIME("org.apache.kafka.connect.data.Time", Schema.Type.INT32),
  /** {@code java.util.Date}. */
  TIMESTAMP("org.apache.kafka.connect.data.Timestamp", Schema.Type.INT64),
  /** Days since the epoch. */
  EPOCH_DAYS("io.debezium.time.Date", Schema.Type.INT32),
  /** Milliseconds since the epoch. */
  EPOCH_MILLIS("io.debezium.time.Timestamp", Schema.Type.INT64),
  /** Microseconds since the epoch. */
  EPOCH_MICROS("io.debezium.time.MicroTimestamp", Schema.Type.INT64),
  /** Nanoseconds since the epoch. */
  EPOCH_NANOS("io.debezium.time.NanoTimestamp", Schema.Type.INT64),
  /** ISO-8601 text with an offset. */
  ZONED_TIMESTAMP("io.debezium.time.ZonedTimestamp", Schema.Type.STRING),
  /** Milliseconds of the day. */
  DAY_MILLIS("io.debezium.time.Time", Schema.Type.INT32),
  /** Microseconds of the day. */
  DAY_MICROS("io.debezium.time.MicroTime", Schema.Type.INT64),
  /** Nanoseconds of the day. */
  DAY_NANOS("io.debezium.time.NanoTime", Schema.Type.INT64),
  /** ISO-8601 text of a time with an offset. */
  ZONED_TIME("io.debezium.time.ZonedTime", Schema.Type.STRING),
  /** A struct of {@code scale} and unscaled {@code value}. */
  VARIABLE_DECIMAL("io.debezium.data.VariableScaleDecimal", Schema.Type.STRUCT);

  private static final Map<String, LogicalType> BY_NAME =
      Arrays.stream(values())
          .collect(Collectors.toUnmodifiableMap(type -> type.name, Function.identity()));

  private final String name;
  private final Schema.Type base;

  LogicalType(String name, Schema.Type base) {
    this.name = name;
    this.base = base;
  }

  /** The name that a schema of this type has. */
  String schemaName() {
    return name;
  }

  /** The type that a schema of this name has to have. */
  Schema.Type base() {
    return base;
  }

  /** The logical type of a schema; its name counts only together with the right base type. */
  public static LogicalType of(Schema schema) {
    LogicalType named = schema.name() == null ? PLAIN : BY_NAME.getOrDefault(schema.name(), PLAIN);
    return named.base == schema.type() ? named : PLAIN;
  }
}
