package io.tidemark.source;

import java.util.Map;

/** What a source task shows under JMX. */
public interface SourceMetricsMXBean {

  /**
   * Versions that are not read to the end, of the table that is the furthest behind; -1, as in all
   * figures of the lag, while it is unknown of a table.
   */
  long getLagVersions();

  /**
   * Files that are known to be left in all tables: of the snapshot, and of the next hundred
   * versions at most.
   */
  long getLagFiles();

  /** Size of them. */
  long getLagBytes();

  /** Milliseconds since the oldest version was committed that is not read to the end. */
  long getLagMs();

  /** Per table the versions that are not read to the end. */
  Map<String, Long> getLagVersionsByTable();

  /** Tables that are not there; the task waits for them. */
  int getTableMissing();

  /** Rows that were handed to Connect. */
  long getRowsTotal();

  /** Files and changes that were opened. */
  long getFilesTotal();

  /** Size of them, though a file is read from where the task continues. */
  long getBytesTotal();

  /** How often something could not be read any more and was left out. */
  long getDataLossesTotal();
}
