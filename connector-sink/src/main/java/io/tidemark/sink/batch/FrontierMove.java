package io.tidemark.sink.batch;

import io.tidemark.checkpoint.log.Batch;
import io.tidemark.checkpoint.log.Moves;
import io.tidemark.checkpoint.log.Offsets;
import io.tidemark.checkpoint.log.OperatorState;
import io.tidemark.checkpoint.log.Origin;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/**
 * A request to set the ends of topic-partitions instead of reaching them. A batch carries it out,
 * decided once like any other; of every session that began behind an earlier batch nothing is
 * accepted from then on, so no zombie can seal what the old ends meant.
 *
 * @param id the same request is carried out once, however many ask for it
 * @param cause for people, one phrase
 * @param ends the end of each partition to move; empty when it is to be forgotten
 * @param origin the cluster and topics that the new ends count in, as far as known
 * @param operators their states from then on; empty when they stay as they are
 */
public record FrontierMove(
    String id,
    String cause,
    SortedMap<TopicPartition, OptionalLong> ends,
    Origin origin,
    Optional<SortedMap<String, OperatorState>> operators) {

  public FrontierMove {
    ends = Offsets.sorted(ends);
  }

  /** A request that leaves the operators as they are. */
  public static FrontierMove of(
      String id, String cause, Map<TopicPartition, OptionalLong> ends, Origin origin) {
    return new FrontierMove(id, cause, Offsets.sorted(ends), origin, Optional.empty());
  }

  /**
   * Whether the batch has carried it out. Several tasks may ask to go on with a topic that was
   * created again: that is done by whichever batch has led to that topic.
   */
  public boolean isDoneBy(Batch committed) {
    if (committed.continuity().moves().id().equals(id)) {
      return true;
    }
    Map<String, String> known = committed.continuity().origin().topicIds();
    return isRebase() && known.entrySet().containsAll(origin.topicIds().entrySet());
  }

  /** Whether it goes on with topics that were created again, as tasks ask when they see that. */
  public boolean isRebase() {
    return operators.isEmpty() && !origin.topicIds().isEmpty();
  }

  /** The plan with this request carried out. */
  public Batch applied(Batch plan) {
    SortedMap<TopicPartition, Moves.Move> moves = new TreeMap<>(Offsets.ORDER);
    ends.forEach(
        (partition, to) ->
            moves.put(partition, new Moves.Move(plan.frontier().end(partition), to)));
    return plan.moved(
        new Moves(id, cause, moves), originAfter(plan), operators.orElse(plan.operators()));
  }

  /** What was known of a moved topic may be why it is moved. */
  private Origin originAfter(Batch plan) {
    Origin before = plan.continuity().origin();
    Map<String, String> ids = new HashMap<>(before.topicIds());
    ends.keySet().forEach(partition -> ids.remove(partition.topic()));
    boolean all = ends.keySet().containsAll(plan.frontier().ends().keySet());
    return new Origin(all ? Optional.empty() : before.clusterId(), new TreeMap<>(ids))
        .overlaid(origin);
  }
}
