package io.tidemark.checkpoint.log;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The tables that a query has ever written to, by location.
 *
 * @param ids the table's id
 * @param batches the last batch with data files for it
 */
public record WrittenTables(SortedMap<String, String> ids, SortedMap<String, Long> batches) {

  public WrittenTables {
    ids = Collections.unmodifiableSortedMap(new TreeMap<>(ids));
    batches = Collections.unmodifiableSortedMap(new TreeMap<>(batches));
  }
}
