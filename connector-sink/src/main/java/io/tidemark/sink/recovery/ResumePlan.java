package io.tidemark.sink.recovery;

import io.tidemark.checkpoint.log.Batch;
import io.tidemark.checkpoint.log.Frontier;
import io.tidemark.checkpoint.log.OffsetRange;
import io.tidemark.checkpoint.log.Origin;
import io.tidemark.checkpoint.log.Segment;
import io.tidemark.checkpoint.log.SegmentId;
import io.tidemark.checkpoint.log.SessionId;
import io.tidemark.sink.batch.SegmentChain;
import io.tidemark.sink.segment.Limits;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import org.apache.kafka.common.TopicPartition;

/**
 * Where a task continues: after the chain of everything sealed, committed or not.
 *
 * @param committed the last committed batch, {@link Batch#NONE} before the first
 * @param cuts per topic-partition the offsets at which the chain can be committed, ascending from
 *     the frontier to the offset to continue from
 * @param chain the undecided segments that were followed; if one is rejected, the plan is void
 * @param sessions all that are registered
 * @param planned the batch that is decided and not committed, if any
 * @param limits where to stop until Spark's unfinished batch is committed
 * @param origin the known cluster and topics that the cuts belong to
 */
public record ResumePlan(
    Batch committed,
    Map<TopicPartition, List<Long>> cuts,
    Set<SegmentId> chain,
    SortedSet<SessionId> sessions,
    Optional<Batch> planned,
    Limits limits,
    Origin origin) {

  /**
   * Plans from the logs alone.
   *
   * @param position the last committed batch, and what is decided about the one after it
   * @param sessions the registered sessions, read after the segments
   * @param undecided the segments that neither batch has decided about
   */
  public static ResumePlan of(
      Recovery.Position position, SortedSet<SessionId> sessions, Collection<Segment> undecided) {
    Batch committed = position.committed();
    Optional<Batch> planned = position.planned();
    Map<TopicPartition, List<Long>> cuts = new HashMap<>();
    addCuts(cuts, committed.frontier());
    planned.ifPresent(
        batch -> {
          // After a reset, offsets reached before it are no longer cuts.
          cuts.keySet().removeAll(batch.continuity().resets().ends().keySet());
          addCuts(cuts, batch.frontier());
        });
    Set<SegmentId> chain = new HashSet<>();
    Batch last = planned.orElse(committed);
    Origin origin = last.continuity().origin();
    SegmentChain followed =
        SegmentChain.follow(last, sessions, undecided, Set.of(), position.limits());
    for (Segment segment : followed.accepted()) {
      chain.add(segment.id());
      origin = origin.overlaid(segment.provenance().origin());
      for (Map.Entry<TopicPartition, OffsetRange> range : segment.ranges().entrySet()) {
        addCut(cuts, range.getKey(), range.getValue().from());
        addCut(cuts, range.getKey(), range.getValue().to());
      }
    }
    followed
        .frontier()
        .ends()
        .forEach((partition, begin) -> cuts.computeIfAbsent(partition, absent -> List.of(begin)));
    return new ResumePlan(committed, cuts, chain, sessions, planned, position.limits(), origin);
  }

  /** Number of the last batch that is decided, committed or not, -1 for none. */
  public long after() {
    return planned.orElse(committed).number();
  }

  /** The cuts of a topic-partition; empty when no batch and no segment has ever named it. */
  public List<Long> cutsOf(TopicPartition partition) {
    return cuts.getOrDefault(partition, List.of());
  }

  /** Whether the partitions continue where they do in another plan. */
  public boolean endsLike(ResumePlan other, Collection<TopicPartition> partitions) {
    return partitions.stream()
        .allMatch(partition -> end(cutsOf(partition)).equals(end(other.cutsOf(partition))));
  }

  private static Optional<Long> end(List<Long> cuts) {
    return cuts.isEmpty() ? Optional.empty() : Optional.of(cuts.get(cuts.size() - 1));
  }

  private static void addCuts(Map<TopicPartition, List<Long>> cuts, Frontier frontier) {
    frontier.ends().forEach((partition, end) -> addCut(cuts, partition, end));
  }

  private static void addCut(
      Map<TopicPartition, List<Long>> cuts, TopicPartition partition, long cut) {
    List<Long> known = cuts.computeIfAbsent(partition, absent -> new ArrayList<>());
    if (known.isEmpty() || known.get(known.size() - 1) != cut) {
      known.add(cut);
    }
  }
}
