package io.tidemark.command.error;

import io.tidemark.checkpoint.TidemarkException;
import java.util.Collection;

/** What can be wrong with a use of the command, {@code TM-600} to {@code TM-649}. */
public final class CommandErrors {

  private CommandErrors() {}

  /** There is no checkpoint location where one was looked for. */
  public static TidemarkException noLocation(String location) {
    return new TidemarkException(
        "TM-600",
        "Found no checkpoint location at "
            + location
            + ": it has no file metadata. Name the connector's checkpoint.location; its default is"
            + " _tidemark/<connector> inside table.path.",
        null);
  }

  /** Kafka does not answer. */
  public static TidemarkException kafkaUnreachable(String bootstrapServer, Throwable cause) {
    return new TidemarkException(
        "TM-601",
        "Cannot ask Kafka at "
            + bootstrapServer
            + " for offsets: "
            + cause.getMessage()
            + ". Correct --bootstrap-server, and give what security needs with --command-config.",
        cause);
  }

  /** A connector wrote to the location a moment ago. */
  public static TidemarkException seemsToRun(String location, String ago) {
    return new TidemarkException(
        "TM-602",
        "Changed nothing in "
            + location
            + ": the connector seems to run, it wrote there "
            + ago
            + " ago. Stop it (PUT /connectors/<name>/stop) and wait two minutes, or add --force when"
            + " it is known to be stopped.",
        null);
  }

  /** A location with a damaged file is not moved. */
  public static TidemarkException damaged(String location, String file) {
    return new TidemarkException(
        "TM-603",
        "Changed nothing in "
            + location
            + ": "
            + file
            + " is damaged. Look at it with tidemark repair first.",
        null);
  }

  /** A query of Spark's was at work last: what it left takes the connector's configuration. */
  public static TidemarkException sparkWasLast(String location, long batch) {
    return new TidemarkException(
        "TM-604",
        "Changed nothing in "
            + location
            + ": batch "
            + batch
            + " is a Spark query's, and only the connector can tell whether it may take over behind"
            + " it. Alter the offsets of the stopped connector instead, which does that first: PATCH"
            + " or DELETE /connectors/<name>/offsets.",
        null);
  }

  /** The batch to return to has windows that are not whole. */
  public static TidemarkException stateDamaged(String location, String file, String why) {
    return new TidemarkException(
        "TM-606",
        "Changed nothing in "
            + location
            + ": the open windows of the batch to return to need "
            + file
            + ", and "
            + why
            + ". tidemark repair says what can be done about it, and whether there is a batch whose"
            + " windows are whole.",
        null);
  }

  /** A topic of which no batch has named a partition. */
  public static TidemarkException topicUnknown(
      String location, String topic, Collection<String> known) {
    return new TidemarkException(
        "TM-605",
        "Changed nothing in "
            + location
            + ": no batch there names a partition of topic "
            + topic
            + "; the newest one names "
            + (known.isEmpty() ? "none" : String.join(", ", known))
            + ". Correct --topic. Where a topic begins that was never read is what starting.offsets"
            + " and PATCH /connectors/<name>/offsets say.",
        null);
  }
}
