package io.tidemark.sink.edge;

import io.tidemark.common.TidemarkException;
import java.util.List;
import org.apache.kafka.common.TopicPartition;

/** Starting offsets that do not fit the topics, {@code TM-184} to {@code TM-186}. */
final class StartErrors {

  private StartErrors() {}

  /** Partitions of a topic that the user has not told where to begin. */
  static TidemarkException missing(List<TopicPartition> missing) {
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
  static TidemarkException unknown(List<TopicPartition> unknown) {
    return new TidemarkException(
        "TM-185",
        "Cannot start: starting.offsets names "
            + unknown
            + ", which Kafka does not have. Correct it, or create them. See"
            + " docs/operating/starting-offsets.md.",
        null);
  }

  /** An offset in starting.offsets that is not in the log. */
  static TidemarkException outOfRange(
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
}
