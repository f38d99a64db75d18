package io.tidemark.source;

import java.util.Map;

/** The metrics of a source task in JMX. */
public interface SourceMetricsMXBean {

  /**
   * The largest number of versions that are not read to the end, over all tables; -1, as for all
   * metrics of the lag, while it is unknown for a table.
   */
  long getLagVersions();

  /**
   * Known remaining files in all tables: those of the snapshot, and of at most the next hundred
   * versions.
   */
  long getLagFiles();

  /** Their size in bytes. */
  long getLagBytes();

  /** Milliseconds since the commit of the oldest version that is not read to the end. */
  long getLagMs();

  /** The number of versions that are not read to the end, by table. */
  Map<String, Long> getLagVersionsByTable();

  /** The number of tables that do not exist; the task waits for them. */
  int getTableMissing();

  /** Rows that were returned to Connect. */
  long getRowsTotal();

  /** Files and changes that were opened. */
  long getFilesTotal();

  /** Their full size in bytes, even if a file is read only from the task's position on. */
  long getBytesTotal();

  /** How often lost data was skipped. */
  long getDataLossesTotal();
}
