package io.tidemark.sink.audit;

import io.tidemark.common.TidemarkException;
import io.tidemark.delta.table.CommittedBatch;
import java.util.Collection;

/** What the audit of offsets reports, {@code TM-160}, {@code TM-166}, {@code TM-167}. */
final class AuditErrors {

  private AuditErrors() {}

  /** The ranges of a batch do not continue those that the table names last. */
  static TidemarkException offsetsDoNotJoin(String location, RangeJoin join, String why) {
    return TidemarkException.of(
        "TM-160",
        """
        The offsets of table %s do not join: %s; %s. Check with bin/tidemark verify which offsets
        the table has. audit.offset.continuity sets whether the connector continues or fails. See
        docs/operating/recovery.md#offsets-that-do-not-join.
        """,
        location,
        join,
        why);
  }

  /**
   * Another query has written topics to a table that this query is about to write to it.
   *
   * @param topics that both queries read
   */
  static TidemarkException offsetsInTable(
      String location,
      CommittedBatch found,
      Collection<String> topics,
      String queryId,
      String checkpoint) {
    return TidemarkException.of(
        "TM-166",
        """
        Cannot begin to write %s to %s: another query has written %s to this table: version %d is
        batch %d of query %s, with offsets %s. Query %s of %s has never written %s there, and would
        write the same records a second time. This happens after the connector was renamed, or after
        its checkpoint location was removed. Nothing was written. You have three choices: 1. If the
        checkpoint location of query %s still exists, set checkpoint.location to it, and set
        checkpoint.location.taken.over.from to the name of the connector that used it. 2. If it does
        not exist, stop the connector and let %s continue that query: bin/tidemark adopt %s
        --table %s --query-id %s --execute. 3. If the table must have the records of both queries,
        such as those of another Kafka cluster, set on.offsets.in.table=append. See
        docs/operating/renaming.md.
        """,
        String.join(", ", topics),
        location,
        topics.size() == 1 ? "that topic" : "these topics",
        found.version(),
        found.batch(),
        found.queryId(),
        found.offsets(),
        queryId,
        checkpoint,
        topics.size() == 1 ? "it" : "them",
        found.queryId(),
        checkpoint,
        checkpoint,
        location,
        found.queryId());
  }

  /** The table has transactions of queries, but no longer the versions with their offsets. */
  static TidemarkException unknownQueries(
      String location,
      Collection<String> gone,
      Collection<String> topics,
      String queryId,
      String checkpoint) {
    return TidemarkException.of(
        "TM-167",
        """
        Cannot begin to write %s to %s: the table has transactions of %s %s. Their versions are no
        longer in its log, so the connector cannot see whether they hold the same topics. Query %s
        of %s has never written there. Nothing was written. If the connector was renamed, or its
        checkpoint location was moved, set checkpoint.location to the former location, and
        checkpoint.location.taken.over.from to the former name. If these queries read other topics,
        or the table must have the records of both, set on.offsets.in.table=append. See
        docs/operating/renaming.md.
        """,
        String.join(", ", topics),
        location,
        gone.size() == 1 ? "query" : "queries",
        String.join(", ", gone),
        queryId,
        checkpoint);
  }
}
