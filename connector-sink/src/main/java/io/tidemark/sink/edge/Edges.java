package io.tidemark.sink.edge;

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
public interface Edges {

  /**
   * Goes with every offset that is committed to the consumer group. Connect skips a commit of what
   * it believes to be committed, and after a seek it believes that of the offset it sought: without
   * this mark a group that lags behind the frontier when a task resumes would do so until the next
   * record. It also tells the connector's own offsets from others.
   */
  String COMMITTED = "tidemark";

  /**
   * What may be sealed.
   *
   * @param positions the runtime's positions, less those that lie behind something that is lost
   * @param sealable false when the topic became another one, or lies behind something that is lost
   * @param again whether partitions have to be opened again behind the cut, which will tell why
   */
  record Cut(Map<TopicPartition, Long> positions, boolean sealable, boolean again) {

    /** Everything may be. */
    static Cut whole(Map<TopicPartition, Long> positions) {
      return new Cut(positions, true, false);
    }

    /** Nothing may be before partitions are opened again. */
    static Cut none() {
      return new Cut(Map.of(), false, true);
    }
  }

  /**
   * Asks a broker.
   *
   * @param location of the checkpoint, for messages
   */
  static Edges watched(Broker broker, EdgePolicy policy, String location, EdgeFigures figures) {
    return new WatchedEdges(broker, policy, location, figures);
  }

  /**
   * Sees nothing: partitions begin where the consumer stands, and gaps are of no interest.
   *
   * @param location of the checkpoint, for messages
   */
  static Edges unseen(String location) {
    return new UnseenEdges(location);
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

  /** Whether {@link #open} tells where partitions begin; otherwise they do where they are read. */
  boolean resolvesStarts();

  /** Whether it is time to ask about gaps before what came behind them is written. */
  boolean isDue(long nowMs);

  /**
   * Asks about gaps.
   *
   * @param gapped the partitions that have some
   * @param turn the {@code put} whose records are not written yet
   * @return whether to go back: something is lost, and opening the partitions again, by what the
   *     logs say by then, will tell what to do
   */
  boolean isLost(Collection<PartitionProgress> gapped, long turn, long nowMs);

  /** Goes on without these offsets. */
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
   * A record came below the position: what that means for the task.
   *
   * @return what to fail with; empty when opening the partitions again will tell
   */
  Optional<TidemarkException> regressed(OffsetRegression regression);

  /** Looks once in a while whether records are about to expire unread. */
  void advise(Collection<PartitionProgress> owned, long nowMs);

  /** A segment is durable: what it says is lost counts as lost. */
  void sealed(Segment segment);

  /** The cluster and the topics of these partitions, as they were when they were opened. */
  Origin origin(Collection<TopicPartition> partitions);
}
