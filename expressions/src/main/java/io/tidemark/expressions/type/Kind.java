package io.tidemark.expressions.type;

/** The kinds of types, of which the numbers stand in the order of their width. */
public enum Kind {
  /** The type of NULL. */
  NULL,
  /** {@link Boolean}. */
  BOOLEAN,
  /** {@link Byte}. */
  BYTE,
  /** {@link Short}. */
  SHORT,
  /** {@link Integer}. */
  INT,
  /** {@link Long}. */
  LONG,
  /** {@link java.math.BigDecimal} of the type's scale. */
  DECIMAL,
  /** {@link Float}. */
  FLOAT,
  /** {@link Double}. */
  DOUBLE,
  /** {@link String}. */
  STRING,
  /** {@code byte[]}. */
  BINARY,
  /** {@link java.time.LocalDate}. */
  DATE,
  /** {@link java.time.Instant} of whole microseconds. */
  TIMESTAMP,
  /** {@link java.util.List}. */
  ARRAY,
  /** {@link java.util.Map}. */
  MAP,
  /** {@link org.apache.kafka.connect.data.Struct}. */
  STRUCT,
  /** A type that expressions only pass along, such as a time of day. */
  OTHER,
  /** A value without a schema, whose type is that of its class. */
  DYNAMIC;

  /** Whether it is a whole number of a fixed number of bits. */
  public boolean isIntegral() {
    return this == BYTE || this == SHORT || this == INT || this == LONG;
  }

  /** Whether it is a number. */
  public boolean isNumeric() {
    return compareTo(BYTE) >= 0 && compareTo(DOUBLE) <= 0;
  }

  /** Whether it is a binary fraction. */
  public boolean isFloating() {
    return this == FLOAT || this == DOUBLE;
  }

  /** Whether it is a single value. */
  public boolean isAtomic() {
    return compareTo(BOOLEAN) >= 0 && compareTo(TIMESTAMP) <= 0;
  }
}
