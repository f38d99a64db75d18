package io.tidemark.sink.audit;

import io.tidemark.common.TidemarkException;
import io.tidemark.delta.table.CommittedBatch;
import java.util.Collection;
import java.util.Locale;

/** What the audit of offsets has to say, {@code TM-160}, {@code TM-166}, {@code TM-167}. */
final class AuditErrors {

  private static final String PAGE = "docs/operating/renaming.md";

  private AuditErrors() {}

  /** The ranges of a batch do not continue those that the table names last. */
  static TidemarkException offsetsDoNotJoin(String location, Joint joint, String why) {
    return new TidemarkException(
        "TM-160",
        "The offsets of "
            + location
            + " do not join: "
            + joint
            + "; "
            + why
            + ". Look with bin/tidemark verify at what the table has; audit.offset.continuity says"
            + " whether the connector goes on. See"
            + " docs/operating/recovery.md#offsets-that-do-not-join.",
        null);
  }

  /**
   * Another query has read topics into a table that this one is about to write to it.
   *
   * @param topics that both read
   */
  static TidemarkException offsetsInTable(
      String location,
      CommittedBatch found,
      Collection<String> topics,
      String queryId,
      String checkpoint) {
    return new TidemarkException(
        "TM-166",
        String.format(
            Locale.ROOT,
            "Cannot begin to write %s to %s: version %d there is batch %d of query %s, which has read %s, with offsets %s. Query %s of %s has never written %s there, as after the connector was renamed or its checkpoint location was removed, and would write the same records once more. Nothing was written. Three ways on: 1. If the checkpoint location of query %s still exists, set checkpoint.location to it, and checkpoint.location.taken.over.from to the name of the connector that used it. 2. If it does not, stop the connector and let %s continue that query: bin/tidemark adopt %s --table %s --query-id %s --execute. 3. If the table is to have the records of both queries, such as those of another Kafka cluster, set on.offsets.in.table=append. See %s.",
            String.join(", ", topics),
            location,
            found.version(),
            found.batch(),
            found.queryId(),
            topics.size() == 1 ? "that topic" : "these topics",
            found.offsets(),
            queryId,
            checkpoint,
            topics.size() == 1 ? "it" : "them",
            found.queryId(),
            checkpoint,
            checkpoint,
            location,
            found.queryId(),
            PAGE),
        null);
  }

  /** Queries of which the table knows no more than that they have written to it. */
  static TidemarkException unknownQueries(
      String location,
      Collection<String> gone,
      Collection<String> topics,
      String queryId,
      String checkpoint) {
    return new TidemarkException(
        "TM-167",
        String.format(
            Locale.ROOT,
            "Cannot begin to write %s to %s: the table has transactions of %s, whose versions have left its log, so that nobody can tell whether they were read from the same topics. Query %s of %s has never written there. Nothing was written. If the connector was renamed, or its checkpoint location moved, set checkpoint.location to the former location, and checkpoint.location.taken.over.from to the former name. If these queries read other topics, or the table is to have the records of both, set on.offsets.in.table=append. See %s.",
            String.join(", ", topics),
            location,
            (gone.size() == 1 ? "query " : "queries ") + String.join(", ", gone),
            queryId,
            checkpoint,
            PAGE),
        null);
  }
}
