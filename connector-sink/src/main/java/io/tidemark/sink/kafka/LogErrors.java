package io.tidemark.sink.kafka;

import io.tidemark.checkpoint.log.OffsetRange;
import io.tidemark.common.TidemarkException;
import io.tidemark.sink.segment.OffsetRegression;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;

/** Logs that do not continue what was read, {@code TM-151}, {@code TM-180} to {@code TM-183}. */
final class LogErrors {

  private LogErrors() {}

  /** A record has an offset below the position that the task has reached. */
  static TidemarkException offsetRunsBackwards(OffsetRegression regression, String location) {
    return TidemarkException.of(
        "TM-151",
        regression,
        """
        Received %s@%d, but offset %d or a later one was expected: the topic was truncated, or
        deleted and created again. Nothing was written. %s
        """,
        regression.partition(),
        regression.found(),
        regression.expected(),
        rebase(location, regression.partition().topic()));
  }

  /** Records were deleted before they were read. */
  static TidemarkException dataLost(Map<TopicPartition, OffsetRange> lost, String location) {
    return TidemarkException.of(
        "TM-180",
        """
        Kafka deleted records before they were read: %s. They expired (retention.ms,
        retention.bytes) or were deleted (DeleteRecords). No record after them was written. If you
        can restore them in Kafka, do that and restart the task. To continue without them, set
        fail.on.data.loss=false: the connector then continues at the log start offset, and the batch
        in %s records which offsets are missing. See docs/operating/data-loss.md.
        """,
        lost.entrySet().stream()
            .map(entry -> gap(entry.getKey(), entry.getValue()))
            .collect(Collectors.joining("; ")),
        location);
  }

  private static String gap(TopicPartition partition, OffsetRange lost) {
    return TidemarkException.message(
        "%s must continue at offset %d, but its log start offset is %d: %d offsets are missing",
        partition, lost.from(), lost.to(), lost.to() - lost.from());
  }

  /** The log ends below the offset up to which it was read. */
  static TidemarkException truncated(
      TopicPartition partition, long expected, long end, String location) {
    return TidemarkException.of(
        "TM-181",
        """
        Cannot continue %s at offset %d: its log end offset is %d. Either the topic lost records
        that were already read, for example by an unclean leader election or a restored disk: then
        reset the offset to %d with PATCH /connectors/<name>/offsets. Or the topic was deleted and
        created again. Nothing was written. %s
        """,
        partition,
        expected,
        end,
        end,
        rebase(location, partition.topic()));
  }

  /** The topic has the name of the one that was read, but another id. */
  static TidemarkException topicRecreated(
      String topic, String known, String found, String location) {
    return TidemarkException.of(
        "TM-182",
        """
        Cannot continue topic %s: it was deleted and created again. Its topic id is now %s, but
        batches and segments have records of topic id %s. No record of the new topic was written. %s
        """,
        topic,
        found,
        known,
        rebase(location, topic));
  }

  /** The topic is on another cluster, and has another id there. */
  static TidemarkException clusterChanged(
      String topic, String known, String found, String location) {
    return TidemarkException.of(
        "TM-183",
        """
        Cannot continue topic %s: the connector reads cluster %s, but batches and segments have
        records of cluster %s, and the topic has another id. Nothing was written. If
        bootstrap.servers is wrong, correct it. If the topic is a copy with the same offsets
        (cluster linking), reset its offsets to their present values, with
        PATCH /connectors/<name>/offsets. %s
        """,
        topic,
        found,
        known,
        rebase(location, topic, "rebase-across-clusters", "#another-cluster"));
  }

  private static String rebase(String location, String topic) {
    return rebase(location, topic, "rebase", "");
  }

  /** How to continue with the topic as it is now. */
  private static String rebase(String location, String topic, String policy, String section) {
    return TidemarkException.message(
        """
        To continue with the topic as it is now, from its earliest offset, stop the connector, run
        bin/tidemark rebase --checkpoint %s --topic %s --bootstrap-server <brokers> --execute, and
        resume the connector. Or set on.topic.recreated=%s, which also keeps open windows. See
        docs/operating/topic-recreated.md%s.
        """,
        location, topic, policy, section);
  }
}
