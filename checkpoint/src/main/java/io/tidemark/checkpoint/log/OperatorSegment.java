package io.tidemark.checkpoint.log;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/**
 * The part of a segment for one operator.
 *
 * @param definition what the operator computes, by part; its state is only valid for this
 *     definition
 * @param rows records that are in the runs
 * @param lateRows records that the task left out because their windows were closed
 * @param maxEventMs the largest event time of each topic-partition that counts for the watermark,
 *     epoch milliseconds; absent when no record had one
 * @param types path of a field to its Delta type, for the fields whose type is known
 * @param runs the runs with the partial aggregates
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
