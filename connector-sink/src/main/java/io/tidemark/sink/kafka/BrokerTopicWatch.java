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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs of a broker that answers questions, now and then. */
public final class BrokerTopicWatch implements TopicWatch {

  private static final Logger LOG = LoggerFactory.getLogger(BrokerTopicWatch.class);

  private final TopicPolicy policy;
  private final String location;
  private final TopicIds topics;
  private final Openings openings;
  private final LossWatch losses;
  private final BatchTail tail;
  private final RetentionAdvice advice;
  private final TopicFigures figures;

  /**
   * Asks a broker.
   *
   * @param location of the checkpoint, for messages
   */
  public BrokerTopicWatch(
      Broker broker, TopicPolicy policy, String location, TopicFigures figures) {
    this.policy = policy;
    this.location = location;
    this.topics = new TopicIds(broker, policy, location);
    this.openings = new Openings(broker, policy, location, topics);
    this.losses = new LossWatch(broker, policy, topics);
    this.tail = new BatchTail(broker);
    this.advice = new RetentionAdvice(broker, figures);
    this.figures = figures;
  }

  @Override
  public Optional<Opening> open(
      Collection<TopicPartition> partitions, ResumePlan plan, Map<TopicPartition, Long> origins) {
    losses.forget(partitions);
    tail.forget(partitions);
    return openings.of(partitions, plan, origins);
  }

  @Override
  public boolean resolvesStarts() {
    return !(policy.starting() instanceof StartingOffsets.Committed);
  }

  @Override
  public boolean isDue(long nowMs) {
    return losses.isDue(nowMs);
  }

  @Override
  public boolean isLost(Collection<PartitionProgress> gapped, long putNumber, long nowMs) {
    return losses.isLost(gapped, putNumber, nowMs);
  }

  @Override
  public void lose(PartitionProgress progress, OffsetRange lost) {
    LossWatch.lose(progress, lost);
  }

  @Override
  public Map<TopicPartition, Long> passed(
      Map<TopicPartition, Long> positions, Limits limits, long nowMs) {
    return tail.passed(positions, limits, nowMs);
  }

  @Override
  public Optional<Cut> cut(
      Collection<PartitionProgress> owned,
      Map<TopicPartition, Long> positions,
      boolean reading,
      long nowMs) {
    if (topics.haveChanged(owned.stream().map(PartitionProgress::partition).toList())) {
      return Optional.of(Cut.none());
    }
    // Records of a topic that was created again may look as if they continued those of the old one.
    List<TopicPartition> read =
        owned.stream()
            .filter(progress -> progress.hasRead(positions.get(progress.partition())))
            .map(PartitionProgress::partition)
            .toList();
    return topics.areTold(read) ? losses.cut(owned, positions, reading, nowMs) : Optional.empty();
  }

  @Override
  public Optional<TidemarkException> regressed(OffsetRegression regression) {
    try {
      return topics.mayChange(List.of(regression.partition()))
          ? Optional.empty()
          : Optional.of(LogErrors.offsetRunsBackwards(regression, location));
    } catch (TidemarkException known) {
      return Optional.of(known);
    }
  }

  @Override
  public void advise(Collection<PartitionProgress> owned, long nowMs) {
    if (advice.isDue(nowMs)) {
      try {
        advice.look(owned, nowMs);
      } catch (TidemarkException e) {
        // This is only a warning. Data loss itself is noticed elsewhere.
        LOG.warn("Cannot read the retention of the topics. Trying again in an hour", e);
      }
    }
  }

  @Override
  public void sealed(Segment segment) {
    segment
        .provenance()
        .lost()
        .values()
        .forEach(ranges -> ranges.forEach(range -> figures.lose(range.to() - range.from())));
  }

  @Override
  public Origin origin(Collection<TopicPartition> partitions) {
    return topics.origin(partitions);
  }
}
