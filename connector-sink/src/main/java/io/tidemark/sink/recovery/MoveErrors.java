package io.tidemark.sink.recovery;

import io.tidemark.common.TidemarkException;
import java.util.Collection;
import java.util.List;
import org.apache.kafka.common.TopicPartition;

/** Why offsets cannot be moved, {@code TM-171} to {@code TM-179}. */
public final class MoveErrors {

  private MoveErrors() {}

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

  /**
   * Some partitions are to be forgotten, and Connect does not say whether those or all are meant.
   */
  static TidemarkException resetOfSome(
      Collection<TopicPartition> named, Collection<TopicPartition> left) {
    return new TidemarkException(
        "TM-179",
        "Cannot reset "
            + named
            + " alone: the checkpoint location has "
            + left
            + " as well, and Connect does not say whether all were meant. It names what the consumer"
            + " group has, which loses offsets by time and has few before the first commit. Nothing"
            + " was changed. To reset everything, repeat the DELETE after the group was deleted"
            + " (kafka-consumer-groups --delete), or use bin/tidemark reset --all; to reset some, PATCH"
            + " them with null and at least one other with its present offset, or use bin/tidemark"
            + " reset --topic. See docs/operating/offsets.md.",
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
  public static TidemarkException timedOut(String location, long waitedMs) {
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
}
