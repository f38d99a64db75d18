package io.tidemark.sink.recovery;

import io.tidemark.checkpoint.log.OwnerLog;
import io.tidemark.common.TidemarkException;
import java.time.Instant;
import java.util.Optional;

/** A checkpoint location that another connector owns, or that differs by worker, TM-168, TM-169. */
public final class OwnerErrors {

  private OwnerErrors() {}

  /** The location belongs to another connector. */
  static TidemarkException another(
      String location, String connector, OwnerLog.Owner owner, String file) {
    return TidemarkException.of(
        "TM-168",
        """
        Cannot use checkpoint location %s for connector %s: it has belonged to connector %s since %s
        (%s). Two connectors on one location would divide the records between them at random.
        Nothing was read or written. Give %s its own checkpoint.location. Or, if it must continue
        the work of %s, delete %s and set checkpoint.location.taken.over.from=%s. See
        docs/operating/renaming.md.
        """,
        location,
        connector,
        owner.connector(),
        Instant.ofEpochMilli(owner.sinceMs()),
        file,
        connector,
        owner.connector(),
        owner.connector(),
        owner.connector());
  }

  /** The problem with a location of this owner, and its remedy, for validation. */
  public static String advice(String owner) {
    return TidemarkException.message(
        """
        it belongs to connector %s. Choose another location. Or, if this connector must continue the
        work of %s, delete %s and set checkpoint.location.taken.over.from=%s.
        """,
        owner, owner, owner, owner);
  }

  /**
   * The task's worker sees another location than the connector's worker.
   *
   * @param wanted query id that the connector read there
   * @param found query id that the task reads; empty when there is none
   */
  public static TidemarkException notShared(
      String location, String wanted, Optional<String> found) {
    return TidemarkException.of(
        "TM-169",
        """
        This worker and the worker of the connector do not see the same checkpoint location %s: the
        connector read query id %s there, and this task %s. Nothing was read or written. Make the
        location the same directory on every worker, such as a shared mount or hdfs:. Do the same
        for the tables. If the location was removed, restored or adopted while the connector ran,
        stop the connector and resume it. See
        docs/operating/renaming.md#workers-that-do-not-share-the-location.
        """,
        location,
        wanted,
        found.map(id -> "reads " + id).orElse("finds none"));
  }
}
