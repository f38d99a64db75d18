package io.tidemark.sink.segment;

import io.tidemark.checkpoint.TidemarkException;
import io.tidemark.checkpoint.log.OffsetRange;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.common.TopicPartition;

/** What can go wrong between a task, its driver and Kafka, {@code TM-150} to {@code TM-199}. */
public final class ProtocolErrors {

  private ProtocolErrors() {}

  /** A record below the position that the task has reached. */
  public static TidemarkException offsetRunsBackwards(
      OffsetRegression regression, String location) {
    return new TidemarkException(
        "TM-151",
        "Received "
            + regression.partition()
            + "@"
            + regression.found()
            + " where offset "
            + regression.expected()
            + " or later was due: the topic was truncated, or deleted and created again. Nothing was"
            + " written. "
            + rebase(location, regression.partition().topic()),
        regression);
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

  /** Records are gone that were not read. */
  public static TidemarkException dataLost(Map<TopicPartition, OffsetRange> lost, String location) {
    return new TidemarkException(
        "TM-180",
        "Offsets were deleted in Kafka before they were read: "
            + String.join(
                "; ",
                lost.entrySet().stream()
                    .map(
                        entry ->
                            "%s was due at %d and now begins at %d, %d offsets are gone"
                                .formatted(
                                    entry.getKey(),
                                    entry.getValue().from(),
                                    entry.getValue().to(),
                                    entry.getValue().to() - entry.getValue().from()))
                    .toList())
            + ". They expired (retention.ms, retention.bytes) or were removed (DeleteRecords)."
            + " Nothing behind them was written. If they can be restored in Kafka, do that and"
            + " restart the task. To go on without them, set fail.on.data.loss=false: the connector"
            + " then continues at the earliest offset, and the batch in "
            + location
            + " says which offsets are missing. See docs/operating/data-loss.md.",
        null);
  }

  /** The log ends below what was read of it. */
  public static TidemarkException truncated(
      TopicPartition partition, long expected, long end, String location) {
    return new TidemarkException(
        "TM-181",
        "Cannot continue "
            + partition
            + " at offset "
            + expected
            + ": its log ends at "
            + end
            + ". Either the topic lost records that had been read, as in an unclean leader election"
            + " or a restored disk: then set its offset to "
            + end
            + " with PATCH /connectors/<name>/offsets. Or it was deleted and created again. Nothing"
            + " was written. "
            + rebase(location, partition.topic()),
        null);
  }

  /** A topic with the name of the one that was read. */
  public static TidemarkException topicRecreated(
      String topic, String known, String found, String location) {
    return new TidemarkException(
        "TM-182",
        "Cannot continue topic "
            + topic
            + ": it was deleted and created again, its id is "
            + found
            + ", batches and segments hold records of "
            + known
            + ". Nothing of the new topic was written. "
            + rebase(location, topic),
        null);
  }

  /** The topics are those of another cluster. */
  public static TidemarkException clusterChanged(
      String topic, String known, String found, String location) {
    return new TidemarkException(
        "TM-183",
        "Cannot continue topic "
            + topic
            + ": the connector reads cluster "
            + found
            + ", batches and segments hold records of cluster "
            + known
            + ", and the topic has another id. Nothing was written. If bootstrap.servers is wrong,"
            + " correct it. If the topic is a copy with the same offsets (cluster linking), set its"
            + " offsets to those it had, with PATCH /connectors/<name>/offsets. "
            + rebase(location, topic, "rebase-across-clusters", "#another-cluster"),
        null);
  }

  /** Partitions of a topic that the user has not told where to begin. */
  public static TidemarkException startMissing(List<TopicPartition> missing) {
    return new TidemarkException(
        "TM-184",
        "Cannot start: starting.offsets names no offset for "
            + missing
            + ". It must name every partition of each topic, since one that is forgotten would be"
            + " read in part. Add them, with -2 for earliest or -1 for latest. See"
            + " docs/operating/starting-offsets.md.",
        null);
  }

  /** Partitions in starting.offsets that are not in the topic. */
  public static TidemarkException startUnknown(List<TopicPartition> unknown) {
    return new TidemarkException(
        "TM-185",
        "Cannot start: starting.offsets names "
            + unknown
            + ", which Kafka does not have. Correct it, or create them. See"
            + " docs/operating/starting-offsets.md.",
        null);
  }

  /** An offset in starting.offsets that is not in the log. */
  public static TidemarkException startOutOfRange(
      TopicPartition partition, long wanted, long earliest, long latest) {
    return new TidemarkException(
        "TM-186",
        "Cannot start "
            + partition
            + " at offset "
            + wanted
            + " as starting.offsets says: the log has "
            + earliest
            + " up to "
            + latest
            + ". Correct the offset, or use -2 for earliest or -1 for latest. See"
            + " docs/operating/starting-offsets.md.",
        null);
  }

  /** The connector's own client cannot work. */
  public static TidemarkException brokerUnreachable(Throwable cause) {
    return new TidemarkException(
        "TM-187",
        "Cannot ask Kafka where the logs of the topics begin and end: "
            + cause
            + ". The settings are those of the worker and its consumer, of consumer.override.* and"
            + " kafka.* of the connector, the later ones winning. Set what is missing, such as"
            + " kafka.bootstrap.servers or kafka.sasl.jaas.config.",
        cause);
  }

  /** The connector's own client may not ask. */
  public static TidemarkException brokerRefuses(String what, Throwable cause) {
    return new TidemarkException(
        "TM-188",
        "Kafka refuses to tell the "
            + what
            + ": "
            + cause.getMessage()
            + ". Allow the principal of the connector to DESCRIBE its topics and its group, or set"
            + " another one with kafka.* keys.",
        cause);
  }

  /** Nobody has said where Kafka is. */
  public static TidemarkException brokerUnknown() {
    return new TidemarkException(
        "TM-189",
        "Missing configuration kafka.bootstrap.servers: this Connect runtime does not show the"
            + " worker's own settings, and without them the connector cannot see whether records"
            + " expire before they are read. Set kafka.bootstrap.servers and what else a client"
            + " needs, each with the prefix kafka.; or do without, with fail.on.data.loss=false,"
            + " starting.offsets=committed and on.topic.recreated=fail.",
        null);
  }

  private static String rebase(String location, String topic) {
    return rebase(location, topic, "rebase", "");
  }

  private static String rebase(String location, String topic, String policy, String section) {
    return "To go on with the topic as it is now, from its earliest offset, stop the connector, run"
        + " bin/tidemark rebase --checkpoint "
        + location
        + " --topic "
        + topic
        + " --bootstrap-server <brokers> --execute, and resume it; or set on.topic.recreated="
        + policy
        + ", which also keeps open windows. See docs/operating/topic-recreated.md"
        + section
        + ".";
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

  /**
   * A table that lacks what earlier batches wrote.
   *
   * @param last the last batch that it knows of, empty for none
   * @param expected the last batch that wrote to it
   * @param committed the last batch that is committed
   */
  public static TidemarkException tableRestored(
      String location, OptionalLong last, long expected, long committed, String checkpoint) {
    String back =
        last.isPresent()
            ? "; or let the connector write again what is missing, with bin/tidemark reset --checkpoint "
                + checkpoint
                + " --to-batch "
                + last.getAsLong()
                + " --execute"
            : "; or start over with a new checkpoint.location";
    return new TidemarkException(
        "TM-176",
        "Cannot write on to "
            + location
            + ": batch "
            + expected
            + " went to it, but the last one that it knows of is "
            + (last.isPresent() ? "batch " + last.getAsLong() : "none")
            + ". It was restored to an older version. Nothing was written. Bring the newer version back"
            + back
            + "; or go on behind the hole, with --to-batch "
            + committed
            + ". See docs/operating/recovery.md#table-restored.",
        null);
  }
}
