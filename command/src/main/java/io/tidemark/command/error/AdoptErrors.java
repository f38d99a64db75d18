package io.tidemark.command.error;

import io.tidemark.common.TidemarkException;
import java.util.Collection;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;

/** Why a query cannot be adopted, {@code TM-620} to {@code TM-626}. */
public final class AdoptErrors {

  private AdoptErrors() {}

  /** A location that was named as a table of the query has no table. */
  public static TidemarkException noTable(String table) {
    return TidemarkException.of(
        "TM-620", "Changed nothing: there is no table at %s. Correct --table.", table);
  }

  /** A location to adopt into that has batches. */
  public static TidemarkException locationInUse(String location, String file) {
    return TidemarkException.of(
        "TM-621",
        """
        Changed nothing in %s: it has %s, so it already belongs to a query that has written. Adopt
        into a location that has written to no table, such as a new checkpoint.location.""",
        location,
        file);
  }

  /** No query of a connector wrote to the tables, or several did. */
  public static TidemarkException whichQuery(Collection<String> tables, Collection<String> found) {
    return TidemarkException.of(
        "TM-622",
        """
        Changed nothing: the logs of %s name %s. Name the query with --query-id, and its tables with
        --table. A table names its queries in its history, as queryId, and in txn.""",
        String.join(", ", tables),
        found.isEmpty()
            ? "no query of a connector"
            : "several queries: " + String.join(", ", found));
  }

  /** A query that left no offsets in the tables. */
  public static TidemarkException noOffsets(String query, Collection<String> tables) {
    return TidemarkException.of(
        "TM-623",
        """
        Changed nothing: no version in the logs of %s has offsets of query %s, so the offsets at
        which it ended are not known. Correct --query-id or --table; or, if its versions have left
        the logs, name the ends of all partitions with --ends.""",
        String.join(", ", tables),
        query);
  }

  /** A query with open windows, whose state was in the lost location. */
  public static TidemarkException windowsLost(String query, Collection<String> operators) {
    return TidemarkException.of(
        "TM-624",
        """
        Changed nothing: query %s has windowed aggregates (%s), and its open windows were in the
        checkpoint location, not in the tables. Restore that location; or begin again, with a new
        checkpoint.location and a new table.""",
        query,
        String.join(", ", operators));
  }

  /** Fewer tables were named than the query wrote to. */
  public static TidemarkException tablesLeftOut(
      String query, int tables, Collection<String> named) {
    return TidemarkException.of(
        "TM-625",
        """
        Changed nothing: query %s wrote to %d tables; of the tables named with --table, it wrote to
        %s. Batches that went only to the other tables would be forgotten. Name every table of the
        query with --table.""",
        query,
        tables,
        named.isEmpty() ? "none" : String.join(", ", named));
  }

  /**
   * Logs that do not show where every partition ended.
   *
   * @param asked whether Kafka was asked which partitions there are
   */
  public static TidemarkException historyCutShort(
      String query, long before, Collection<TopicPartition> unknown, boolean asked) {
    String partitions =
        unknown.stream().map(TopicPartition::toString).collect(Collectors.joining(", "));
    return TidemarkException.of(
        "TM-626",
        """
        Changed nothing: the logs of the tables do not have all batches before batch %d of query %s,
        or not their offsets. So the end of a partition that no later batch names is not known%s.
        %s""",
        before,
        query,
        partitions.isEmpty() ? "" : ": " + partitions,
        asked ? NAME_THE_ENDS : ASK_KAFKA);
  }

  private static final String NAME_THE_ENDS =
      "Give the end of each of them with --ends, as JSON by topic and partition, and null for a"
          + " partition that was never read. If rows of the table have their offsets, the ends can"
          + " be found there.";

  private static final String ASK_KAFKA =
      "Name Kafka with --bootstrap-server, so that it can be asked which partitions there are.";
}
