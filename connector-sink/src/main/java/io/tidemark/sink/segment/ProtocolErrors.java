package io.tidemark.sink.segment;

import io.tidemark.checkpoint.TidemarkException;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
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

  /** An offset below 0. */
  public static TidemarkException notAnOffset(TopicPartition partition, long offset) {
    return new TidemarkException(
        "TM-171",
        "Cannot set "
            + partition
            + " to "
            + offset
            + ": offsets begin at 0. Nothing was changed. See docs/operating/offsets.md.",
        null);
  }

  /** Offsets to which no state of the operators belongs. */
  public static TidemarkException offsetsWithoutState(
      Collection<String> operators, List<String> newest, int retained) {
    return new TidemarkException(
        "TM-172",
        "Cannot set these offsets: the windows of "
            + operators
            + " hold records below the present ones, and there is no state that ends at the new ones."
            + " Nothing was changed. Reset all partitions, which discards open windows, or set all of"
            + " them to where one of the "
            + retained
            + " retained batches ended, of which the newest are "
            + newest
            + ". See docs/operating/offsets.md.",
        null);
  }

  /** A batch to return to that the logs no longer have. */
  public static TidemarkException batchNotRetained(long batch, List<String> newest) {
    return new TidemarkException(
        "TM-173",
        "Cannot return to batch "
            + batch
            + ": it is not committed, or was removed with old batches. Nothing was changed. The newest"
            + " that can be returned to are "
            + newest
            + "; checkpoint.retain.batches sets how many are kept. See docs/operating/offsets.md.",
        null);
  }

  /** A topic that the connector does not read. */
  public static TidemarkException topicNotRead(TopicPartition partition) {
    return new TidemarkException(
        "TM-174",
        "Cannot set the offset of "
            + partition
            + ": the connector's topics or topics.regex do not include its topic. Nothing was"
            + " changed. See docs/operating/offsets.md.",
        null);
  }

  /** A batch that moves the frontier did not come about in time. */
  public static TidemarkException moveTimedOut(String location, long waitedMs) {
    return new TidemarkException(
        "TM-175",
        "The offsets in "
            + location
            + " were not changed within "
            + waitedMs
            + " ms: another driver decides batches there. Stop whatever else writes to it, and repeat"
            + " the request, which may have been carried out since. See docs/operating/offsets.md.",
        null);
  }

  /** A table that lacks what earlier batches wrote. */
  public static TidemarkException tableRestored(
      String location, OptionalLong last, long expected, String checkpoint) {
    return new TidemarkException(
        "TM-176",
        "Cannot write on to "
            + location
            + ": batch "
            + expected
            + " went to it, but the last one that it knows of is "
            + (last.isPresent() ? "batch " + last.getAsLong() : "none")
            + ". It was restored to an older version. Nothing was written. Bring the newer version back;"
            + " or let the connector write again what is missing, with bin/tidemark reset --checkpoint "
            + checkpoint
            + " --to-batch "
            + (last.isPresent() ? last.getAsLong() : 0)
            + " --execute; or go on behind the hole, with --to-batch "
            + expected
            + ". See docs/operating/recovery.md#table-restored.",
        null);
  }
}
