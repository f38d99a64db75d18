package io.tidemark.delta.table;

import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The batches of other queries in a table.
 *
 * @param newest the newest batch of each query whose commit is in the log; the newest one is first
 * @param gone ids of the queries whose newest commit is not in the log any more, so that their
 *     newest batch is unknown
 */
public record OtherQueries(List<CommittedBatch> newest, SortedSet<String> gone) {

  /** No other queries. */
  public static final OtherQueries NONE = new OtherQueries(List.of(), new TreeSet<>());

  public OtherQueries {
    newest = List.copyOf(newest);
    gone = Collections.unmodifiableSortedSet(new TreeSet<>(gone));
  }
}
