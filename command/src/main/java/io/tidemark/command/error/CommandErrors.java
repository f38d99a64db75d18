package io.tidemark.command.error;

import io.tidemark.checkpoint.TidemarkException;

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

  /** Segments wait that only the connector's own configuration can put into windows. */
  public static TidemarkException windowsWait(String location, int segments) {
    return new TidemarkException(
        "TM-604",
        "Changed nothing in "
            + location
            + ": the connector has windows, and "
            + segments
            + " segments wait for them, which takes its configuration. Alter the offsets with the"
            + " stopped connector itself: PATCH or DELETE /connectors/<name>/offsets.",
        null);
  }
}
