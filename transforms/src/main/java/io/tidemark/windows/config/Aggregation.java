package io.tidemark.windows.config;

import java.util.List;
import java.util.Optional;

/**
 * A windowed aggregation, as a transformation is configured.
 *
 * @param name alias of the transformation
 * @param windowColumn name of the column of the window's bounds
 * @param groupBy fields and expressions; an empty list groups by the window alone
 * @param aggregates at least one; none when it only drops duplicates of the group-by fields
 * @param having the condition that rows have to meet to be written; empty for all
 * @param topic topic name of its result rows, which determines their table
 * @param forwardInput whether the input records are also forwarded unchanged
 * @param reportLate whether late records go to the dead letter queue
 * @param bufferBytes heap for the open groups of a task, in bytes; 0 uses a share of the worker's
 *     heap
 * @param memoryProvider whether state is kept in plain files instead of RocksDB's format
 */
public record Aggregation(
    String name,
    EventTime eventTime,
    WindowSpec window,
    String windowColumn,
    List<GroupField> groupBy,
    List<Aggregate> aggregates,
    Optional<String> having,
    WatermarkSpec watermark,
    String topic,
    boolean forwardInput,
    boolean reportLate,
    long bufferBytes,
    boolean memoryProvider) {

  public Aggregation {
    groupBy = List.copyOf(groupBy);
    aggregates = List.copyOf(aggregates);
  }
}
