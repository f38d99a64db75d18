package io.tidemark.sink.recovery;

import io.tidemark.checkpoint.log.OwnerLog;
import io.tidemark.common.TidemarkException;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** A checkpoint location that is another connector's, or another one, TM-168 and TM-169. */
public final class OwnerErrors {

  private static final String PAGE = "docs/operating/renaming.md";

  private OwnerErrors() {}

  /** The location is another connector's. */
  static TidemarkException another(
      String location, String connector, OwnerLog.Owner owner, String file) {
    return new TidemarkException(
        "TM-168",
        String.format(
            Locale.ROOT,
            "Cannot use checkpoint location %s for connector %s: connector %s has it since %s (%s)."
                + " Two connectors on one location would share out the records by chance. Nothing"
                + " was read or written. Give %s a checkpoint.location of its own; or, if it is to"
                + " continue what %s did, delete %s and set"
                + " checkpoint.location.taken.over.from=%s. See %s.",
            location,
            connector,
            owner.connector(),
            Instant.ofEpochMilli(owner.sinceMs()),
            file,
            connector,
            owner.connector(),
            owner.connector(),
            owner.connector(),
            PAGE),
        null);
  }

  /** What is wrong with a location of this owner, and what to do, for validation. */
  public static String advice(String owner) {
    return "it belongs to connector "
        + owner
        + ". Choose another, or, if this connector is to continue what that one did, delete that"
        + " one and set checkpoint.location.taken.over.from="
        + owner
        + ".";
  }

  /**
   * The task's worker sees another location than the connector's.
   *
   * @param wanted query id that the connector read there
   * @param found the one that the task reads; empty when there is none
   */
  public static TidemarkException notShared(
      String location, String wanted, Optional<String> found) {
    return new TidemarkException(
        "TM-169",
        String.format(
            Locale.ROOT,
            "This worker does not see the same checkpoint location %s as the worker of the connector:"
                + " the connector read query id %s there, and this task %s. Nothing was read or"
                + " written. Make the location the same directory on every worker, such as a shared"
                + " mount or hdfs:, and the tables likewise. If it was removed, restored or adopted"
                + " while the connector ran, stop the connector and resume it. See"
                + " %s#workers-that-do-not-share-the-location.",
            location,
            wanted,
            found.map(id -> "reads " + id).orElse("finds none"),
            PAGE),
        null);
  }
}
