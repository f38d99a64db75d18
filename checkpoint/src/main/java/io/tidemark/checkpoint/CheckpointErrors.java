package io.tidemark.checkpoint;

import io.tidemark.common.TidemarkException;

/** Everything that can be wrong with a checkpoint location, {@code TM-301} to {@code TM-399}. */
public final class CheckpointErrors {

  private CheckpointErrors() {}

  /** A file of the checkpoint location that cannot be what its writer wrote. */
  public static TidemarkException damagedFile(String file, String why, Throwable cause) {
    return new TidemarkException(
        "TM-301",
        "Cannot read "
            + file
            + ": "
            + why
            + ". The file was changed or damaged after it was written; nothing is lost or overwritten"
            + " while it stands. Restore it from a backup of the checkpoint location. See"
            + " docs/operating/recovery.md#damaged-file.",
        cause);
  }

  /** A file of the checkpoint location in a version that this release does not know. */
  public static TidemarkException unknownVersion(String file, String found, String known) {
    return new TidemarkException(
        "TM-302",
        "Cannot read "
            + file
            + ": its version line is \""
            + found
            + "\", this release knows \""
            + known
            + "\". It was written by a newer release, which can read it, or by Spark with a newer"
            + " version of its log formats, which cannot be taken over.",
        null);
  }

  /** A log entry that must be there, because a later one is. */
  public static TidemarkException missingEntry(String file, String because) {
    return new TidemarkException(
        "TM-303",
        "Missing "
            + file
            + ", though "
            + because
            + ". Part of the checkpoint location was deleted: restore it, or start over with a new"
            + " checkpoint.location. See docs/operating/recovery.md#missing-entry.",
        null);
  }

  /** Two queries write to one checkpoint location. */
  public static TidemarkException foreignEntry(String file, String plan) {
    return new TidemarkException(
        "TM-304",
        "Found "
            + file
            + " with other content than "
            + plan
            + " decides. Another query writes to this checkpoint location: stop it, or give this"
            + " connector a checkpoint.location of its own.",
        null);
  }

  /** A batch that Spark planned and did not finish, and that only Spark can finish. */
  public static TidemarkException unfinishedSparkBatch(String offsets, String commits, String why) {
    return new TidemarkException(
        "TM-305",
        "Found "
            + offsets
            + " without "
            + commits
            + ": a Spark query was stopped between planning a batch and finishing it, and "
            + why
            + ". Start that query once more until it has finished the batch, stop it, and restart"
            + " the connector. See docs/operating/spark-handover.md#unfinished-batch.",
        null);
  }

  /** A file system on which create-if-absent is not known to be atomic. */
  public static TidemarkException unsupportedFileSystem(String location, String scheme) {
    return new TidemarkException(
        "TM-306",
        "Cannot keep a checkpoint location at "
            + location
            + ": there is no atomic create-if-absent for file system \""
            + scheme
            + "\". Use a location with file: or hdfs:.",
        null);
  }

  /** A checkpoint location that cannot be reached or written at all. */
  public static TidemarkException unusableLocation(String location, Throwable cause) {
    return unusable(
        location,
        cause.getMessage()
            + ". The workers need permission to create, read and delete files there.",
        cause);
  }

  /**
   * A checkpoint location that this worker cannot use.
   *
   * @param why as the end of a sentence, with the remedy
   */
  public static TidemarkException unusableLocation(String location, String why) {
    return unusable(location, why, null);
  }

  private static TidemarkException unusable(String location, String why, Throwable cause) {
    return new TidemarkException(
        "TM-307", "Cannot use checkpoint location " + location + ": " + why, cause);
  }

  /** An offset log entry of a query that does not read one Kafka source. */
  public static TidemarkException foreignSource(String file, String why) {
    return new TidemarkException(
        "TM-308",
        "Cannot go on behind "
            + file
            + ": "
            + why
            + ". A connector takes over Spark queries with one source, Kafka. Give it a"
            + " checkpoint.location of its own. See docs/operating/spark-handover.md.",
        null);
  }

  /** A batch of Spark that leaves out partitions which the connector had read. */
  public static TidemarkException partitionsLeftOut(String offsets, String partition, String plan) {
    return new TidemarkException(
        "TM-309",
        "Cannot go on behind "
            + offsets
            + ": it does not name "
            + partition
            + ", which "
            + plan
            + " does. The Spark query reads other topics than the connector did, and where "
            + partition
            + " goes on is not known any more. Use a new checkpoint.location for the topics that"
            + " Spark left out. See docs/operating/spark-handover.md#back-again.",
        null);
  }

  /** The table says that a batch is ours, which the logs give to Spark. */
  public static TidemarkException notOfSpark(
      String offsets, String table, long batch, String plan) {
    return new TidemarkException(
        "TM-316",
        "Cannot take "
            + offsets
            + " for a batch of Spark's: the version of "
            + table
            + " with batch "
            + batch
            + " carries out plan "
            + plan
            + " of a connector. The file was changed, or is of an older copy of the location."
            + " Nothing was changed. Restore offsets/ and batches/ from one backup that is not older"
            + " than the table. See docs/operating/recovery.md#whose-batch-it-is.",
        null);
  }

  /** The logs do not stand still for as long as reading them takes. */
  public static TidemarkException unsettled(String location, int looks, String what) {
    return new TidemarkException(
        "TM-317",
        "Cannot tell where the query of "
            + location
            + " stands: it was read "
            + looks
            + " times, and each time "
            + what
            + ". Look with bin/tidemark inspect at what is there, and whether something else writes to"
            + " the location. See docs/operating/recovery.md#damaged-file.",
        null);
  }
}
