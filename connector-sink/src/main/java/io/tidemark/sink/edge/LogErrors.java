package io.tidemark.sink.edge;

import io.tidemark.checkpoint.log.OffsetRange;
import io.tidemark.common.TidemarkException;
import io.tidemark.sink.segment.OffsetRegression;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** Logs that are not what was read of them, {@code TM-151}, {@code TM-180} to {@code TM-183}. */
final class LogErrors {

  private LogErrors() {}

  /** A record below the position that the task has reached. */
  static TidemarkException offsetRunsBackwards(OffsetRegression regression, String location) {
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

  /** Records are gone that were not read. */
  static TidemarkException dataLost(Map<TopicPartition, OffsetRange> lost, String location) {
    return new TidemarkException(
        "TM-180",
        "Offsets were deleted in Kafka before they were read: "
            + String.join(
                "; ",
                lost.entrySet().stream()
                    .map(
                        entry ->
                            String.format(
                                Locale.ROOT,
                                "%s was due at %d and now begins at %d, %d offsets are gone",
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
  static TidemarkException truncated(
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
  static TidemarkException topicRecreated(
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
  static TidemarkException clusterChanged(
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
}
