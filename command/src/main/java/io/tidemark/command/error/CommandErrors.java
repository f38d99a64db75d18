package io.tidemark.command.error;

import io.tidemark.common.TidemarkException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
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
            + reason(cause)
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

  /** A text that names no place at all. */
  public static TidemarkException locationUnusable(String location, Throwable cause) {
    return new TidemarkException(
        "TM-607",
        "Cannot use checkpoint location \""
            + location
            + "\": "
            + reason(cause)
            + ". Name the connector's checkpoint.location, a path or URI, and give what its file system"
            + " needs with --hadoop KEY=VALUE.",
        cause);
  }

  /** A file that an option names. */
  public static TidemarkException fileUnusable(String option, Path file, IOException cause) {
    return new TidemarkException(
        "TM-608",
        "Cannot use "
            + option
            + " "
            + file
            + ": "
            + reason(cause)
            + ". Name a file in a directory that exists and that you may use.",
        cause);
  }

  /** Storage did not do what was asked. */
  public static TidemarkException storageFailed(IOException cause) {
    return new TidemarkException(
        "TM-609",
        "Cannot read or write: "
            + reason(cause)
            + ". What was printed before is done, the rest is not. Make the file accessible and repeat"
            + " the command.",
        cause);
  }

  /** What is at the bottom of it, in words where the JDK has none. */
  private static String reason(Throwable cause) {
    Throwable bottom = cause;
    while (bottom.getCause() != null && bottom.getCause() != bottom) {
      bottom = bottom.getCause();
    }
    String message = bottom.getMessage();
    if (bottom instanceof FileSystemException file && file.getReason() != null) {
      return file.getFile() + " is unusable: " + file.getReason();
    }
    if (bottom instanceof NoSuchFileException || bottom instanceof FileNotFoundException) {
      return "there is no " + message;
    }
    if (bottom instanceof AccessDeniedException) {
      return message + " is not accessible to this user";
    }
    if (bottom instanceof UnknownHostException) {
      return "nobody knows host " + message;
    }
    return message == null ? bottom.toString() : message;
  }
}
