package io.tidemark.spark;

import java.nio.file.Path;
import java.util.List;

/**
 * A streaming query.
 *
 * @param bootstrapServers of Kafka
 * @param topics comma separated
 * @param columns SQL expressions over the columns of Spark's Kafka source
 * @param table path of the Delta table
 * @param checkpoint the checkpoint location
 * @param groupBy a column to count by, which makes the query stateful; empty for none
 */
public record Query(
    String bootstrapServers,
    String topics,
    List<String> columns,
    String table,
    String checkpoint,
    String groupBy) {

  public Query {
    columns = List.copyOf(columns);
  }

  /** A query without state. */
  public static Query of(
      String bootstrapServers, String topics, Path table, Path checkpoint, String... columns) {
    return new Query(
        bootstrapServers, topics, List.of(columns), table.toString(), checkpoint.toString(), "");
  }

  /** The same, counted by a column in the complete mode. */
  public Query countedBy(String column) {
    return new Query(bootstrapServers, topics, columns, table, checkpoint, column);
  }
}
