package io.tidemark.sink.task;

import io.tidemark.sink.batch.OffsetReset;
import java.util.Collection;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** What a session needs from the Connect runtime and from the driver of its task. */
public interface TaskPort {

  /** Continues reading at these offsets, from the next poll on. */
  void seek(Map<TopicPartition, Long> offsets);

  /** Asks for {@code preCommit} right after the current {@code put}. */
  void requestCommit();

  /** Called before a session is registered; throws when this task must not begin one. */
  default void beginning() {}

  /** Stops fetching from these partitions. */
  void pause(Collection<TopicPartition> partitions);

  /** Fetches from these partitions again. */
  void resume(Collection<TopicPartition> partitions);

  /**
   * Tells the driver that there may be something to decide: a segment was sealed, or a session was
   * registered, which may have partitions of a task that is gone.
   */
  void wakeDriver();

  /** Asks the driver for a batch that resets the frontier; asked again, it is the same request. */
  void reset(OffsetReset reset);
}
