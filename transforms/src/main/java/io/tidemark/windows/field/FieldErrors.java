package io.tidemark.windows.field;

import io.tidemark.common.TidemarkException;
import io.tidemark.delta.value.SchemaEnvelope;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.sink.SinkRecord;

/** What can be wrong with a record that is to be aggregated, {@code TM-400} to {@code TM-409}. */
public final class FieldErrors {

  private static final String OR_TOLERATE =
      ", or leave such records out with errors.tolerance=all and a dead letter queue.";

  private FieldErrors() {}

  static TidemarkException notARecord(ConnectRecord<?> record, String path) {
    return new TidemarkException(
        "TM-400",
        "Cannot aggregate "
            + place(record)
            + ": its value is no record of fields, but "
            + path
            + " is to be read. Use a converter that gives records"
            + OR_TOLERATE,
        null);
  }

  static TidemarkException unreadable(
      ConnectRecord<?> record, String path, String why, Throwable cause) {
    return new TidemarkException(
        "TM-401",
        "Cannot aggregate "
            + place(record)
            + ": field "
            + path
            + " cannot be read: "
            + why
            + ". Correct the transformation's configuration or the producer"
            + OR_TOLERATE,
        cause);
  }

  static TidemarkException noEventTime(ConnectRecord<?> record, String where, String why) {
    return new TidemarkException(
        "TM-402",
        "Cannot aggregate "
            + place(record)
            + ": "
            + where
            + " gives no event time: "
            + why
            + ". Correct event.time.field, event.time.format or the producer"
            + OR_TOLERATE,
        null);
  }

  /** An aggregate cannot take the argument. */
  public static TidemarkException unfit(
      ConnectRecord<?> record, String call, RuntimeException cause) {
    return new TidemarkException(
        "TM-403",
        "Cannot aggregate "
            + place(record)
            + ": "
            + call
            + " cannot take it: "
            + cause.getMessage()
            + ". Correct the aggregates or the producer"
            + OR_TOLERATE,
        cause);
  }

  /** A group-by field is of another kind than before. */
  public static TidemarkException otherKey(
      ConnectRecord<?> record, String path, Object before, Object found) {
    return new TidemarkException(
        "TM-405",
        "Cannot aggregate "
            + place(record)
            + ": field "
            + path
            + " is "
            + found
            + ", records before had "
            + before
            + ", and groups of both cannot be one. Correct the producer"
            + OR_TOLERATE,
        null);
  }

  /** The record's windows were closed before it came. */
  public static TidemarkException late(ConnectRecord<?> record, String operator, long watermarkMs) {
    return new TidemarkException(
        "TM-404",
        "Left out "
            + place(record)
            + ": its windows of "
            + operator
            + " were closed at watermark "
            + watermarkMs
            + " before it came. A larger watermark.delay.ms waits longer; late.records=drop does"
            + " not report.",
        null);
  }

  /** The row of the record's group would not hold its results. */
  public static TidemarkException noRow(
      ConnectRecord<?> record, long startMicros, RuntimeException cause) {
    return new TidemarkException(
        "TM-406",
        "Cannot aggregate "
            + place(record)
            + ": with it there is no row of its group in the window that starts at "
            + Instant.ofEpochMilli(Math.floorDiv(startMicros, 1000L))
            + ": "
            + cause.getMessage()
            + ". Nothing was added. Aggregate a smaller number, or a decimal: cast the field in the"
            + " producer"
            + OR_TOLERATE,
        cause);
  }

  /** A row has times in milliseconds. */
  public static TidemarkException finer(ConnectRecord<?> record, String what) {
    return new TidemarkException(
        "TM-407",
        "Cannot aggregate "
            + place(record)
            + ": the time of "
            + what
            + " is finer than a millisecond, which no timestamp of Connect is, and a row would cut"
            + " it. Give the field milliseconds in the producer"
            + OR_TOLERATE,
        null);
  }

  /** A warning: no record has a field. */
  public static TidemarkException neverSeen(String operator, List<String> paths, long records) {
    return new TidemarkException(
        "TM-408",
        "None of the first "
            + records
            + " records that "
            + operator
            + " has read has a field "
            + String.join(", or ", paths)
            + ": it counts as null in each of them. If it should be there, correct group.by or"
            + " aggregates. A dot is part of a name if a field is called so, and leads into a field"
            + " otherwise; upper and lower case differ.",
        null);
  }

  /** The converter has left the schema in the value. */
  public static TidemarkException schemaInValue(ConnectRecord<?> record) {
    return SchemaEnvelope.refusal(place(record));
  }

  private static String place(ConnectRecord<?> record) {
    if (record instanceof SinkRecord sink) {
      return sink.originalTopic()
          + "-"
          + sink.originalKafkaPartition()
          + "@"
          + sink.originalKafkaOffset();
    }
    return "a record of topic " + record.topic();
  }
}
