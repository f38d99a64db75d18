package io.tidemark.sink.kafka;

import io.tidemark.common.TidemarkException;
import java.util.Optional;

/**
 * What the configuration sets for the start and the end of logs.
 *
 * @param starting where to begin
 * @param failOnDataLoss whether the task fails when records were deleted before they were read
 * @param onRecreated what to do about a topic that was created again
 * @param resetsToEarliest whether the consumer's reset policy is earliest; with another one the
 *     consumer may skip records that still exist
 */
public record TopicPolicy(
    StartingOffsets starting,
    boolean failOnDataLoss,
    OnTopicRecreated onRecreated,
    boolean resetsToEarliest) {

  /** Whether the connector has to ask Kafka itself. */
  public boolean needsBroker() {
    return failOnDataLoss
        || onRecreated.rebases()
        || !(starting instanceof StartingOffsets.Committed);
  }

  /**
   * The warning about a consumer's reset policy that differs from the starting offsets, which the
   * connector uses.
   */
  public Optional<String> contradiction(Optional<String> resetPolicy) {
    boolean counts = starting instanceof StartingOffsets.Committed;
    boolean same = resetPolicy.isEmpty() || resetPolicy.get().equals(starting.toString());
    return counts || same || resetsToEarliest
        ? Optional.empty()
        : Optional.of(
            TidemarkException.message(
                """
                auto.offset.reset=%s of the consumer has no effect: starting.offsets or
                starting.timestamp sets where the connector begins. Remove auto.offset.reset, or set
                starting.offsets=committed.
                """,
                resetPolicy.get()));
  }
}
