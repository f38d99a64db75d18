package io.tidemark.sink.task;

import io.tidemark.sink.kafka.Opening;
import io.tidemark.sink.kafka.TopicWatch;
import io.tidemark.sink.recovery.ResumePlan;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;

/**
 * Where partitions continue: what the checkpoint location and Kafka say.
 *
 * @param opening empty when Kafka did not say where to begin
 */
record Resumption(ResumePlan plan, Optional<Opening> opening) {

  /**
   * Reads both again until they describe the same state: other tasks may continue in between.
   *
   * @param plans reads the checkpoint location
   * @param origins where to begin in partitions that have no history
   * @throws RuntimeException when the logs are such that the task is to fail
   */
  static Resumption of(
      Supplier<ResumePlan> plans,
      TopicWatch topics,
      Collection<TopicPartition> partitions,
      Map<TopicPartition, Long> origins) {
    ResumePlan plan = plans.get();
    Optional<Opening> opening = topics.open(partitions, plan, origins);
    while (opening.filter(Opening::isDoubtful).isPresent()) {
      ResumePlan now = plans.get();
      if (now.endsLike(plan, partitions)) {
        break;
      }
      plan = now;
      opening = topics.open(partitions, plan, origins);
    }
    opening
        .flatMap(Opening::failure)
        .ifPresent(
            failure -> {
              throw failure;
            });
    return new Resumption(plan, opening);
  }

  /** Where the task begins; empty when it has to wait for Kafka or for a batch. */
  Optional<Opening> ready() {
    return opening.filter(asked -> asked.resets().isEmpty());
  }
}
