package io.tidemark.sink.task;

import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * What a task session is doing between two callbacks.
 *
 * <pre>
 *   Reading --preCommit--&gt; Settled --put--&gt; Reading
 *   any but Failed --something is dropped--&gt; Broken --put, open--&gt; Seeking --put--&gt; Reading
 *   any --failure--&gt; Failed
 * </pre>
 */
sealed interface Phase {

  /** Reads records, and seals when a cut is due. */
  record Reading() implements Phase {}

  /**
   * No record has come since a {@code preCommit}: if partitions are closed now, the end is
   * graceful.
   *
   * @param positions of the runtime, then
   */
  record Settled(Map<TopicPartition, Long> positions) implements Phase {}

  /** A seek is ordered but not carried out: the runtime's positions are still those before it. */
  record Seeking() implements Phase {}

  /** What was read and not sealed is void, and dropped; the next {@code put} starts over. */
  record Broken() implements Phase {}

  /**
   * The session is over; everything since the last segment is void.
   *
   * @param cause thrown by every {@code put}
   */
  record Failed(RuntimeException cause) implements Phase {}
}
