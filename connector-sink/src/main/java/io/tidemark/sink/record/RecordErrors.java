package io.tidemark.sink.record;

import io.tidemark.common.TidemarkException;
import io.tidemark.delta.schema.FieldPath;
import io.tidemark.delta.value.SchemaEnvelope;
import io.tidemark.delta.value.ValueException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * Failures between a record and its data file: TM-100 to TM-111 reject a record, TM-112 to TM-149
 * fail the task because every record would fail the same way.
 */
public final class RecordErrors {

  private static final String OR_TOLERATE =
      """
       Or set errors.tolerance=all: such records are then left out, and go to the dead letter queue
      if there is one.
      """;

  private static final int FIRST_OF_THE_TASK = 112;

  private RecordErrors() {}

  /** Whether the error rejects a record, and names it. */
  static boolean isOfARecord(TidemarkException e) {
    return Integer.parseInt(e.code().substring("TM-".length())) < FIRST_OF_THE_TASK;
  }

  static TidemarkException notARecord(SinkRecord record) {
    return rejected(
        "TM-100",
        null,
        """
        Cannot write %s: its value is %s, not a structure of fields. Use a value.converter that
        gives Structs or maps, such as JsonConverter.
        """,
        place(record),
        record.value().getClass().getSimpleName());
  }

  static TidemarkException nullValue(SinkRecord record) {
    return rejected(
        "TM-101",
        null,
        "Cannot write %s: its value is null. To skip such records, set"
            + " behavior.on.null.values=ignore.",
        place(record));
  }

  static TidemarkException unknownField(SinkRecord record, ValueException e) {
    return rejected(
        "TM-102",
        e,
        "Cannot write field %s of %s: %s. Add the column, or set schema.evolution=add.",
        e.path(),
        place(record),
        e.reason());
  }

  static TidemarkException filledColumn(SinkRecord record, String field) {
    return rejected(
        "TM-103",
        null,
        """
        Cannot write field %s of %s: the connector itself fills the column of that name. Rename the
        field, or remove the column from metadata.columns and table.partition.by.
        """,
        field,
        place(record));
  }

  static TidemarkException unfit(SinkRecord record, ValueException e) {
    return rejected(
        "TM-104",
        e,
        "Cannot write %s of %s: %s. Change the column or the producer.",
        e.path().isEmpty() ? "the value" : "field " + e.path(),
        place(record),
        e.reason());
  }

  static TidemarkException unmappable(SinkRecord record, TidemarkException e) {
    return TidemarkException.of("TM-105", e, "Cannot write %s: %s", place(record), e.getMessage());
  }

  /** The converter has left the schema in the value. */
  public static TidemarkException schemaInValue(SinkRecord record) {
    return SchemaEnvelope.refusal(place(record));
  }

  /**
   * The reason to reject a record that has no column to create its missing table with; empty when
   * it has no value and such records are ignored.
   */
  public static Optional<TidemarkException> withoutTable(
      SinkRecord record, String location, NullValues nullValues) {
    if (record.value() == null) {
      return nullValues == NullValues.IGNORE ? Optional.empty() : Optional.of(nullValue(record));
    }
    boolean fields = record.value() instanceof Struct || record.value() instanceof Map;
    return Optional.of(fields ? noColumns(record, location) : notARecord(record));
  }

  private static TidemarkException noColumns(SinkRecord record, String location) {
    return rejected(
        "TM-106",
        null,
        """
        Cannot write %s: table %s does not exist, and the record has no field whose type is known,
        from which the table could be created. Create the table.
        """,
        place(record),
        location);
  }

  static TidemarkException unmatchedTopic(String topic, String regex) {
    return rejected(
        "TM-110",
        null,
        """
        Cannot find the table of topic %s: table.name.format has groups, but topics.regex %s does
        not match the topic. A transformation may have renamed the topic. Use ${topic}, or change
        topics.regex.
        """,
        FieldPath.shortened(topic),
        regex);
  }

