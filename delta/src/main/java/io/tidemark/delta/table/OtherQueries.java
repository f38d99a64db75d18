package io.tidemark.delta.table;

import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What queries other than one's own have left in a table.
 *
 * @param newest the newest batch of each, as far as its commit is in the log; the newest comes
 *     first
 * @param gone ids of those whose newest batch has left the log: what it was, nobody can tell
 */
public record OtherQueries(List<CommittedBatch> newest, SortedSet<String> gone) {

  /** Nothing. */
  public static final OtherQueries NONE = new OtherQueries(List.of(), new TreeSet<>());

  public OtherQueries {
    newest = List.copyOf(newest);
    gone = Collections.unmodifiableSortedSet(new TreeSet<>(gone));
  }
}
