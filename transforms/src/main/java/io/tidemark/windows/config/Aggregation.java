package io.tidemark.windows.config;

import java.util.List;

/**
 * A windowed aggregation, as a transformation is configured.
 *
 * @param name alias of the transformation
 * @param windowColumn name of the column of the window's bounds
 * @param groupBy none groups by the window alone
 * @param aggregates at least one
 * @param topic topic name of its result rows, by which they find their table
 * @param forwardInput whether records also go on as they came
 * @param reportLate whether late records go to the dead letter queue
 * @param bufferBytes heap for open groups of a task; 0 shares a part of the worker's
 * @param memoryProvider state is kept in plain files instead of RocksDB's format
 */
public record Aggregation(
    String name,
    EventTime eventTime,
    WindowSpec window,
    String windowColumn,
    List<GroupField> groupBy,
    List<Aggregate> aggregates,
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
