package io.tidemark.command.error;

import io.tidemark.common.TidemarkException;
import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;

/** Why a query cannot be adopted, {@code TM-620} to {@code TM-626}. */
public final class AdoptErrors {

  private AdoptErrors() {}

  /** There is no table where the query is said to have written. */
  public static TidemarkException noTable(String table) {
    return new TidemarkException(
        "TM-620", "Changed nothing: there is no table at " + table + ". Correct --table.", null);
  }

  /** A location to adopt into that has batches. */
  public static TidemarkException locationInUse(String location, String file) {
    return new TidemarkException(
        "TM-621",
        String.format(
            Locale.ROOT,
            "Changed nothing in %s: it has %s, so that it continues a query already. Adopt into a"
                + " location that has written to no table, such as a new checkpoint.location.",
            location,
            file),
        null);
  }

  /** None of ours wrote to the tables, or several did. */
  public static TidemarkException whichQuery(Collection<String> tables, Collection<String> found) {
    return new TidemarkException(
        "TM-622",
        String.format(
            Locale.ROOT,
            "Changed nothing: the logs of %s name %s. Name the query with --query-id, and its tables"
                + " with --table; tables name queries as queryId in their history, and in txn.",
            String.join(", ", tables),
            found.isEmpty()
                ? "no query of a connector"
                : "several queries: " + String.join(", ", found)),
        null);
  }

  /** A query that left no offsets in the tables. */
  public static TidemarkException noOffsets(String query, Collection<String> tables) {
    return new TidemarkException(
        "TM-623",
        String.format(
            Locale.ROOT,
            "Changed nothing: no version in the logs of %s has offsets of query %s, so that nothing"
                + " says where it ended. Correct --query-id or --table; or, if its versions have"
                + " left the logs, name the ends of all partitions with --ends.",
            String.join(", ", tables),
            query),
        null);
  }

  /** A query with open windows, which were in the location that is lost. */
  public static TidemarkException windowsLost(String query, Collection<String> operators) {
    return new TidemarkException(
        "TM-624",
        String.format(
            Locale.ROOT,
            "Changed nothing: query %s has windowed aggregates (%s), and its open windows were in the"
                + " checkpoint location, not in the tables. Restore that location; or begin anew,"
                + " with a new checkpoint.location and a new table.",
            query,
            String.join(", ", operators)),
        null);
  }

  /** Fewer tables were named than the query wrote to. */
  public static TidemarkException tablesLeftOut(
      String query, int tables, Collection<String> named) {
    return new TidemarkException(
        "TM-625",
        String.format(
            Locale.ROOT,
            "Changed nothing: query %s wrote to %d tables, and of those named with --table it wrote to"
                + " %s. Batches that went only to the others would be forgotten. Name each of them"
                + " with --table.",
            query,
            tables,
            named.isEmpty() ? "none" : String.join(", ", named)),
        null);
  }

  /**
   * Logs that do not tell where every partition ended.
   *
   * @param asked whether Kafka was asked which partitions there are
   */
  public static TidemarkException historyCutShort(
      String query, long before, Collection<TopicPartition> unknown, boolean asked) {
    String partitions =
        unknown.stream().map(TopicPartition::toString).collect(Collectors.joining(", "));
    return new TidemarkException(
        "TM-626",
        String.format(
            Locale.ROOT,
            "Changed nothing: the logs of the tables do not have all batches before batch %d of query"
                + " %s, or not their offsets, so that where partitions ended that no later batch"
                + " names cannot be known%s. %s",
            before,
            query,
            partitions.isEmpty() ? "" : ": " + partitions,
            asked
                ? "Say where each of them ended with --ends, as JSON by topic and partition,"
                    + " null for one that was never read; rows of the table that have"
                    + " their offsets tell it, too."
                : "Name Kafka with --bootstrap-server, to be asked which partitions there are."),
        null);
  }
}
