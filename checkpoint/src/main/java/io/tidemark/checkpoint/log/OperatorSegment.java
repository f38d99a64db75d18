package io.tidemark.checkpoint.log;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/**
 * What a segment brings to one operator.
 *
 * @param definition what the operator computes, by part; its state fits no other
 * @param rows records that are in the runs
 * @param lateRows records that the task left out because their windows were closed
 * @param maxEventMs per topic-partition the largest event time that counts for the watermark, epoch
 *     milliseconds; absent when no record had one
 * @param types path of a field to its Delta type, of those fields that showed one
 * @param runs the partials
 */
public record OperatorSegment(
    SortedMap<String, String> definition,
    long rows,
    long lateRows,
    SortedMap<TopicPartition, Long> maxEventMs,
    SortedMap<String, String> types,
    List<Run> runs) {

  public OperatorSegment {
    definition = Collections.unmodifiableSortedMap(new TreeMap<>(definition));
    maxEventMs = Offsets.sorted(maxEventMs);
    types = Collections.unmodifiableSortedMap(new TreeMap<>(types));
    runs = List.copyOf(runs);
  }
}
