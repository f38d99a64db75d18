package io.tidemark.sink.recovery;

import io.tidemark.common.TidemarkException;
import java.util.Collection;
import java.util.List;
import org.apache.kafka.common.TopicPartition;

/** Why offsets cannot be reset, {@code TM-171} to {@code TM-179}. */
public final class ResetErrors {

  private ResetErrors() {}

  /** An offset below 0. */
  public static TidemarkException notAnOffset(TopicPartition partition, long offset) {
    return TidemarkException.of(
        "TM-171",
        """
        Cannot reset %s to %d: offsets begin at 0. Nothing was changed. See
        docs/operating/offsets.md.
        """,
        partition,
        offset);
  }

  /** No state of the operators ends at the wanted offsets. */
  public static TidemarkException offsetsWithoutState(
      Collection<String> operators, List<String> newest, int retained) {
    return TidemarkException.of(
        "TM-172",
        """
        Cannot reset to these offsets: the open windows of %s have records below the present
        offsets, and no retained state ends at the new ones. Nothing was changed. Reset all
        partitions, which discards open windows. Or reset all of them to where one of the %d
        retained batches ended, of which the newest are %s. See docs/operating/offsets.md.
        """,
        operators,
        retained,
        newest);
  }

  /** The logs no longer have the batch to return to. */
  public static TidemarkException batchNotRetained(long batch, List<String> newest) {
    return TidemarkException.of(
        "TM-173",
        """
        Cannot return to batch %d: it is not committed, or it was removed with old batches. Nothing
        was changed. The newest batches that you can return to are %s. checkpoint.retain.batches
        sets how many are kept. See docs/operating/offsets.md.
        """,
        batch,
        newest);
  }

  /** Some partitions are to be reset, and the request does not show whether all were meant. */
  static TidemarkException resetOfSome(
      Collection<TopicPartition> named, Collection<TopicPartition> left) {
    return TidemarkException.of(
        "TM-179",
        """
        Cannot reset %s alone: the checkpoint location has %s as well, and Connect does not say
        whether you meant all. Connect names only the partitions for which the consumer group has an
        offset; these offsets expire, and before the first commit there are few. Nothing was
        changed. To reset all partitions, delete the group (kafka-consumer-groups --delete) and
        repeat the DELETE, or use bin/tidemark reset --all. To reset only some, PATCH them with null
        together with at least one other partition at its present offset, or use bin/tidemark reset
        --topic. See docs/operating/offsets.md.
        """,
        named,
        left);
  }

  /** A topic that the connector does not read. */
  public static TidemarkException topicNotRead(TopicPartition partition) {
    return TidemarkException.of(
        "TM-174",
        """
        Cannot reset the offset of %s: the connector's topics or topics.regex do not include its
        topic. Nothing was changed. See docs/operating/offsets.md.
        """,
        partition);
  }

  /** No batch with the reset was committed in time. */
  public static TidemarkException timedOut(String location, long waitedMs) {
    return TidemarkException.of(
        "TM-175",
        """
        The offsets in %s were not reset within %d ms: another driver commits batches there. Stop
        everything else that writes to this location, and repeat the request. It may have taken
        effect in the meantime. See docs/operating/offsets.md.
        """,
        location,
        waitedMs);
  }
}
