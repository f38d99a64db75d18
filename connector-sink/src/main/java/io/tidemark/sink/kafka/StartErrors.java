package io.tidemark.sink.kafka;

import io.tidemark.common.TidemarkException;
import java.util.List;
import org.apache.kafka.common.TopicPartition;

/** Starting offsets that do not fit the topics, {@code TM-184} to {@code TM-186}. */
final class StartErrors {

  private StartErrors() {}

  /** {@code starting.offsets} leaves out partitions of a topic. */
  static TidemarkException missing(List<TopicPartition> missing) {
    return TidemarkException.of(
        "TM-184",
        """
        Cannot start: starting.offsets has no offset for %s. It must name every partition of each
        topic, so that no partition is forgotten. Add them, with -2 for earliest or -1 for latest.
        See docs/operating/starting-offsets.md.
        """,
        missing);
  }

  /** {@code starting.offsets} names partitions that do not exist. */
  static TidemarkException unknown(List<TopicPartition> unknown) {
    return TidemarkException.of(
        "TM-185",
        """
        Cannot start: starting.offsets names partitions that Kafka does not have: %s. Correct
        starting.offsets, or create the partitions. See docs/operating/starting-offsets.md.
        """,
        unknown);
  }

  /** {@code starting.offsets} has an offset that is not in the log. */
  static TidemarkException outOfRange(
      TopicPartition partition, long wanted, long earliest, long latest) {
    return TidemarkException.of(
        "TM-186",
        """
        Cannot start %s at offset %d, which starting.offsets sets: its log start offset is %d and
        its log end offset is %d. Correct the offset, or use -2 for earliest or -1 for latest. See
        docs/operating/starting-offsets.md.
        """,
        partition,
        wanted,
        earliest,
        latest);
  }
}
