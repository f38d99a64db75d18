package io.tidemark.sink;

import java.util.Map;

/** What a sink task shows under JMX, of the last batch that its driver carried out. */
public interface SinkMetricsMXBean {

  /** The batch as one line of JSON, in Spark's words. */
  String getLastProgress();

  /** Number of the batch, -1 before the first. */
  long getBatchId();

  /** Offsets that it passed. */
  long getNumInputRows();

  /** Rows in its data files. */
  long getNumOutputRows();

  /** How long planning took, the closing of windows included. */
  long getPlanMs();

  /** How long the commits of all tables took. */
  long getCommitMs();

  /** Watermark in epoch milliseconds, 0 for none. */
  long getWatermarkMs();

  /** Records that came too late for their windows, over all batches of this driver. */
  long getLateRecordsTotal();

  /** Places at which offsets were missing or doubled, as this driver's audit saw them. */
  long getOffsetAuditFindings();

  /** Per operator the partials in its live runs. */
  Map<String, Long> getNumRowsTotal();

  /** Per operator the partials that the batch brought. */
  Map<String, Long> getNumRowsUpdated();

  /** Per operator the records of the batch that came too late. */
  Map<String, Long> getNumRowsDroppedByWatermark();

  /** Per operator the bytes of its live runs. */
  Map<String, Long> getMemoryUsedBytes();

  /**
   * Offsets that were deleted in Kafka before this task read them, and that it continued without.
   */
  long getLostRecords();

  /**
   * For how long at least the oldest unread record stays in Kafka, milliseconds, as of the last
   * hour; -1 when all is read, or nothing expires.
   */
  long getRetentionHeadroomMs();
}
