package io.tidemark.delta.table;

import io.tidemark.common.TidemarkException;

/** The errors of tables: code, title and remedy, in the order of docs/reference/errors.md. */
public enum TableErrorCode {
  UNSUPPORTED_TYPE(
      "TM-200",
      "A column has a type that the sink cannot write",
      "Drop the column, or change its type to one that docs/reference/types.md lists."),
  UNKNOWN_PROPERTY(
      "TM-201",
      "table.properties has a property that Delta Kernel does not know",
      """
      Correct or remove the entry in table.properties. If another engine defines the property,
      set it with that engine after the table exists.
      """),
  INVALID_PROPERTY(
      "TM-202",
      "table.properties has a value that Delta Kernel does not accept",
      "Correct or remove the entry in table.properties."),
  CREATE_REFUSED(
      "TM-203",
      "A table cannot be created with this schema",
      "Rename the columns, change the partition columns, or create the table yourself."),
  UNSUPPORTED_FEATURE(
      "TM-210",
      "The table has a Delta feature that the sink does not support",
      "Drop the feature from the table, or write to another table."),
  UNSUPPORTED_PROTOCOL(
      "TM-211",
      "The protocol of the table is newer than this release",
      "Upgrade Tidemark, or drop the newer feature from the table."),
  UNREADABLE_TABLE(
      "TM-212",
      "The Delta log of the table cannot be read",
      "Repair the log (for example from a backup), then restart the connector."),
  UNREADABLE_TYPE(
      "TM-213",
      "A column has a type that the source cannot read",
      "Drop the column, or read a table without it."),
  UNREADABLE_FEATURE(
      "TM-214",
      "The table has a Delta feature that the source does not support",
      "Drop the feature from the table, or upgrade Tidemark."),
  UNREADABLE_FILE(
      "TM-215",
      "A data file cannot be read with the columns of the table",
      "Restore the file from a backup; or rewrite the table, and read it again."),
  UNTOLD_PARTITION(
      "TM-216",
      "The log does not have the partition of a removed file",
      "Read appended rows only (read.change.feed=false); or rewrite the table, and read it again."),
  TABLE_GONE(
      "TM-220",
      "The table was dropped while a connector used it",
      """
      Restore the table; or start over: a sink with a new checkpoint.location, a source after its
      offsets were reset.
      """),
  TABLE_REPLACED(
      "TM-221",
      "The table was dropped and created again",
      "Restore the old table; or start over with a new checkpoint.location."),
  SCHEMA_CHANGED(
      "TM-222",
      "Another writer changed the columns, and data files do not fit them",
      """
      The connector reads the records of these files again if Kafka still has them. If Kafka has
      deleted them, undo the change and restart the connector.
      """),
  PARTITIONING_CHANGED(
      "TM-223",
      "Another writer changed the partition columns of the table",
      """
      The connector reads the records of these files again if Kafka still has them. If Kafka has
      deleted them, undo the change and restart the connector.
      """),
  DUPLICATE_COLUMN(
      "TM-230",
      "The names of two columns differ only in case",
      "Rename one of the fields in the records, for example with a transformation."),
  INVALID_COLUMN_NAME(
      "TM-231",
      "A table without column mapping cannot have a column of this name",
      "Rename the field in the records, or set delta.columnMapping.mode=name on the table."),
  RESERVED_COLUMN_NAME(
      "TM-232",
      "The change data feed has a column of this name",
      """
      Rename the field in the records, for example with a transformation; or set
      delta.enableChangeDataFeed=false on the table.
      """);

  private final String code;
  private final String title;
  private final String remedy;

  TableErrorCode(String code, String title, String remedy) {
    this.code = code;
    this.title = title;
    this.remedy = TidemarkException.message(remedy);
  }

  /** {@code TM-2nn}; its meaning never changes. */
  public String code() {
    return code;
  }

  /** What happened, without the details of one case. */
  public String title() {
    return title;
  }

  /** What an operator can do. */
  public String remedy() {
    return remedy;
  }
}
