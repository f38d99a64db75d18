package io.tidemark.transforms;

import io.tidemark.common.TidemarkException;
import io.tidemark.expressions.syntax.SyntaxException;
import io.tidemark.expressions.type.Failure;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.sink.SinkRecord;

/** Problems with a record that expressions are computed from, {@code TM-470} to {@code TM-479}. */
final class ExpressionErrors {

  private static final String OR_TOLERATE =
      ", or skip such records with errors.tolerance=all and a dead letter queue.";

  private ExpressionErrors() {}

  /** A value has no result, such as a division by zero. */
  static TidemarkException failed(ConnectRecord<?> record, String key, Failure failure) {
    return TidemarkException.of(
        "TM-470",
        failure,
        """
        Cannot compute %s of %s: at character %d of the expression, %s. Correct the expression or
        the producer, for example with CASE or TRY_CAST%s""",
        key,
        place(record),
        failure.position() + 1,
        failure.getMessage(),
        OR_TOLERATE);
  }

  /** The expression does not fit the schema of the record. */
  static TidemarkException unfit(ConnectRecord<?> record, String key, SyntaxException problem) {
    return TidemarkException.of(
        "TM-471",
        problem,
        """
        Cannot compute %s of %s: the expression does not fit the schema of the record: %s. Correct
        the expression or the producer%s""",
        key,
        place(record),
        problem.getMessage(),
        OR_TOLERATE);
  }

  /** The part of the record has no fields. */
  static TidemarkException noFields(ConnectRecord<?> record, String key, RecordPart part) {
    boolean value = part == RecordPart.VALUE;
    return TidemarkException.of(
        "TM-472",
        """
        Cannot compute %s of %s: its %s is not a structure of fields. Use a %s that gives Structs
        or maps%s""",
        key,
        place(record),
        value ? "value" : "key",
        value ? "value.converter" : "key.converter",
        OR_TOLERATE);
  }

  /** Two columns of the result have one name. */
  static TidemarkException twice(ConnectRecord<?> record, String key, String column) {
    return TidemarkException.of(
        "TM-473",
        """
        Cannot compute %s of %s: the result would have two columns with the name %s. Give one of
        them another name with AS%s""",
        key,
        place(record),
        column,
        OR_TOLERATE);
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
