package io.tidemark.command.error;

import io.tidemark.common.TidemarkException;
import io.tidemark.storage.StoreFailures;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;

/** Errors in the use of the command, {@code TM-600} to {@code TM-649}. */
public final class CommandErrors {

  private CommandErrors() {}

  /** There is no checkpoint location where one was expected. */
  public static TidemarkException noLocation(String location) {
    return TidemarkException.of(
        "TM-600",
        """
        Found no checkpoint location at %s: it has no file metadata. Name the connector's
        checkpoint.location; its default is _tidemark/<connector> inside table.path.""",
        location);
  }

  /** Kafka does not answer. */
  public static TidemarkException kafkaUnreachable(String bootstrapServer, Throwable cause) {
    return TidemarkException.of(
        "TM-601",
        cause,
        """
        Cannot ask Kafka at %s for offsets: %s. Correct --bootstrap-server, and pass security
        settings with --command-config.""",
        bootstrapServer,
        reason(cause));
  }

  /** A connector wrote to the location a moment ago. */
  public static TidemarkException seemsToRun(String location, String ago) {
    return TidemarkException.of(
        "TM-602",
        """
        Changed nothing in %s: the connector seems to run, it wrote there %s ago. Stop it (PUT
        /connectors/<name>/stop) and wait two minutes, or add --force if you know that it is
        stopped.""",
        location,
        ago);
  }

  /** A location with a damaged file is not reset. */
  public static TidemarkException damaged(String location, String file) {
    return TidemarkException.of(
        "TM-603",
        "Changed nothing in %s: %s is damaged. Run tidemark repair first, which says what to do.",
        location,
        file);
  }

  /** A Spark query ran last, and only the connector's configuration allows it to take over. */
  public static TidemarkException sparkWasLast(String location, long batch) {
    return TidemarkException.of(
        "TM-604",
        """
        Changed nothing in %s: batch %d was written by a Spark query, and only the connector can
        check whether it may take over after that batch. Alter the offsets of the stopped connector
        instead, which takes over first: PATCH or DELETE /connectors/<name>/offsets.""",
        location,
        batch);
  }

  /** The batch to return to has damaged windows. */
  public static TidemarkException stateDamaged(String location, String file, String why) {
    return TidemarkException.of(
        "TM-606",
        """
        Changed nothing in %s: the open windows of the batch to return to need %s, and %s. Run
        tidemark repair: it says what you can do, and whether there is a batch whose windows are
        whole.""",
        location,
        file,
        why);
  }

  /** A topic without a partition in any batch. */
  public static TidemarkException topicUnknown(
      String location, String topic, Collection<String> known) {
    return TidemarkException.of(
        "TM-605",
        """
        Changed nothing in %s: no batch there names a partition of topic %s; the newest one names
        %s. Correct --topic. For a topic that was never read, set its first offsets with
        starting.offsets or PATCH /connectors/<name>/offsets.""",
        location,
        topic,
        known.isEmpty() ? "none" : String.join(", ", known));
  }

  /** A text that is not a path or URI. */
  public static TidemarkException locationUnusable(String location, Throwable cause) {
    return TidemarkException.of(
        "TM-607",
        cause,
        """
        Cannot use checkpoint location "%s": %s. Name the connector's checkpoint.location, a path or
        URI, and pass the settings of its file system with --hadoop KEY=VALUE.""",
        location,
        reason(cause));
  }

  /** A file that an option names. */
  public static TidemarkException fileUnusable(String option, Path file, IOException cause) {
    return TidemarkException.of(
        "TM-608",
        cause,
        "Cannot use %s %s: %s. Name a file in a directory that exists and that you may use.",
        option,
        file,
        reason(cause));
  }

  /** A file could not be read or written, or an object store refuses to be asked. */
  public static TidemarkException storageFailed(IOException cause) {
    return StoreFailures.lasting("of this command", cause)
        .filter(refused -> !refused.code().equals(StoreFailures.UNUSABLE))
        .orElseGet(() -> unreadable(cause));
  }

  private static TidemarkException unreadable(IOException cause) {
    return TidemarkException.of(
        "TM-609",
        cause,
        """
        Cannot read or write: %s. What was printed before is done, the rest is not. Make the file
        accessible and repeat the command.""",
        reason(cause));
  }

  /** The root cause, in words where the JDK's message is only a name. */
  private static String reason(Throwable cause) {
    Throwable bottom = cause;
    while (bottom.getCause() != null && bottom.getCause() != bottom) {
      bottom = bottom.getCause();
    }
    String message = bottom.getMessage();
    if (bottom instanceof FileSystemException file && file.getReason() != null) {
      return file.getFile() + " cannot be used: " + file.getReason();
    }
    if (bottom instanceof NoSuchFileException || bottom instanceof FileNotFoundException) {
      return message + " does not exist";
    }
    if (bottom instanceof AccessDeniedException) {
      return message + " is not accessible to this user";
    }
    if (bottom instanceof UnknownHostException) {
      return "host " + message + " is unknown";
    }
    return message == null ? bottom.toString() : message;
  }
}
