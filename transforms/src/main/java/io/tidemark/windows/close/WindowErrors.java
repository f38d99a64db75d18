package io.tidemark.windows.close;

import io.tidemark.common.TidemarkException;
import io.tidemark.expressions.syntax.SyntaxException;
import io.tidemark.expressions.type.Failure;
import io.tidemark.windows.config.Definition;
import java.time.Instant;
import java.util.Map;

/** What can go wrong with an operator and its state, {@code TM-440} to {@code TM-449}. */
public final class WindowErrors {

  private WindowErrors() {}

  /** A result does not fit the type of its column. */
  static TidemarkException overflow(
      String operator, String column, long startMicros, int keyHash, RuntimeException cause) {
    return TidemarkException.of(
        "TM-440",
        cause,
        """
        Cannot write the row of a window of %s that starts at %s: %s in column %s, for the group
        whose key hashes to %s. Set errors.tolerance=all and errors.deadletterqueue.topic.name: the
        row then goes to that topic, and the other windows are written. For later windows, aggregate
        a smaller number or a decimal, or give collect_set a larger bound.""",
        operator,
        Instant.ofEpochMilli(Math.floorDiv(startMicros, 1000)),
        cause.getMessage(),
        column,
        Integer.toHexString(keyHash));
  }

  /** The state belongs to another definition. */
  public static TidemarkException otherDefinition(
      String operator, Map<String, String> found, Map<String, String> wanted) {
    return TidemarkException.of(
        "TM-441",
        """
        Cannot continue the open windows of %s: they were aggregated with another configuration than
        it has now (%s). Nothing was written. Restore the previous configuration until the windows
        are closed, or give the connector a new checkpoint.location and table to aggregate from the
        start.""",
        operator,
        Definition.difference(found, wanted));
  }

  /** A transformation was removed while its windows are open. */
  public static TidemarkException operatorRemoved(String operator, long partials) {
    return TidemarkException.of(
        "TM-442",
        """
        Found open windows of %1$s in the checkpoint location (%2$d partials), but the connector
        does not have this transformation any more. Nothing was written. Add transforms.%1$s again,
        or give the connector a new checkpoint.location.""",
        operator,
        partials);
  }

  /** A segment holds partials for an operator that this driver does not know. */
  public static TidemarkException unknownOperator(String operator, String segment) {
    return TidemarkException.of(
        "TM-443",
        """
        Cannot plan the next batch: segment %1$s holds partials of %2$s, which the connector does
        not have as a transformation. Tasks of two configurations run side by side. Wait until all
        tasks are restarted; if that does not help, add transforms.%2$s again.""",
        segment,
        operator);
  }

  /** The condition of a row has no result, such as a division by zero. */
  static TidemarkException noHaving(String operator, ResultRow row, Failure failure) {
    return TidemarkException.of(
        "TM-445",
        failure,
        """
        Cannot write the row of a window of %s that starts at %s, for the group whose key hashes to
        %s: at character %d of having, %s. Correct having, for example with CASE or TRY_CAST. With
        errors.tolerance=all and errors.deadletterqueue.topic.name, the row goes to that topic, and
        the other windows are written.""",
        operator,
        row.start(),
        row.group(),
        failure.position() + 1,
        failure.getMessage());
  }

  /** The condition of rows does not fit the types of their columns. */
  static TidemarkException unfitHaving(String operator, ResultRow row, SyntaxException problem) {
    return TidemarkException.of(
        "TM-446",
        problem,
        """
        Cannot write the row of a window of %s that starts at %s, for the group whose key hashes to
        %s: having does not fit the columns: %s. Correct having; that is allowed while windows are
        open.""",
        operator,
        row.start(),
        row.group(),
        problem.getMessage());
  }

  /** A run that the manifest names is missing. */
  public static TidemarkException runMissing(String file, long batch, Throwable cause) {
    return TidemarkException.of(
        "TM-444",
        cause,
        """
        Cannot plan batch %d: %s, though the previous batch names it. Part of the checkpoint
        location was deleted: restore it. See docs/operating/recovery.md#missing-entry.""",
        batch,
        file);
  }
}
