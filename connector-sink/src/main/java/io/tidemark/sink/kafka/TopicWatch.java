package io.tidemark.sink.kafka;

import io.tidemark.checkpoint.log.OffsetRange;
import io.tidemark.checkpoint.log.Origin;
import io.tidemark.checkpoint.log.Segment;
import io.tidemark.common.TidemarkException;
import io.tidemark.sink.recovery.ResumePlan;
import io.tidemark.sink.segment.Limits;
import io.tidemark.sink.segment.OffsetRegression;
import io.tidemark.sink.segment.PartitionProgress;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/**
 * Watches where the logs of a task's partitions begin and end: where to begin in them, whether
 * records were deleted before they were read, whether a log still is the one that was read. Used by
 * the task thread alone.
 */
public interface TopicWatch {

  /**
   * Metadata of every offset that is committed to the consumer group. After a seek, Connect takes
   * the offset of the seek for committed and skips the commit. Without this mark, a group that is
   * behind the frontier when a task resumes would stay behind until the next record. The mark also
   * distinguishes the connector's own offsets from others.
   */
  String COMMITTED = "tidemark";

  /**
   * What may be sealed.
   *
   * @param positions the runtime's positions, less those that lie after something that is lost
   * @param sealable false when the topic became another one, or lies after something that is lost
   * @param again whether partitions have to be opened again after the cut, which will tell why
   */
  record Cut(Map<TopicPartition, Long> positions, boolean sealable, boolean again) {

    /** Everything may be sealed. */
    static Cut whole(Map<TopicPartition, Long> positions) {
      return new Cut(positions, true, false);
    }

    /** Nothing may be sealed before partitions are opened again. */
    static Cut none() {
      return new Cut(Map.of(), false, true);
    }
  }

  /**
   * Looks at partitions that are to be read from now on.
   *
   * @param plan where they continue
   * @param origins where to begin in partitions that the plan does not know, as far as resolved
   * @return empty when Kafka did not say where to begin
   * @throws TidemarkException when a topic is another one, and that is to fail the task
   */
  Optional<Opening> open(
      Collection<TopicPartition> partitions, ResumePlan plan, Map<TopicPartition, Long> origins);

  /** Whether {@link #open} returns where partitions begin; otherwise the first record decides. */
  boolean resolvesStarts();

  /** Whether it is time to check gaps, before the records after them are written. */
  boolean isDue(long nowMs);

  /**
   * Asks about gaps.
   *
   * @param gapped the partitions that have some
   * @param putNumber the {@code put} whose records are not written yet
   * @return whether to go back: something is lost, and opening the partitions again, by what the
   *     logs say by then, will tell what to do
   */
  boolean isLost(Collection<PartitionProgress> gapped, long putNumber, long nowMs);

  /** Continues without these offsets. */
  void lose(PartitionProgress progress, OffsetRange lost);

  /**
   * The positions at a cut: Connect's, and the end of a batch that Spark planned wherever Kafka has
   * no record in between.
   */
  Map<TopicPartition, Long> passed(Map<TopicPartition, Long> positions, Limits limits, long nowMs);

  /**
   * Looks at all partitions before a cut.
   *
   * @param reading whether the task reads: one that does not may hold what the log has dropped
   * @return empty when Kafka does not answer, and there is something to ask about: a gap, or
   *     whether what was read came from the topic that was opened
   */
  Optional<Cut> cut(
      Collection<PartitionProgress> owned,
      Map<TopicPartition, Long> positions,
      boolean reading,
      long nowMs);

  /**
   * What a record below the position means for the task.
   *
   * @return what to fail with; empty when opening the partitions again will tell
   */
  Optional<TidemarkException> regressed(OffsetRegression regression);

  /** Checks from time to time whether records may expire before they are read. */
  void advise(Collection<PartitionProgress> owned, long nowMs);

  /** A segment is durable: the offsets that it names as lost count as lost. */
  void sealed(Segment segment);

  /** The cluster and the topics of these partitions, as they were when they were opened. */
  Origin origin(Collection<TopicPartition> partitions);
}
