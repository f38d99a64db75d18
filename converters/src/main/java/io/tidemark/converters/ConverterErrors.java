package io.tidemark.converters;

import io.tidemark.common.TidemarkException;
import io.tidemark.converters.json.JsonSyntaxException;
import org.apache.kafka.connect.errors.DataException;

/**
 * Errors of converters. They are DataExceptions, as those of Connect's own converters are, so that
 * {@code errors.tolerance} and dead letter queues treat them alike.
 */
final class ConverterErrors {

  private ConverterErrors() {}

  static DataException notJson(String where, JsonSyntaxException cause, int length) {
    return cause.isLimit()
        ? error(
            "TM-801",
            """
            Cannot read %s: it is beyond a limit of JsonConverter, because %s at byte %d of %d.
            Correct the producer. See docs/reference/converter-config.md#limits for all limits. With
            errors.tolerance=all such records go to the dead letter queue.""",
            where,
            cause.getMessage(),
            cause.position(),
            length)
        : error(
            "TM-800",
            """
            Cannot read %s: it is not JSON, because %s at byte %d of %d.
            Correct the producer, or set the converter for the format that it writes. With
            errors.tolerance=all such records go to the dead letter queue.""",
            where,
            cause.getMessage(),
            cause.position(),
            length);
  }

  static DataException noEnvelope(String where) {
    return error(
        "TM-802",
        """
        Cannot read %s: schemas.enable=true, and it is not an object with "schema" and "payload"
        and nothing else.
        Set schemas.enable=false for plain JSON.""",
        where);
  }

  static DataException badSchema(String where, Misfit misfit) {
    return error(
        "TM-803",
        """
        Cannot read the schema of %s: %s is not a schema, because %s.
        Correct the producer.""",
        where,
        misfit.path(),
        misfit.problem());
  }

  static DataException misfit(String where, Misfit misfit) {
    return error(
        "TM-804",
        """
        Cannot read %s: %s does not fit its schema, because %s.
        Correct the producer. With errors.tolerance=all such records go to the dead letter queue.""",
        where,
        misfit.path(),
        misfit.problem());
  }

  static DataException notWritable(String where, Misfit misfit) {
    return error(
        "TM-805",
        """
        Cannot write %s as JSON: %s cannot be written, because %s.
        Correct the connector or the transformations in front of the converter.""",
        where,
        misfit.path(),
        misfit.problem());
  }

  private static DataException error(String code, String template, Object... arguments) {
    return new DataException(code + " " + TidemarkException.message(template, arguments));
  }
}
