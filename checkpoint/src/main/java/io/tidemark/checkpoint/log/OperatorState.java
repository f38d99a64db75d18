package io.tidemark.checkpoint.log;

import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/**
 * An operator after a batch. Its complete state is in the runs that this record names.
 *
 * @param definition what the operator computes, by part
 * @param watermarkMs the watermark that the batch closes windows with, epoch milliseconds; empty
 *     before the first
 * @param partitions the event time progress of every topic-partition that the operator reads
 * @param types path of a field to its Delta type, over all records so far
 * @param runs the live runs, in the order of merging
 * @param counts what the batch did
 */
public record OperatorState(
    SortedMap<String, String> definition,
    OptionalLong watermarkMs,
    SortedMap<TopicPartition, EventProgress> partitions,
    SortedMap<String, String> types,
    List<LiveRun> runs,
    Counts counts) {

  /**
   * What a batch did to an operator.
   *
   * @param rows input records in its segments' runs
   * @param partials entries of its segments' runs
   * @param closed result rows
   * @param lateRows input records that came after their window was closed
   */
  public record Counts(long rows, long partials, long closed, long lateRows) {
    /** The counts of a batch that did nothing. */
    public static final Counts NONE = new Counts(0, 0, 0, 0);
  }

  public OperatorState {
    definition = Collections.unmodifiableSortedMap(new TreeMap<>(definition));
    partitions = Offsets.sorted(partitions);
    types = Collections.unmodifiableSortedMap(new TreeMap<>(types));
    runs = List.copyOf(runs);
  }

  /** An operator that has seen nothing. */
  public static OperatorState initial(SortedMap<String, String> definition) {
    return new OperatorState(
        definition,
        OptionalLong.empty(),
        new TreeMap<>(Offsets.ORDER),
        new TreeMap<>(),
        List.of(),
        Counts.NONE);
  }

  /** This state with other runs of the same content. */
  public OperatorState withRuns(List<LiveRun> others) {
    return new OperatorState(definition, watermarkMs, partitions, types, others, counts);
  }

  /** This state after a batch that does not change it. */
  public OperatorState untouched() {
    return new OperatorState(definition, watermarkMs, partitions, types, runs, Counts.NONE);
  }

  /** Partials of all live runs. */
  public long partials() {
    return runs.stream().mapToLong(live -> live.run().partials()).sum();
  }

  /** Bytes of all live runs. */
  public long bytes() {
    return runs.stream().mapToLong(live -> live.run().bytes()).sum();
  }
}
