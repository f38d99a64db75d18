package io.tidemark.sink.batch;

import io.tidemark.checkpoint.log.Batch;
import io.tidemark.checkpoint.log.OffsetResets;
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
 * A request to reset the ends of topic-partitions. A batch carries it out, planned once like any
 * other. From then on no segment is accepted of a session that began before that batch, so that no
 * zombie can seal records for the old ends.
 *
 * <p>A task may have sent its request long ago. The request therefore names the state that the task
 * has seen, and is void for a batch that continues another state.
 *
 * @param id the same request is carried out once, however many ask for it
 * @param cause for people, one phrase
 * @param ends the end of each partition to reset; empty when it is to be forgotten
 * @param origin the cluster and topics that the new ends count in, as far as known
 * @param operators their states from then on; empty when they stay as they are
 * @param replaced topic to id: what the ends to replace counted in when they were seen; empty when
 *     the new ones hold whatever comes in between
 */
public record OffsetReset(
    String id,
    String cause,
    SortedMap<TopicPartition, OptionalLong> ends,
    Origin origin,
    Optional<SortedMap<String, OperatorState>> operators,
    SortedMap<String, String> replaced) {

  public OffsetReset {
    ends = Offsets.sorted(ends);
    replaced = Collections.unmodifiableSortedMap(new TreeMap<>(replaced));
  }

  /** A request that leaves the operators as they are, and holds whatever comes in between. */
  public static OffsetReset of(
      String id, String cause, Map<TopicPartition, OptionalLong> ends, Origin origin) {
    return new OffsetReset(
        id, cause, Offsets.sorted(ends), origin, Optional.empty(), new TreeMap<>());
  }

  /**
   * A request to continue with a topic that was created again.
   *
   * @param replaced the id that the ends count in so far
   * @param found the id that the topic has now
   */
  public static OffsetReset rebase(
      String topic,
      String replaced,
      String found,
      Optional<String> clusterId,
      Map<TopicPartition, OptionalLong> ends) {
    return new OffsetReset(
        "rebase " + topic + " " + found,
        "topic " + topic + " was created again",
        Offsets.sorted(ends),
        new Origin(clusterId, new TreeMap<>(Map.of(topic, found))),
        Optional.empty(),
        new TreeMap<>(Map.of(topic, replaced)));
  }

  /** Whether the batch has carried it out. */
  public boolean isDoneBy(Batch committed) {
    return committed.continuity().resets().id().equals(id);
  }

  /**
   * Whether the plan has other topic ids than those that the request replaces: another batch has
   * continued with the topic, or an operator has reset the ends.
   */
  public boolean isVoidFor(Batch plan) {
    return !plan.continuity().origin().topicIds().entrySet().containsAll(replaced.entrySet());
  }

  /** The plan with this request carried out. */
  public Batch applied(Batch plan) {
    SortedMap<TopicPartition, OffsetResets.Reset> resets = new TreeMap<>(Offsets.ORDER);
    ends.forEach(
        (partition, to) ->
            resets.put(partition, new OffsetResets.Reset(plan.frontier().end(partition), to)));
    return plan.reset(
        new OffsetResets(id, cause, resets), originAfter(plan), operators.orElse(plan.operators()));
  }

  /** Forgets the ids of reset topics, because another id may be the reason for the reset. */
  private Origin originAfter(Batch plan) {
    Origin before = plan.continuity().origin();
    Map<String, String> ids = new HashMap<>(before.topicIds());
    ends.keySet().forEach(partition -> ids.remove(partition.topic()));
    boolean all = ends.keySet().containsAll(plan.frontier().ends().keySet());
    return new Origin(all ? Optional.empty() : before.clusterId(), new TreeMap<>(ids))
        .overlaid(origin);
  }
}
