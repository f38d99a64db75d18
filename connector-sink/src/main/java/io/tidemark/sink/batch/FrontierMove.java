package io.tidemark.sink.batch;

import io.tidemark.checkpoint.log.Batch;
import io.tidemark.checkpoint.log.Moves;
import io.tidemark.checkpoint.log.Offsets;
import io.tidemark.checkpoint.log.OperatorState;
import io.tidemark.checkpoint.log.Origin;
import java.util.Collections;
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
 * <p>What a task asks for follows from what it has seen, and that may be long ago: the request
 * names it, and is void for a batch that stands on something else.
 *
 * @param id the same request is carried out once, however many ask for it
 * @param cause for people, one phrase
 * @param ends the end of each partition to move; empty when it is to be forgotten
 * @param origin the cluster and topics that the new ends count in, as far as known
 * @param operators their states from then on; empty when they stay as they are
 * @param replaced topic to id: what the ends to replace counted in when they were seen; empty when
 *     the new ones hold whatever comes in between
 */
public record FrontierMove(
    String id,
    String cause,
    SortedMap<TopicPartition, OptionalLong> ends,
    Origin origin,
    Optional<SortedMap<String, OperatorState>> operators,
    SortedMap<String, String> replaced) {

  public FrontierMove {
    ends = Offsets.sorted(ends);
    replaced = Collections.unmodifiableSortedMap(new TreeMap<>(replaced));
  }

  /** A request that leaves the operators as they are, and holds whatever comes in between. */
  public static FrontierMove of(
      String id, String cause, Map<TopicPartition, OptionalLong> ends, Origin origin) {
    return new FrontierMove(
        id, cause, Offsets.sorted(ends), origin, Optional.empty(), new TreeMap<>());
  }

  /**
   * A request to go on with a topic that was created again.
   *
   * @param replaced the id that the ends count in so far
   * @param found the id that the topic has now
   */
  public static FrontierMove rebase(
      String topic,
      String replaced,
      String found,
      Optional<String> clusterId,
      Map<TopicPartition, OptionalLong> ends) {
    return new FrontierMove(
        "rebase " + topic + " " + found,
        "topic " + topic + " was created again",
        Offsets.sorted(ends),
        new Origin(clusterId, new TreeMap<>(Map.of(topic, found))),
        Optional.empty(),
        new TreeMap<>(Map.of(topic, replaced)));
  }

  /** Whether the batch has carried it out. */
  public boolean isDoneBy(Batch committed) {
    return committed.continuity().moves().id().equals(id);
  }

  /**
   * Whether the plan counts in other topics than those that whoever asks has seen: another batch
   * has gone on with the topic, or an operator has set the ends.
   */
  public boolean isVoidFor(Batch plan) {
    return !plan.continuity().origin().topicIds().entrySet().containsAll(replaced.entrySet());
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
