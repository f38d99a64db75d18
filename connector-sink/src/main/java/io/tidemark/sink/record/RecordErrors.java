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
 * The failures between a record and its file: TM-100 to TM-111 reject a record, TM-112 to TM-149
 * stop the task because no record would fare better.
 */
public final class RecordErrors {

  private static final String OR_TOLERATE =
      ", or set errors.tolerance=all to send such records to the dead letter queue.";

  private static final int FIRST_OF_THE_TASK = 112;

  private RecordErrors() {}

  /** Whether the error says itself which record it is about. */
  static boolean isOfARecord(TidemarkException e) {
    return Integer.parseInt(e.code().substring("TM-".length())) < FIRST_OF_THE_TASK;
  }

  static TidemarkException notARecord(SinkRecord record) {
    return new TidemarkException(
        "TM-100",
        "Cannot write "
            + place(record)
            + ": its value is "
            + record.value().getClass().getSimpleName()
            + ", not a structure of fields. Use a value.converter that gives Structs or maps, such"
            + " as JsonConverter"
            + OR_TOLERATE,
        null);
  }

  static TidemarkException nullValue(SinkRecord record) {
    return new TidemarkException(
        "TM-101",
        "Cannot write "
            + place(record)
            + ": it has no value. Set behavior.on.null.values=ignore to skip such records"
            + OR_TOLERATE,
        null);
  }

  static TidemarkException unknownField(SinkRecord record, ValueException e) {
    return new TidemarkException(
        "TM-102",
        "Cannot write field "
            + e.path()
            + " of "
            + place(record)
            + ": "
            + e.reason()
            + ". Add the column, set schema.evolution=add"
            + OR_TOLERATE,
        e);
  }

  static TidemarkException filledColumn(SinkRecord record, String field) {
    return new TidemarkException(
        "TM-103",
        "Cannot write field "
            + field
            + " of "
            + place(record)
            + ": the connector fills the column of that name itself. Rename the field, leave the"
            + " column out of metadata.columns and table.partition.by"
            + OR_TOLERATE,
        null);
  }

  static TidemarkException unfit(SinkRecord record, ValueException e) {
    return new TidemarkException(
        "TM-104",
        "Cannot write "
            + (e.path().isEmpty() ? "the value" : "field " + e.path())
            + " of "
            + place(record)
            + ": "
            + e.reason()
            + ". Change the column or the producer"
            + OR_TOLERATE,
        e);
  }

  static TidemarkException unmappable(SinkRecord record, TidemarkException e) {
    return new TidemarkException(
        "TM-105", "Cannot write " + place(record) + ": " + e.getMessage(), e);
  }

  /** The converter has left the schema in the value. */
  public static TidemarkException schemaInValue(SinkRecord record) {
    return SchemaEnvelope.refusal(place(record));
  }

  /**
   * Why a record is to be rejected whose table does not exist and that shows no column to create it
   * with; empty when it has no value and such records are ignored.
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
    return new TidemarkException(
        "TM-106",
        "Cannot write "
            + place(record)
            + ": table "
            + location
            + " does not exist, and no field of the record shows a type to create it with. Create"
            + " the table"
            + OR_TOLERATE,
        null);
  }

  static TidemarkException unmatchedTopic(String topic, String regex) {
    return new TidemarkException(
        "TM-110",
        "Cannot find the table of topic "
            + FieldPath.shortened(topic)
            + ": table.name.format has groups, and topics.regex "
            + regex
            + " does not match the topic, which a transformation may have renamed. Use ${topic},"
            + " change topics.regex"
            + OR_TOLERATE,
        null);
  }

  static TidemarkException unsafeName(String topic, String name) {
    return new TidemarkException(
        "TM-111",
        "Cannot find the table of topic "
            + FieldPath.shortened(topic)
            + ": table.name.format gives "
            + FieldPath.shortened(name)
            + ", which is not a safe path of letters, digits, dot, hyphen and underscore, each part"
            + " of 200 at most. Change table.name.format, or what renames the topic"
            + OR_TOLERATE,
        null);
  }

  static TidemarkException notDerivable(PartitionField field, Object type) {
    return new TidemarkException(
        "TM-112",
        "Cannot fill partition column "
            + field.column()
            + ": column "
            + field.source()
            + " is "
            + (type == null ? "missing" : type)
            + ", not a timestamp. Change table.partition.by, or the type of the column.",
        null);
  }

  static TidemarkException foreignColumn(String column, Object found, Object wanted) {
    return new TidemarkException(
        "TM-113",
        "Cannot fill column "
            + column
            + ": it is "
            + (found == null ? "missing" : found)
            + " in the table, expected "
            + wanted
            + ". Rename or add it, or change metadata.columns and table.partition.by.",
        null);
  }

  /** {@code table.auto.create} is off and there is no table. */
  public static TidemarkException noTable(String location) {
    return new TidemarkException(
        "TM-120",
        "Cannot write to table "
            + location
            + ": there is no Delta table. Create it, or set table.auto.create=true.",
        null);
  }

  /** The table is partitioned otherwise than {@code table.partition.by} says. */
  public static TidemarkException otherPartitions(
      String location, List<String> found, List<String> wanted) {
    return new TidemarkException(
        "TM-121",
        "Cannot write to table "
            + location
            + ": it is partitioned by "
            + found
            + ", but table.partition.by says "
            + wanted
            + ". Remove table.partition.by to follow the table, or use another table.",
        null);
  }

  /** A partition column is not among the columns of the first records. */
  public static TidemarkException noPartitionColumn(String location, String column) {
    return new TidemarkException(
        "TM-122",
        "Cannot create table "
            + location
            + ": none of the first records has a value in partition column "
            + column
            + ". Correct table.partition.by, or create the table.",
        null);
  }

  /** A column has a type that Delta does not partition by. */
  public static TidemarkException unpartitionable(String location, String column, Object type) {
    return new TidemarkException(
        "TM-123",
        "Cannot write to table "
            + location
            + ": partition column "
            + column
            + " is "
            + type
            + ". Partition by another column.",
        null);
  }

  /** All columns are partition columns. */
  public static TidemarkException onlyPartitions(String location) {
    return new TidemarkException(
        "TM-124",
        "Cannot write to table "
            + location
            + ": all its columns are partition columns, and a data file needs one more. Partition"
            + " by fewer columns.",
        null);
  }

  /**
   * A dead letter that is not in the queue.
   *
   * @param cause null when Connect does not tell
   */
  static TidemarkException deadLetterFailed(String record, Throwable cause) {
    return new TidemarkException(
        "TM-130",
        "Cannot pass "
            + record
            + ": Connect could not write its dead letter, "
            + (cause == null
                ? "and its log says why (\"Could not produce message to dead letter queue\")"
                : "since " + cause.getClass().getSimpleName() + ": " + cause.getMessage())
            + ". Nothing past it was sealed. See that errors.deadletterqueue.topic.name exists,"
            + " takes records of that size and may be written to, then restart the task, which"
            + " comes to it again.",
        cause);
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
