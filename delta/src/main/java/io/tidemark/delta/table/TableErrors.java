package io.tidemark.delta.table;

import io.tidemark.common.TidemarkException;
import io.tidemark.delta.kernel.Refusals;
import io.tidemark.delta.schema.FieldPath;
import java.util.Collection;

/** Makes every error of this module that a person has to read. */
final class TableErrors {

  /** Why a table cannot be written that Kernel does not take. */
  static final Refusals REFUSALS =
      new Refusals() {
        @Override
        public TidemarkException unsupported(String location, Exception cause) {
          return error(
              TableErrorCode.UNSUPPORTED_PROTOCOL,
              "Cannot write table " + location + ": " + sentence(cause.getMessage()),
              cause);
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
              "Cannot read the Delta log of table " + location + ": " + sentence(why),
              cause);
        }
      };

  private TableErrors() {}

  static TidemarkException unsupportedType(String location, String column, String type) {
    return error(
        TableErrorCode.UNSUPPORTED_TYPE,
        "Cannot write table "
            + location
            + ": type "
            + type
            + " of column "
            + column
            + " is not supported.",
        null);
  }

  static TidemarkException unknownProperty(String location, String key, Exception cause) {
    return error(
        TableErrorCode.UNKNOWN_PROPERTY,
        "Cannot create table " + location + ": Delta knows no table property " + key + ".",
        cause);
  }

  static TidemarkException invalidProperty(String location, String key, Exception cause) {
    return error(
        TableErrorCode.INVALID_PROPERTY,
        "Cannot create table "
            + location
            + ": Delta refuses the value of table property "
            + key
            + ".",
        cause);
  }

  static TidemarkException createRefused(String location, Exception cause) {
    return error(
        TableErrorCode.CREATE_REFUSED,
        "Cannot create table " + location + ": " + sentence(cause.getMessage()),
        cause);
  }

  static TidemarkException unsupportedFeature(String location, String feature, String remedy) {
    return new TidemarkException(
        TableErrorCode.UNSUPPORTED_FEATURE.code(),
        "Cannot write table " + location + ": it uses " + feature + ". " + remedy,
        null);
  }

  static TidemarkException gone(String location, String id, long version) {
    return error(
        TableErrorCode.TABLE_GONE,
        "Table " + location + " (id " + id + ") is gone; it was at version " + version + ".",
        null);
  }

  static TidemarkException replaced(String location, String id, String other) {
    return error(
        TableErrorCode.TABLE_REPLACED,
        "Table " + location + " has id " + other + "; the connector writes to id " + id + ".",
        null);
  }

  static TidemarkException schemaChanged(String location, long version, String column, String how) {
    return error(
        TableErrorCode.SCHEMA_CHANGED,
        "Cannot append to table "
            + location
            + " at version "
            + version
            + ": column "
            + column
            + " "
            + how
            + " by another writer.",
        null);
  }

  static TidemarkException unknownSchema(String location, Exception cause) {
    return error(
        TableErrorCode.SCHEMA_CHANGED,
        "Cannot append to table "
            + location
            + ": what a data file says that it was written for cannot be read.",
        cause);
  }

  static TidemarkException partitioningChanged(
      String location, long version, Collection<String> before, Collection<String> now) {
    return error(
        TableErrorCode.PARTITIONING_CHANGED,
        "Cannot append to table "
            + location
            + " at version "
            + version
            + ": its partition columns are "
            + now
            + "; data files are laid out by "
            + before
            + ".",
        null);
  }

  static TidemarkException duplicateColumn(String location, String first, String second) {
    return error(
        TableErrorCode.DUPLICATE_COLUMN,
        "Cannot add columns to table "
            + location
            + ": "
            + first
            + " and "
            + second
            + " differ only in case.",
        null);
  }

  static TidemarkException invalidColumnName(String location, String column) {
    return error(
        TableErrorCode.INVALID_COLUMN_NAME,
        "Cannot add column '"
            + FieldPath.shortened(column)
            + "' to table "
            + location
            + ": a name without column mapping has none of space , ; { } ( ) = tab newline.",
        null);
  }

  static TidemarkException reservedColumnName(String location, String column) {
    return error(
        TableErrorCode.RESERVED_COLUMN_NAME,
        "Cannot add column "
            + column
            + " to table "
            + location
            + ": its change feed has a column of that name.",
        null);
  }

  static TidemarkException unsafeLogStore(String location, String scheme) {
    return new TidemarkException(
        TableErrorCode.UNSAFE_LOG_STORE.code(),
        "Cannot use table "
            + location
            + ": commits to "
            + scheme
            + ": without conditional writes are lost when two workers commit. Set"
            + " hadoop.io.delta.kernel.logStore."
            + scheme
            + ".impl to a log store with conditional writes.",
        null);
  }

  static TidemarkException noHardLinks(String file, Exception cause) {
    return error(
        TableErrorCode.NO_HARD_LINKS,
        "Cannot commit " + file + ": its file system makes no hard links.",
        cause);
  }

  private static TidemarkException error(TableErrorCode code, String what, Throwable cause) {
    return new TidemarkException(code.code(), what + " " + code.remedy(), cause);
  }

  private static String sentence(String why) {
    String text = String.valueOf(why).strip();
    return text.endsWith(".") ? text : text + ".";
  }
}
