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

/** Logs that nobody can ask about. */
final class UnseenEdges implements Edges {

  private final String location;

  /**
   * @param location of the checkpoint, for messages
   */
  UnseenEdges(String location) {
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
  public boolean isLost(Collection<PartitionProgress> gapped, long turn, long nowMs) {
    return false;
  }

  @Override
  public void lose(PartitionProgress progress, OffsetRange lost) {
    throw new IllegalStateException(lost + " is lost, and nobody has asked");
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
    // Of logs that nobody sees there is nothing to say.
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
