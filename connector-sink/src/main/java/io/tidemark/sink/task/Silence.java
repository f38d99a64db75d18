package io.tidemark.sink.task;

import io.tidemark.checkpoint.log.Offsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/**
 * Which partitions have been read for long without a record. Time counts only while the task reads:
 * a partition that is paused, or lags because the task does not come to it, is not silent.
 */
final class Silence {

  private final long timeoutMs;
  private final Map<TopicPartition, Long> sinceMs = new HashMap<>();
  private final Set<TopicPartition> told = new HashSet<>();
  private long lastMs = -1;

  /**
   * @param timeoutMs of silence, 0 for never
   */
  Silence(long timeoutMs) {
    this.timeoutMs = timeoutMs;
  }

  /** The task is reading; after a long time of not reading, silence begins anew. */
  void tick(boolean paused, long nowMs) {
    if (paused || (lastMs >= 0 && nowMs - lastMs > timeoutMs / 2)) {
      sinceMs.replaceAll((partition, since) -> nowMs);
    }
    lastMs = nowMs;
  }

  void opened(Collection<TopicPartition> partitions, long nowMs) {
    partitions.forEach(partition -> sinceMs.put(partition, nowMs));
    told.removeAll(partitions);
  }

  void released(Collection<TopicPartition> partitions) {
    sinceMs.keySet().removeAll(partitions);
    told.removeAll(partitions);
  }

  void read(TopicPartition partition, long nowMs) {
    if (timeoutMs > 0) {
      sinceMs.put(partition, nowMs);
      told.remove(partition);
    }
  }

  /** The partitions that fell silent since the last segment said so, and since when. */
  SortedMap<TopicPartition, Long> untold(long nowMs) {
    SortedMap<TopicPartition, Long> silent = new TreeMap<>(Offsets.ORDER);
    if (timeoutMs > 0) {
      sinceMs.forEach(
          (partition, since) -> {
            if (nowMs - since >= timeoutMs && !told.contains(partition)) {
              silent.put(partition, since);
            }
          });
    }
    return silent;
  }

  /** A segment says so. */
  void told(Collection<TopicPartition> partitions) {
    told.addAll(partitions);
  }
}
