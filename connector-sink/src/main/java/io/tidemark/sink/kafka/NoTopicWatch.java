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
 * Used when the connector has no Kafka client: partitions begin at the position of the consumer,
 * and gaps are ignored.
 */
public final class NoTopicWatch implements TopicWatch {

  private final String location;

  /**
   * @param location of the checkpoint, for messages
   */
  /**
   * @param location of the checkpoint, for messages
   */
  public NoTopicWatch(String location) {
    this.location = location;
  }

  @Override
  public Optional<Opening> open(
      Collection<TopicPartition> partitions, ResumePlan plan, Map<TopicPartition, Long> origins) {
    return Optional.of(Opening.NOTHING);
  }

  @Override
  public boolean resolvesStarts() {
    return false;
  }

  @Override
  public boolean isDue(long nowMs) {
    return false;
  }

  @Override
  public boolean isLost(Collection<PartitionProgress> gapped, long putNumber, long nowMs) {
    return false;
  }

  @Override
  public void lose(PartitionProgress progress, OffsetRange lost) {
    throw new IllegalStateException(lost + " is lost, but no log is watched");
  }

  @Override
  public Map<TopicPartition, Long> passed(
      Map<TopicPartition, Long> positions, Limits limits, long nowMs) {
    return positions;
  }

  @Override
  public Optional<Cut> cut(
      Collection<PartitionProgress> owned,
      Map<TopicPartition, Long> positions,
      boolean reading,
      long nowMs) {
    return Optional.of(Cut.whole(positions));
  }

  @Override
  public Optional<TidemarkException> regressed(OffsetRegression regression) {
    return Optional.of(LogErrors.offsetRunsBackwards(regression, location));
  }

  @Override
  public void advise(Collection<PartitionProgress> owned, long nowMs) {
    // Without a client there is nothing to warn about.
  }

  @Override
  public void sealed(Segment segment) {
    // Nothing that it says was lost.
  }

  @Override
  public Origin origin(Collection<TopicPartition> partitions) {
    return Origin.UNKNOWN;
  }
}
