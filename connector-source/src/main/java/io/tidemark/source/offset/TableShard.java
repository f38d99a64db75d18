package io.tidemark.source.offset;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A shard of a table as Connect's source partition: {@code {"shard": "/lake/orders 3/16"}}. It
 * contains the number of shards, so that a changed number is noticed.
 *
 * <p>It has only one entry. Connect finds offsets by the bytes of the partition as JSON, and these
 * depend on the order of the entries, which may differ between workers and REST requests.
 *
 * @param table location of the table
 * @param number of the shard, from 0
 * @param shards how many the table has
 */
public record TableShard(String table, int number, int shards) {

  private static final String SHARD = "shard";
  private static final Pattern LOCAL = Pattern.compile("(?i)file:(?://)?(/(?!/).*)");
  private static final Pattern TEXT = Pattern.compile("(.+) (0|[1-9][0-9]{0,2})/([1-9][0-9]{0,2})");

  public TableShard {
    table = canonical(table);
  }

  /** The normalised location in offsets: {@code file:///lake//orders} is {@code /lake/orders}. */
  public static String canonical(String location) {
    Matcher local = LOCAL.matcher(location);
    String path = local.matches() ? local.group(1) : location;
    return path.startsWith("/") ? path.replaceAll("/(?:\\.?/)+", "/") : path;
  }

  /** The source partition. */
  public Map<String, String> partition() {
    return Map.of(SHARD, table + " " + number + "/" + shards);
  }

  /** The shard of a source partition; empty when it is not from this connector. */
  public static Optional<TableShard> of(Map<String, ?> partition) {
    if (partition == null
        || partition.size() != 1
        || !(partition.get(SHARD) instanceof String text)) {
      return Optional.empty();
    }
    Matcher parts = TEXT.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    int number = Integer.parseInt(parts.group(2));
    int shards = Integer.parseInt(parts.group(3));
    return number < shards && Shards.isPossible(shards)
        ? Optional.of(new TableShard(parts.group(1), number, shards))
        : Optional.empty();
  }
}
