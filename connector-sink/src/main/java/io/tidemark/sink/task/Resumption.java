package io.tidemark.sink.task;

import io.tidemark.sink.edge.Edges;
import io.tidemark.sink.edge.Opening;
import io.tidemark.sink.recovery.ResumePlan;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;

/**
 * Where partitions continue, by the checkpoint location, and what Kafka says to that.
 *
 * @param opening empty when Kafka did not say where to begin
 */
record Resumption(ResumePlan plan, Optional<Opening> opening) {

  /**
   * Asks both until they speak of the same: others may go on in between.
   *
   * @param plans reads the checkpoint location
   * @param origins where to begin in partitions that have no history
   * @throws RuntimeException when the logs are such that the task is to fail
   */
  static Resumption of(
      Supplier<ResumePlan> plans,
      Edges edges,
      Collection<TopicPartition> partitions,
      Map<TopicPartition, Long> origins) {
    ResumePlan plan = plans.get();
    Optional<Opening> opening = edges.open(partitions, plan, origins);
    while (opening.filter(Opening::isDoubtful).isPresent()) {
      ResumePlan now = plans.get();
      if (now.endsLike(plan, partitions)) {
        break;
      }
      plan = now;
      opening = edges.open(partitions, plan, origins);
    }
    opening
        .flatMap(Opening::failure)
        .ifPresent(
            failure -> {
              throw failure;
            });
    return new Resumption(plan, opening);
  }

  /** What the task begins with; empty when it has to wait, for Kafka or for a batch. */
  Optional<Opening> ready() {
    return opening.filter(asked -> asked.moves().isEmpty());
  }
}
