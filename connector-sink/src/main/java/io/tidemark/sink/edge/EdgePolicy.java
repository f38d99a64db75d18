package io.tidemark.sink.edge;

import java.util.Optional;

/**
 * What the user wants at the edges of a log.
 *
 * @param starting where to begin
 * @param failOnDataLoss whether records that are gone before they were read fail the task
 * @param onRecreated what to do about a topic that was created again
 * @param resetsToEarliest whether the consumer, its offset being gone, goes to the earliest one;
 *     otherwise it may skip records that are still there
 */
public record EdgePolicy(
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
   * What to tell the user about the consumer's reset policy, if it says otherwise than the starting
   * offsets, which count.
   */
  public Optional<String> contradiction(Optional<String> resetPolicy) {
    boolean counts = starting instanceof StartingOffsets.Committed;
    boolean same = resetPolicy.isEmpty() || resetPolicy.get().equals(starting.toString());
    return counts || same || resetsToEarliest
        ? Optional.empty()
        : Optional.of(
            "auto.offset.reset="
                + resetPolicy.get()
                + " of the consumer has no effect on where the connector begins: that is what"
                + " starting.offsets or starting.timestamp says. Remove it, or set"
                + " starting.offsets=committed.");
  }
}
