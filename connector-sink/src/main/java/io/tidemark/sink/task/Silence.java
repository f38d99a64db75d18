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
 * Partitions that have been read for long without a record. Time counts only while the task reads:
 * a partition that is paused, or has a lag because the task is slow, is not silent.
 */
final class Silence {

  private final NavigableSet<Long> timeoutsMs;
  private final Map<TopicPartition, Long> sinceMs = new HashMap<>();

  /** The longest timeout that a segment has reported as over, milliseconds. */
  private final Map<TopicPartition, Long> reported = new HashMap<>();

  private long lastMs = -1;

  /**
   * @param timeoutsMs of silence, all that anybody waits for
   */
  Silence(Collection<Long> timeoutsMs) {
    this.timeoutsMs = new TreeSet<>(timeoutsMs);
  }

  /** Records that the task is reading. After a long pause, silence begins again. */
  void tick(boolean paused, long nowMs) {
    if (paused || (lastMs >= 0 && nowMs - lastMs > shortestMs() / 2)) {
      sinceMs.replaceAll((partition, since) -> nowMs);
    }
    lastMs = nowMs;
  }

  void opened(Collection<TopicPartition> partitions, long nowMs) {
    partitions.forEach(partition -> sinceMs.put(partition, nowMs));
    reported.keySet().removeAll(partitions);
  }

  void released(Collection<TopicPartition> partitions) {
    sinceMs.keySet().removeAll(partitions);
    reported.keySet().removeAll(partitions);
  }

  void read(TopicPartition partition, long nowMs) {
    if (!timeoutsMs.isEmpty()) {
      sinceMs.put(partition, nowMs);
      reported.remove(partition);
    }
  }

  /** The partitions that became silent since the last report in a segment, and since when. */
  SortedMap<TopicPartition, Long> unreported(long nowMs) {
    SortedMap<TopicPartition, Long> silent = new TreeMap<>(Offsets.ORDER);
    sinceMs.forEach(
        (partition, since) -> {
          Long over = timeoutsMs.floor(nowMs - since);
          if (over != null && over > reported.getOrDefault(partition, 0L)) {
            silent.put(partition, since);
          }
        });
    return silent;
  }

  /** Records that a segment sealed at this time reports the silence. */
  void reported(Collection<TopicPartition> partitions, long sealedMs) {
    for (TopicPartition partition : partitions) {
      Long over = timeoutsMs.floor(sealedMs - sinceMs.getOrDefault(partition, sealedMs));
      if (over != null) {
        reported.put(partition, over);
      }
    }
  }

  private long shortestMs() {
    return timeoutsMs.isEmpty() ? 0 : timeoutsMs.first();
  }
}
