package io.tidemark.source.offset;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A shard of a table as Connect's source partition: {@code {"table": "/lake/orders", "shard":
 * "3/16"}}. It names the number of shards, so that a change of that is noticed.
 *
 * @param table location of the table
 * @param number of the shard, from 0
 * @param shards how many the table has
 */
public record TableShard(String table, int number, int shards) {

  private static final String TABLE = "table";
  private static final String SHARD = "shard";
  private static final Pattern NUMBER = Pattern.compile("([0-9]{1,3})/([0-9]{1,3})");

  /** The source partition. */
  public Map<String, String> partition() {
    return Map.of(TABLE, table, SHARD, number + "/" + shards);
  }

  /** The shard of a source partition; empty when it is none of ours. */
  public static Optional<TableShard> of(Map<String, ?> partition) {
    if (partition == null
        || partition.size() != 2
        || !(partition.get(TABLE) instanceof String table)
        || !(partition.get(SHARD) instanceof String shard)) {
      return Optional.empty();
    }
    Matcher numbers = NUMBER.matcher(shard);
    if (!numbers.matches()) {
      return Optional.empty();
    }
    int number = Integer.parseInt(numbers.group(1));
    int shards = Integer.parseInt(numbers.group(2));
    return number < shards && Shards.isPossible(shards)
        ? Optional.of(new TableShard(table, number, shards))
        : Optional.empty();
  }
}
