package io.tidemark.checkpoint.log;

import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/** Topic-partitions in the one order that every log writes them in: by topic, then by number. */
public final class Offsets {

  /** By topic, then by number of the partition. */
  public static final Comparator<TopicPartition> ORDER =
      Comparator.comparing(TopicPartition::topic).thenComparingInt(TopicPartition::partition);

  private Offsets() {}

  /** An unmodifiable copy in order. */
  public static <V> SortedMap<TopicPartition, V> sorted(Map<TopicPartition, V> values) {
    SortedMap<TopicPartition, V> copy = new TreeMap<>(ORDER);
    copy.putAll(values);
    return Collections.unmodifiableSortedMap(copy);
  }
}
