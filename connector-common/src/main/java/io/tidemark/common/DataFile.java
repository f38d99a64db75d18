package io.tidemark.common;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A closed Parquet file of a table, as a segment names it: all that an {@code add} action needs.
 *
 * @param table location of the table, as configured
 * @param path path of the file relative to the table's location, not URL-encoded
 * @param partitionValues partition column (logical name) to its value in Delta's serialisation;
 *     null values are allowed and mean SQL null
 * @param bytes size of the file
 * @param modifiedMs modification time, epoch milliseconds
 * @param rows number of rows, at least 1
 * @param statistics Delta's statistics JSON of the file
 * @param schema the schema that the file was written for, as text that the table understands: id,
 *     columns and partition columns; empty when it is not known
 */
public record DataFile(
    String table,
    String path,
    Map<String, String> partitionValues,
    long bytes,
    long modifiedMs,
    long rows,
    String statistics,
    String schema) {

  public DataFile {
    partitionValues = Collections.unmodifiableMap(new TreeMap<>(partitionValues));
    if (rows < 1 || bytes < 1) {
      throw new IllegalArgumentException("empty data file " + path);
    }
  }

  /** A file whose schema is unknown. */
  public DataFile(
      String table,
      String path,
      Map<String, String> partitionValues,
      long bytes,
      long modifiedMs,
      long rows,
      String statistics) {
    this(table, path, partitionValues, bytes, modifiedMs, rows, statistics, "");
  }
}
