package io.tidemark.sink.segment;

import io.tidemark.checkpoint.TidemarkException;
import org.apache.kafka.common.TopicPartition;

/** What can go wrong between a task, its driver and Kafka, {@code TM-150} to {@code TM-199}. */
public final class ProtocolErrors {

  private ProtocolErrors() {}

  /** A record below the position that the task has reached. */
  public static TidemarkException offsetRunsBackwards(
      TopicPartition partition, long expected, long found) {
    return new TidemarkException(
        "TM-151",
        "Received "
            + partition
            + "@"
            + found
            + " where offset "
            + expected
            + " or later was due: the topic was truncated, or deleted and created again. Nothing was"
            + " written. To read the new topic from its start, give the connector a new"
            + " checkpoint.location and table. See docs/operating/recovery.md#topic-recreated.",
        null);
  }

  /** The table at a location is not the one that earlier batches went to. */
  public static TidemarkException tableRecreated(
      String location, String known, String found, long batch) {
    return new TidemarkException(
        "TM-152",
        "Cannot commit batch "
            + batch
            + " to "
            + location
            + ": its table id is "
            + found
            + ", earlier batches went to "
            + known
            + ". The table was dropped and created again; nothing was written to the new one."
            + " Restore the old table, or give the connector a new checkpoint.location to fill the"
            + " new table from the start. See docs/operating/recovery.md#table-recreated.",
        null);
  }

  /** The table at a location is gone. */
  public static TidemarkException tableDropped(String location, long batch) {
    return new TidemarkException(
        "TM-153",
        "Cannot commit batch "
            + batch
            + " to "
            + location
            + ": there is no table any more, though earlier batches or segments went to it. Nothing"
            + " is lost while checkpoint and data files stand. Restore the table, or give the"
            + " connector a new checkpoint.location to begin a new one. See"
            + " docs/operating/recovery.md#table-recreated.",
        null);
  }

  /** Too many failures in a row. */
  public static TidemarkException retriesExhausted(
      String attempt, int failures, Throwable lastFailure) {
    return new TidemarkException(
        "TM-154",
        "Gave up to "
            + attempt
            + " after "
            + failures
            + " failures in a row, the last one: "
            + lastFailure
            + ". Nothing is lost: once the cause is gone, restart the task and it continues where the"
            + " last batch ended. task.max.failures sets how many failures are borne.",
        lastFailure);
  }

  /** A planned batch names a segment that is not there. */
  public static TidemarkException segmentMissing(String file, long batch) {
    return new TidemarkException(
        "TM-155",
        "Cannot commit batch "
            + batch
            + ": "
            + file
            + " is missing, though the batch names it. Part of the checkpoint location was deleted:"
            + " restore it. See docs/operating/recovery.md#missing-entry.",
        null);
  }
}
