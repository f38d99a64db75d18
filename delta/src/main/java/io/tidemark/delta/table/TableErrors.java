package io.tidemark.delta.table;

import io.tidemark.common.TidemarkException;
import io.tidemark.delta.kernel.Refusals;
import io.tidemark.delta.schema.FieldPath;
import java.util.Collection;

/** Makes all errors of this package that an operator reads. */
final class TableErrors {

  /** Why a table cannot be written to: Delta Kernel does not accept it. */
  static final Refusals REFUSALS =
      new Refusals() {
        @Override
        public TidemarkException unsupported(String location, Exception cause) {
          return error(
              TableErrorCode.UNSUPPORTED_PROTOCOL,
              cause,
              "Cannot write to table %s: %s",
              location,
              sentence(cause.getMessage()));
        }

        @Override
        public TidemarkException catalogManaged(String location) {
          return unsupportedFeature(
              location, "table feature catalogManaged", "Write to a table without that feature.");
        }

        @Override
        public TidemarkException unreadable(String location, String why, Exception cause) {
          return error(
              TableErrorCode.UNREADABLE_TABLE,
              cause,
              "Cannot read the Delta log of table %s: %s",
              location,
              sentence(why));
        }
      };

  private TableErrors() {}

  static TidemarkException unsupportedType(String location, String column, String type) {
    return error(
        TableErrorCode.UNSUPPORTED_TYPE,
        null,
        "Cannot write to table %s: column %s has type %s, which is not supported.",
        location,
        column,
        type);
  }

  static TidemarkException unknownProperty(String location, String key, Exception cause) {
    return error(
        TableErrorCode.UNKNOWN_PROPERTY,
        cause,
        "Cannot create table %s: Delta Kernel does not know table property %s.",
        location,
        key);
  }

  static TidemarkException invalidProperty(String location, String key, Exception cause) {
    return error(
        TableErrorCode.INVALID_PROPERTY,
        cause,
        "Cannot create table %s: Delta Kernel does not accept the value of table property %s.",
        location,
        key);
  }

  static TidemarkException createRefused(String location, Exception cause) {
    return error(
        TableErrorCode.CREATE_REFUSED,
        cause,
        "Cannot create table %s: %s",
        location,
        sentence(cause.getMessage()));
  }

  static TidemarkException unsupportedFeature(String location, String feature, String remedy) {
    return TidemarkException.of(
        TableErrorCode.UNSUPPORTED_FEATURE.code(),
        "Cannot write to table %s: it has %s, which the sink does not support. %s",
        location,
        feature,
        remedy);
  }

  static TidemarkException gone(String location, String id, long version) {
    return error(
        TableErrorCode.TABLE_GONE,
        null,
        "Table %s (id %s) does not exist any more. It was last seen at version %d.",
        location,
        id,
        version);
  }

  static TidemarkException replaced(String location, String id, String other) {
    return error(
        TableErrorCode.TABLE_REPLACED,
        null,
        """
        Table %s has id %s, but the connector wrote to a table with id %s. The table was dropped
        and created again.
        """,
        location,
        other,
        id);
  }

  static TidemarkException schemaChanged(String location, long version, String column, String how) {
    return error(
        TableErrorCode.SCHEMA_CHANGED,
        null,
        "Cannot append to table %s at version %d: column %s %s by another writer.",
        location,
        version,
        column,
        how);
  }

  static TidemarkException unknownSchema(String location, Exception cause) {
    return error(
        TableErrorCode.SCHEMA_CHANGED,
        cause,
        "Cannot append to table %s: the schema for which a data file was written cannot be read.",
        location);
  }

  static TidemarkException partitioningChanged(
      String location, long version, Collection<String> before, Collection<String> now) {
    return error(
        TableErrorCode.PARTITIONING_CHANGED,
        null,
        """
        Cannot append to table %s at version %d: its partition columns are %s, but the data files
        were written for partition columns %s.
        """,
        location,
        version,
        now,
        before);
  }

  static TidemarkException duplicateColumn(String location, String first, String second) {
    return error(
        TableErrorCode.DUPLICATE_COLUMN,
        null,
        "Cannot add columns to table %s: names %s and %s differ only in case.",
        location,
        first,
        second);
  }

  static TidemarkException invalidColumnName(String location, String column) {
    return error(
        TableErrorCode.INVALID_COLUMN_NAME,
        null,
        """
        Cannot add column '%s' to table %s: without column mapping, a column name cannot contain a
        space, a tab, a newline or one of these characters: , ; { } ( ) =
        """,
        FieldPath.shortened(column),
        location);
  }

  static TidemarkException reservedColumnName(String location, String column) {
    return error(
        TableErrorCode.RESERVED_COLUMN_NAME,
        null,
        "Cannot add column %s to table %s: the change data feed has a column of that name.",
        column,
        location);
  }

  private static TidemarkException error(
      TableErrorCode code, Throwable cause, String template, Object... arguments) {
    String what = TidemarkException.message(template, arguments);
    return TidemarkException.of(code.code(), cause, "%s %s", what, code.remedy());
  }

  private static String sentence(String why) {
    String text = String.valueOf(why).strip();
    return text.endsWith(".") ? text : text + ".";
  }
}
