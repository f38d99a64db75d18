package io.tidemark.checkpoint;

import io.tidemark.common.TidemarkException;

/** Everything that can be wrong with a checkpoint location, {@code TM-301} to {@code TM-399}. */
public final class CheckpointErrors {

  private CheckpointErrors() {}

  /** A file of the checkpoint location that does not have the content its writer wrote. */
  public static TidemarkException damagedFile(String file, String why, Throwable cause) {
    return TidemarkException.of(
        "TM-301",
        cause,
        """
        Cannot read %s: %s. The file was changed or damaged after it was written. Nothing is lost or
        overwritten as long as the file stays as it is. Restore it from a backup of the checkpoint
        location. See docs/operating/recovery.md#damaged-file.""",
        file,
        why);
  }

  /** A file of the checkpoint location in a version that this release does not know. */
  public static TidemarkException unknownVersion(String file, String found, String known) {
    return TidemarkException.of(
        "TM-302",
        """
        Cannot read %s: its version line is "%s", and this release knows "%s". A newer release of
        Tidemark wrote it: run that release. Or Spark wrote it with a newer version of its log
        formats: such a query cannot be taken over.""",
        file,
        found,
        known);
  }

  /** A log entry that must exist, because a later one does. */
  public static TidemarkException missingEntry(String file, String because) {
    return TidemarkException.of(
        "TM-303",
        """
        Missing %s, though %s. Part of the checkpoint location was deleted: restore it, or start
        over with a new checkpoint.location. See docs/operating/recovery.md#missing-entry.""",
        file,
        because);
  }

  /** Two queries write to one checkpoint location. */
  public static TidemarkException foreignEntry(String file, String plan) {
    return TidemarkException.of(
        "TM-304",
        """
        Found %s with other content than %s decides. Another query writes to this checkpoint
        location: stop that query, or give this connector a checkpoint.location of its own.""",
        file,
        plan);
  }

  /** A batch that Spark planned and did not finish. Only Spark can finish it. */
  public static TidemarkException unfinishedSparkBatch(String offsets, String commits, String why) {
    return TidemarkException.of(
        "TM-305",
        """
        Found %s without %s: a Spark query was stopped between planning a batch and finishing it,
        and %s. Start that query once more until it has finished the batch, stop it, and restart the
        connector. See docs/operating/spark-handover.md#unfinished-batch.""",
        offsets,
        commits,
        why);
  }

  /** An offset log entry of a query that does not read one Kafka source. */
  public static TidemarkException foreignSource(String file, String why) {
    return TidemarkException.of(
        "TM-308",
        """
        Cannot continue after %s: %s. A connector takes over only Spark queries with one source,
        Kafka. Give it a checkpoint.location of its own. See docs/operating/spark-handover.md.""",
        file,
        why);
  }

  /** A batch of Spark that leaves out partitions that the connector has read. */
  public static TidemarkException partitionsLeftOut(String offsets, String partition, String plan) {
    return TidemarkException.of(
        "TM-309",
        """
        Cannot continue after %1$s: it does not name %2$s, but %3$s does. The Spark query reads
        other topics than the connector did, so the offset from which %2$s continues is not known
        any more. Use a new checkpoint.location for the topics that Spark left out. See
        docs/operating/spark-handover.md#back-again.""",
        offsets,
        partition,
        plan);
  }

  /** The logs say that Spark planned a batch, the table says that a connector did. */
  public static TidemarkException notOfSpark(
      String offsets, String table, long batch, String plan) {
    return TidemarkException.of(
        "TM-316",
        """
        Cannot accept %s as a batch of Spark: the version of %s with batch %d carries out plan %s of
        a connector. The file was changed, or comes from an older copy of the location. Nothing was
        changed. Restore offsets/ and batches/ from one backup that is not older than the table. See
        docs/operating/recovery.md#whose-batch-it-is.""",
        offsets,
        table,
        batch,
        plan);
  }

  /** The logs change each time they are read. */
  public static TidemarkException unsettled(String location, int reads, String what) {
    return TidemarkException.of(
        "TM-317",
        """
        Cannot find out where the query of %s stands: its logs were read %d times, and each time %s.
        Check with bin/tidemark inspect what is there, and whether another program writes to the
        location. See docs/operating/recovery.md#damaged-file.""",
        location,
        reads,
        what);
  }
}
