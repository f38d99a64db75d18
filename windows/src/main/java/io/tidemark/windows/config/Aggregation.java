package io.tidemark.windows.config;

import java.util.List;
import java.util.Optional;

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
 * @param stateDirectory where a standalone transformation keeps its state
 */
public record Aggregation(
    String name,
    EventTime eventTime,
    WindowSpec window,
    String windowColumn,
    List<GroupField> groupBy,
    List<Aggregate> aggregates,
    WatermarkSpec watermark,
    OutputMode outputMode,
    String topic,
    boolean forwardInput,
    boolean reportLate,
    long bufferBytes,
    boolean memoryProvider,
    Optional<String> stateDirectory) {

  /** When rows come out. */
  public enum OutputMode {
    /** One row per window and group, once the watermark has passed the window. */
    APPEND,
    /** The new row of a group with every record. */
    UPDATE
  }

  public Aggregation {
    groupBy = List.copyOf(groupBy);
    aggregates = List.copyOf(aggregates);
  }
}
