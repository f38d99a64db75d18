package io.tidemark.delta.parquet;

import io.tidemark.delta.schema.ColumnType;
import org.apache.parquet.schema.Type;

/** A column whose type in the file cannot be read as the table's. */
public final class ColumnMismatchException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ColumnMismatchException(String path, ColumnType type, Type file) {
    super("column " + path + " is " + type + " in the table and " + spelled(file) + " in the file");
  }

  /** A value that the file's type allows and the column's does not. */
  ColumnMismatchException(String path, ColumnType type) {
    super("column " + path + " has a value in the file that is no " + type);
  }

  private ColumnMismatchException(String message) {
    super(message);
  }

  /** A timestamp whose meaning depends on the time zone in which it was written. */
  static ColumnMismatchException oldCalendar(String path) {
    return new ColumnMismatchException(
        "column "
            + path
            + " has a timestamp before 1900, and Spark wrote the file in the calendar of before 1582"
            + " and in a time zone of its own (org.apache.spark.legacyDateTime, legacyINT96, or a"
            + " version before 3): rewrite it with"
            + " spark.sql.parquet.datetimeRebaseModeInWrite=CORRECTED and"
            + " spark.sql.parquet.int96RebaseModeInWrite=CORRECTED");
  }

  private static String spelled(Type file) {
    return file.toString().replaceAll("\\s+", " ").strip();
  }
}
