package io.tidemark.command.inspect;

import io.tidemark.checkpoint.log.Frontier;
import io.tidemark.checkpoint.log.OperatorState;
import io.tidemark.checkpoint.log.OwnerLog;
import io.tidemark.checkpoint.log.Segment;
import io.tidemark.command.location.Damage;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/**
 * A checkpoint location at one moment.
 *
 * @param owner the connector that owns it
 * @param nowMs when it was read, epoch milliseconds
 * @param batches the newest ones, in order
 * @param retained how many batches have a plan
 * @param waiting segments that no plan has decided about
 * @param orphans files that no batch will name; the clean-up after a later batch removes them
 * @param logEnds end offsets of the partitions in Kafka; empty when Kafka was not asked
 */
public record Inspection(
    String location,
    String queryId,
    Optional<OwnerLog.Owner> owner,
    long nowMs,
    List<BatchView> batches,
    int retained,
    List<TableView> tables,
    List<Segment> waiting,
    List<SessionView> sessions,
    List<Orphan> orphans,
    List<Damage> damages,
    SortedMap<TopicPartition, Long> logEnds) {

  public Inspection {
    batches = List.copyOf(batches);
  }

  /** The newest batch that is done. */
  public Optional<BatchView> committed() {
    return batches.stream()
        .filter(batch -> batch.committedMs().isPresent())
        .reduce((first, second) -> second);
  }

  /** The batch that is planned and not done. */
  public Optional<BatchView> planned() {
    return batches.stream()
        .filter(batch -> batch.committedMs().isEmpty())
        .reduce((first, second) -> second);
  }

  /** End offsets of the newest committed batch. */
  public Frontier frontier() {
    return committed().map(BatchView::frontier).orElse(Frontier.NONE);
  }

  /** State of the operators after the newest committed batch. */
  public SortedMap<String, OperatorState> operators() {
    return committed().map(BatchView::operators).orElseGet(TreeMap::new);
  }

  /** Records of a partition that no table has yet; empty when Kafka was not asked. */
  public OptionalLong lag(TopicPartition partition) {
    Long end = logEnds.get(partition);
    return end == null
        ? OptionalLong.empty()
        : OptionalLong.of(Math.max(0, end - frontier().end(partition).orElse(0)));
  }

  /** Records of all partitions that no table has yet. */
  public OptionalLong lag() {
    return logEnds.isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(
            logEnds.keySet().stream().mapToLong(partition -> lag(partition).orElse(0)).sum());
  }

  /** The usual time between two batches: the median. */
  public OptionalLong intervalMs() {
    if (batches.size() < 3) {
      return OptionalLong.empty();
    }
    long[] gaps = new long[batches.size() - 1];
    for (int i = 0; i < gaps.length; i++) {
      gaps[i] = batches.get(i + 1).decidedMs() - batches.get(i).decidedMs();
    }
    Arrays.sort(gaps);
    return OptionalLong.of(gaps[gaps.length / 2]);
  }
}
