package io.tidemark.delta.table;

/** The errors of this module: stable code, title and remedy, in the order of the reference. */
public enum TableErrorCode {
  UNSUPPORTED_TYPE(
      "TM-200",
      "A column has a type that cannot be written",
      "Drop the column, or change its type to one of the reference's type table."),
  UNKNOWN_PROPERTY(
      "TM-201",
      "An unknown Delta table property was asked for",
      "Correct or remove the table.properties entry; properties that other engines define have to"
          + " be set with those engines after the table exists."),
  INVALID_PROPERTY(
      "TM-202",
      "A Delta table property has a value that Delta does not take",
      "Correct or remove the table.properties entry."),
  CREATE_REFUSED(
      "TM-203",
      "A table cannot be created with this schema",
      "Rename the columns or change the partition columns, or create the table yourself."),
  UNSUPPORTED_FEATURE(
      "TM-210",
      "The table uses a Delta feature that this writer cannot honour",
      "Drop the feature from the table, or write to another table."),
  UNSUPPORTED_PROTOCOL(
      "TM-211",
      "The table's protocol is newer than this writer",
      "Upgrade Tidemark, or drop the newer feature from the table."),
  UNREADABLE_TABLE(
      "TM-212",
      "The Delta log of the table cannot be read",
      "Repair the log (for example from a backup), then restart the connector."),
  UNREADABLE_TYPE(
      "TM-213",
      "A column has a type that cannot be read",
      "Drop the column, or read a table that leaves it out."),
  UNREADABLE_FEATURE(
      "TM-214",
      "The table uses a Delta feature that this reader does not know",
      "Drop the feature from the table, or upgrade Tidemark."),
  UNREADABLE_FILE(
      "TM-215",
      "A data file cannot be read as the table's columns",
      "Restore the file from a backup; or rewrite the table, and read it anew."),
  UNTOLD_PARTITION(
      "TM-216",
      "A removed file's partition is not in the log",
      "Read only what is appended; or rewrite the table, and read it anew."),
  TABLE_GONE(
      "TM-220",
      "The table was removed while a connector used it",
      "Restore the table, or reset the connector's offsets and let it start anew."),
  TABLE_REPLACED(
      "TM-221",
      "Another table stands where the connector's table was",
      "Restore the old table, or reset the connector's offsets and let it start anew."),
  SCHEMA_CHANGED(
      "TM-222",
      "Another writer changed the table's columns in a way that data files do not fit",
      "The records of those files are read again if Kafka still has them; otherwise undo the change"
          + " and restart the connector."),
  PARTITIONING_CHANGED(
      "TM-223",
      "Another writer changed the table's partition columns",
      "The records of those files are read again if Kafka still has them; otherwise undo the change"
          + " and restart the connector."),
  DUPLICATE_COLUMN(
      "TM-230",
      "Two columns differ only in case",
      "Rename one of the fields in the records, for example with a transformation."),
  INVALID_COLUMN_NAME(
      "TM-231",
      "A new column has a name that plain Delta tables do not take",
      "Rename the field in the records, or enable delta.columnMapping.mode=name on the table."),
  RESERVED_COLUMN_NAME(
      "TM-232",
      "A new column has a name that the table's change feed uses itself",
      "Rename the field in the records, for example with a transformation, or set"
          + " delta.enableChangeDataFeed=false on the table."),
  UNSAFE_LOG_STORE(
      "TM-240",
      "The file system has no safe way to commit from two workers",
      "Set hadoop.io.delta.kernel.logStore.<scheme>.impl to a log store with conditional writes."),
  NO_HARD_LINKS(
      "TM-241",
      "The file system of the table has no hard links",
      "Keep the table on a local POSIX file system, on HDFS or in an object store.");

  private final String code;
  private final String title;
  private final String remedy;

  TableErrorCode(String code, String title, String remedy) {
    this.code = code;
    this.title = title;
    this.remedy = remedy;
  }

  /** {@code TM-2nn}; never changes its meaning. */
  public String code() {
    return code;
  }

  /** What went wrong, in general. */
  public String title() {
    return title;
  }

  /** What a person can do, in general. */
  public String remedy() {
    return remedy;
  }
}
