package io.tidemark.sink.task;

import java.util.Collection;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops reading while too much is sealed and not committed, continues reading when that is over.
 */
final class Backpressure {

  private static final Logger LOG = LoggerFactory.getLogger(Backpressure.class);

  private final int maxWaiting;
  private final TaskPort port;
  private boolean paused;

  /**
   * @param maxWaiting with so many own segments that wait for a batch, partitions pause
   */
  Backpressure(int maxWaiting, TaskPort port) {
    this.maxWaiting = maxWaiting;
    this.port = port;
  }

  /** Pauses or resumes the partitions, if it is time to. */
  void apply(int waiting, Collection<TopicPartition> partitions) {
    boolean full = waiting >= maxWaiting;
    if (full && !paused) {
      LOG.warn("Pausing the partitions: {} sealed segments wait for a commit", waiting);
      port.pause(partitions);
    } else if (!full && paused) {
      LOG.info("Resuming the partitions: sealed segments were committed");
      port.resume(partitions);
    }
    paused = full;
  }

  /** Whether the partitions are paused. */
  boolean isPaused() {
    return paused;
  }

  /** Partitions that come while others are paused pause too. */
  void opened(Collection<TopicPartition> partitions) {
    if (paused) {
      port.pause(partitions);
    }
  }
}