  static TidemarkException unsafeName(String topic, String name) {
    return rejected(
        "TM-111",
        null,
        """
        Cannot find the table of topic %s: table.name.format gives %s, which is not a safe path. A
        safe path has parts of at most 200 letters, digits, dots, hyphens and underscores. Change
        table.name.format, or the transformation that renames the topic.
        """,
        FieldPath.shortened(topic),
        FieldPath.shortened(name));
  }

  private static TidemarkException rejected(
      String code, Throwable cause, String template, Object... arguments) {
    return TidemarkException.of(code, cause, template.strip() + OR_TOLERATE, arguments);
  }

  static TidemarkException notDerivable(PartitionField field, Object type) {
    return TidemarkException.of(
        "TM-112",
        """
        Cannot fill partition column %s: column %s is %s, not a timestamp. Change
        table.partition.by, or the type of the column.
        """,
        field.column(),
        field.source(),
        type == null ? "missing" : type);
  }

  static TidemarkException foreignColumn(String column, Object found, Object wanted) {
    return TidemarkException.of(
        "TM-113",
        """
        Cannot fill column %s: it is %s in the table, but must be %s. Rename or add the column, or
        change metadata.columns and table.partition.by.
        """,
        column,
        found == null ? "missing" : found,
        wanted);
  }

  /** {@code table.auto.create} is off and the table does not exist. */
  public static TidemarkException noTable(String location) {
    return TidemarkException.of(
        "TM-120",
        """
        Cannot write to table %s: it does not exist. Create it, or set table.auto.create=true.
        """,
        location);
  }

  /** The partition columns of the table are not those of {@code table.partition.by}. */
  public static TidemarkException otherPartitions(
      String location, List<String> found, List<String> wanted) {
    return TidemarkException.of(
        "TM-121",
        """
        Cannot write to table %s: it is partitioned by %s, but table.partition.by is %s. Remove
        table.partition.by to use the partition columns of the table, or use another table.
        """,
        location,
        found,
        wanted);
  }

  /** The first records have no value in a partition column. */
  public static TidemarkException noPartitionColumn(String location, String column) {
    return TidemarkException.of(
        "TM-122",
        """
        Cannot create table %s: none of the first records has a value in partition column %s.
        Correct table.partition.by, or create the table.
        """,
        location,
        column);
  }

  /** A partition column has a type that Delta does not partition by. */
  public static TidemarkException unpartitionable(String location, String column, Object type) {
    return TidemarkException.of(
        "TM-123",
        """
        Cannot write to table %s: partition column %s has type %s, and Delta does not partition by
        this type. Partition by another column.
        """,
        location,
        column,
        type);
  }

  /** All columns are partition columns. */
  public static TidemarkException onlyPartitions(String location) {
    return TidemarkException.of(
        "TM-124",
        """
        Cannot write to table %s: all its columns are partition columns, but a data file needs at
        least one other column. Partition by fewer columns.
        """,
        location);
  }

  /**
   * A dead letter could not be written to its queue.
   *
   * @param record the place of the record
   * @param cause null when Connect does not give one
   */
  static TidemarkException deadLetterFailed(String record, Throwable cause) {
    return TidemarkException.of(
        "TM-130",
        cause,
        """
        Cannot continue past %s: Connect could not write its dead letter. %s. Nothing after this
        record was sealed. Check that the topic of errors.deadletterqueue.topic.name exists, that it
        takes records of that size, and that the connector may write to it. Then restart the task,
        which reads the record again.
        """,
        record,
        cause == null
            ? "The worker's log has the cause (\"Could not produce message to dead letter queue\")"
            : "The cause is " + cause.getClass().getSimpleName() + ": " + cause.getMessage());
  }

  static String place(SinkRecord record) {
    if (record instanceof ResultRecord result) {
      return result.place();
    }
    return record.originalTopic()
        + "-"
        + record.originalKafkaPartition()
        + "@"
        + record.originalKafkaOffset();
  }
}
