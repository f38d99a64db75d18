package io.tidemark.windows.field;

import io.tidemark.common.TidemarkException;
import io.tidemark.delta.value.SchemaEnvelope;
import io.tidemark.expressions.syntax.SyntaxException;
import io.tidemark.expressions.type.Failure;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.sink.SinkRecord;

/** Problems with a record to aggregate, {@code TM-400} to {@code TM-419}. */
public final class FieldErrors {

  private static final String OR_TOLERATE =
      ", or skip such records with errors.tolerance=all and a dead letter queue.";

  private FieldErrors() {}

  static TidemarkException notARecord(ConnectRecord<?> record, String path) {
    return TidemarkException.of(
        "TM-400",
        """
        Cannot aggregate %s: its value is not a structure of fields, so field %s cannot be read. Use
        a value.converter that gives Structs or maps%s""",
        place(record),
        path,
        OR_TOLERATE);
  }

  static TidemarkException unreadable(
      ConnectRecord<?> record, String path, String why, Throwable cause) {
    return TidemarkException.of(
        "TM-401",
        cause,
        """
        Cannot aggregate %s: field %s cannot be read: %s. Correct the transformation's configuration
        or the producer%s""",
        place(record),
        path,
        why,
        OR_TOLERATE);
  }

  /** A record without schema does not have a field that tells events apart. */
  public static TidemarkException noKey(ConnectRecord<?> record, String path) {
    return TidemarkException.of(
        "TM-483",
        """
        Cannot tell whether %s is a duplicate: it has no field %s. As a null value it would be the
        same as in all other records without the field, and they would be dropped. Correct keys or
        the producer%s""",
        place(record),
        path,
        OR_TOLERATE);
  }

  /** A record comes so late that its key may be forgotten. */
  public static TidemarkException lateKey(
      ConnectRecord<?> record, String operator, long watermarkMs) {
    return TidemarkException.of(
        "TM-484",
        """
        Left out %s: it is older than the watermark %d of %s, so that earlier records of its key may
        be forgotten. With a larger watermark.delay.ms, keys are kept longer; late.records=drop turns
        this report off.""",
        place(record),
        watermarkMs,
        operator);
  }

  static TidemarkException noEventTime(ConnectRecord<?> record, String where, String why) {
    return TidemarkException.of(
        "TM-402",
        """
        Cannot aggregate %s: %s gives no event time: %s. Correct event.time.field, event.time.format
        or the producer%s""",
        place(record),
        where,
        why,
        OR_TOLERATE);
  }

  /** An aggregate cannot take the argument. */
  public static TidemarkException unfit(
      ConnectRecord<?> record, String call, RuntimeException cause) {
    return TidemarkException.of(
        "TM-403",
        cause,
        """
        Cannot aggregate %s: %s cannot take its value: %s. Correct the aggregates or the
        producer%s""",
        place(record),
        call,
        cause.getMessage(),
        OR_TOLERATE);
  }

  /** A group-by field has another kind of type than in earlier records. */
  public static TidemarkException otherKey(
      ConnectRecord<?> record, String path, Object before, Object found) {
    return TidemarkException.of(
        "TM-405",
        """
        Cannot aggregate %s: field %s is %s, but earlier records had %s, and one column cannot group
        by both. Correct the producer%s""",
        place(record),
        path,
        found,
        before,
        OR_TOLERATE);
  }

  /** The record's windows were closed before it came. */
  public static TidemarkException late(ConnectRecord<?> record, String operator, long watermarkMs) {
    return TidemarkException.of(
        "TM-404",
        """
        Left out %s: its windows of %s were closed at watermark %d before the record came. With a
        larger watermark.delay.ms, windows wait longer; late.records=drop turns this report off.""",
        place(record),
        operator,
        watermarkMs);
  }

  /** The results of the record's group would not fit its row. */
  public static TidemarkException noRow(
      ConnectRecord<?> record, long startMicros, RuntimeException cause) {
    return TidemarkException.of(
        "TM-406",
        cause,
        """
        Cannot aggregate %s: with this record, the row of its group in the window that starts at %s
        cannot be written: %s. Nothing was added. Aggregate a smaller number or a decimal, by
        casting the field in the producer%s""",
        place(record),
        Instant.ofEpochMilli(Math.floorDiv(startMicros, 1000L)),
        cause.getMessage(),
        OR_TOLERATE);
  }

  /** A time is finer than a millisecond, and the row can only hold milliseconds. */
  public static TidemarkException finer(ConnectRecord<?> record, String what) {
    return TidemarkException.of(
        "TM-407",
        """
        Cannot aggregate %s: the time of %s is finer than a millisecond, and Connect's timestamps
        have milliseconds, so the row would truncate it. Write milliseconds in the producer%s""",
        place(record),
        what,
        OR_TOLERATE);
  }

  /** A warning: no record has a field. */
  public static TidemarkException neverSeen(String operator, List<String> paths, long records) {
    return TidemarkException.of(
        "TM-408",
        """
        None of the first %d records that %s has read has a field %s, so it counts as null in each
        of them. If the field should be there, correct group.by or aggregates. Upper and lower case
        differ. If a field's own name has a dot, the dot is part of the name; otherwise it leads
        into a nested field.""",
        records,
        operator,
        String.join(", or ", paths));
  }

  /** An expression has no result for a record, such as a division by zero. */
  static TidemarkException noResult(ConnectRecord<?> record, String text, Failure failure) {
    return TidemarkException.of(
        "TM-409",
        failure,
        """
        Cannot aggregate %s: the expression %s has no result, because at its character %d, %s.
        Correct the expression or the producer, for example with CASE or TRY_CAST%s""",
        place(record),
        text,
        failure.position() + 1,
        failure.getMessage(),
        OR_TOLERATE);
  }

  /** An expression does not fit the schema of a record. */
  static TidemarkException unfitExpression(ConnectRecord<?> record, SyntaxException problem) {
    return TidemarkException.of(
        "TM-410",
        problem,
        """
        Cannot aggregate %s: an expression does not fit the schema of the record: %s. Correct
        group.by, aggregates, window.gap.expression or the producer%s""",
        place(record),
        problem.getMessage(),
        OR_TOLERATE);
  }

  /** The gap after a record is no time. */
  static TidemarkException noGap(ConnectRecord<?> record, String path, String why) {
    return TidemarkException.of(
        "TM-411",
        """
        Cannot aggregate %s: %s gives no gap: %s. It must be a number of milliseconds, or text such
        as 5 minutes. Correct window.gap.expression or the producer%s""",
        place(record),
        path,
        why,
        OR_TOLERATE);
  }

  /** A message in the log, once per task: records without a gap are in no session window. */
  public static TidemarkException withoutGap(ConnectRecord<?> record, String operator) {
    return TidemarkException.of(
        "TM-412",
        """
        Left out %s of %s: its gap is null, zero or negative, so it is in no session
        window, as in Spark.
        Such records advance the watermark and are not counted as late. If each record should be in
        one, correct window.gap.expression, for example with coalesce().""",
        place(record),
        operator);
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
