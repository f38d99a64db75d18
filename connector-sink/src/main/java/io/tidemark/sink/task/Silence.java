package io.tidemark.sink.task;

import io.tidemark.checkpoint.log.Offsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.common.TopicPartition;

/**
 * Which partitions have been read for long without a record. Time counts only while the task reads:
 * a partition that is paused, or lags because the task does not come to it, is not silent.
 */
final class Silence {

  private final NavigableSet<Long> timeoutsMs;
  private final Map<TopicPartition, Long> sinceMs = new HashMap<>();

  /** The longest time-out that a segment has told to be over. */
  private final Map<TopicPartition, Long> told = new HashMap<>();

  private long lastMs = -1;

  /**
   * @param timeoutsMs of silence, all that anybody waits for
   */
  Silence(Collection<Long> timeoutsMs) {
    this.timeoutsMs = new TreeSet<>(timeoutsMs);
  }

  /** The task is reading; after a long time of not reading, silence begins anew. */
  void tick(boolean paused, long nowMs) {
    if (paused || (lastMs >= 0 && nowMs - lastMs > shortestMs() / 2)) {
      sinceMs.replaceAll((partition, since) -> nowMs);
    }
    lastMs = nowMs;
  }

  void opened(Collection<TopicPartition> partitions, long nowMs) {
    partitions.forEach(partition -> sinceMs.put(partition, nowMs));
    told.keySet().removeAll(partitions);
  }

  void released(Collection<TopicPartition> partitions) {
    sinceMs.keySet().removeAll(partitions);
    told.keySet().removeAll(partitions);
  }

  void read(TopicPartition partition, long nowMs) {
    if (!timeoutsMs.isEmpty()) {
      sinceMs.put(partition, nowMs);
      told.remove(partition);
    }
  }

  /** The partitions that fell silent since the last segment said so, and since when. */
  SortedMap<TopicPartition, Long> untold(long nowMs) {
    SortedMap<TopicPartition, Long> silent = new TreeMap<>(Offsets.ORDER);
    sinceMs.forEach(
        (partition, since) -> {
          Long over = timeoutsMs.floor(nowMs - since);
          if (over != null && over > told.getOrDefault(partition, 0L)) {
            silent.put(partition, since);
          }
        });
    return silent;
  }

  /** A segment that was sealed at this time says so. */
  void told(Collection<TopicPartition> partitions, long sealedMs) {
    for (TopicPartition partition : partitions) {
      Long over = timeoutsMs.floor(sealedMs - sinceMs.getOrDefault(partition, sealedMs));
      if (over != null) {
        told.put(partition, over);
      }
    }
  }

  private long shortestMs() {
    return timeoutsMs.isEmpty() ? 0 : timeoutsMs.first();
  }
}
