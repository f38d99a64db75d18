package io.tidemark.sink.config;

import java.util.Locale;

/** Where a row came from, as a column of its own beside those of the value. */
public enum MetadataColumn {
  TOPIC,
  PARTITION,
  OFFSET,
  TIMESTAMP,
  KEY,
  HEADERS;

  /** Name of the column, such as {@code _kafka_offset}. */
  public String columnName() {
    return "_kafka_" + this;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
