package io.tidemark.windows.close;

import io.tidemark.common.TidemarkException;
import io.tidemark.windows.config.Definition;
import java.time.Instant;
import java.util.Map;

/** What can go wrong with an operator and its state, {@code TM-440} to {@code TM-449}. */
public final class WindowErrors {

  private WindowErrors() {}

  /** A result does not fit the type of its column. */
  static TidemarkException overflow(
      String operator, String column, long startMicros, int keyHash, RuntimeException cause) {
    return new TidemarkException(
        "TM-440",
        "Cannot write the row of a window of "
            + operator
            + " that starts at "
            + Instant.ofEpochMilli(Math.floorDiv(startMicros, 1000))
            + ": "
            + cause.getMessage()
            + " in column "
            + column
            + ", of the group whose key hashes to "
            + Integer.toHexString(keyHash)
            + ". Set errors.tolerance=all and errors.deadletterqueue.topic.name: the row then goes"
            + " there, and the other windows are written. For later windows, aggregate a smaller"
            + " number or a decimal, or give collect_set a larger bound.",
        cause);
  }

  /** The state belongs to another definition. */
  public static TidemarkException otherDefinition(
      String operator, Map<String, String> found, Map<String, String> wanted) {
    return new TidemarkException(
        "TM-441",
        "Cannot continue the open windows of "
            + operator
            + ": they were aggregated otherwise than it is configured now ("
            + Definition.difference(found, wanted)
            + "). Nothing was written. Put the former configuration back until the windows are"
            + " closed, or give the connector a new checkpoint.location and table to aggregate from"
            + " the start.",
        null);
  }

  /** A transformation was removed while its windows are open. */
  public static TidemarkException operatorRemoved(String operator, long partials) {
    return new TidemarkException(
        "TM-442",
        "Found open windows of "
            + operator
            + " in the checkpoint location ("
            + partials
            + " partials), but the connector has no such transformation any more. Nothing was"
            + " written. Put transforms."
            + operator
            + " back, or give the connector a new checkpoint.location.",
        null);
  }

  /** A segment holds partials for an operator that this driver does not know. */
  public static TidemarkException unknownOperator(String operator, String segment) {
    return new TidemarkException(
        "TM-443",
        "Cannot plan the next batch: segment "
            + segment
            + " holds partials of "
            + operator
            + ", which the connector does not have as a transformation. Tasks of two configurations"
            + " run side by side: wait until all are restarted; if that does not help, put"
            + " transforms."
            + operator
            + " back.",
        null);
  }

  /** A run that the manifest names is not there. */
  public static TidemarkException runMissing(String file, long batch, Throwable cause) {
    return new TidemarkException(
        "TM-444",
        "Cannot plan batch "
            + batch
            + ": "
            + file
            + ", though the batch before names it. Part of the checkpoint location was"
            + " deleted: restore it. See docs/operating/recovery.md#missing-entry.",
        cause);
  }
}
