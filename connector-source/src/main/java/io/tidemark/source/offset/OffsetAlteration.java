package io.tidemark.source.offset;

import io.tidemark.common.TidemarkException;
import io.tidemark.source.error.SourceErrors;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Checks the offsets that an operator sets through Connect's REST interface. The offset of one
 * shard also contains the positions of the others, so all shards of a table must be set or reset
 * together.
 */
public final class OffsetAlteration {

  private final Set<String> tables;
  private final int shards;
  private final Map<String, Map<Integer, Boolean>> given = new TreeMap<>();

  /**
   * @param tables locations that the connector reads
   * @param shards of each table
   */
  public OffsetAlteration(Set<String> tables, int shards) {
    this.tables = tables.stream().map(TableShard::canonical).collect(Collectors.toSet());
    this.shards = shards;
  }

  /**
   * Checks all offsets of a request.
   *
   * @param offsets partition to offset; null resets it
   * @throws TidemarkException for what is wrong
   */
  public void check(Map<Map<String, ?>, Map<String, ?>> offsets) {
    offsets.forEach(this::checkOne);
    given.forEach(
        (table, set) -> {
          long kept = set.values().stream().filter(isSet -> isSet).count();
          if (kept != 0 && kept != shards) {
            throw SourceErrors.offsetsOfSomeShards(table, kept, shards);
          }
        });
  }

  private void checkOne(Map<String, ?> partition, Map<String, ?> offset) {
    TableShard shard =
        TableShard.of(partition).orElseThrow(() -> SourceErrors.noPartition(partition, shards));
    if (offset != null) {
      if (!tables.contains(shard.table())) {
        throw SourceErrors.offsetOfOtherTable(shard.table());
      }
      if (!shard.partition().equals(partition)) {
        throw SourceErrors.offsetOfOtherSpelling(partition, shard.partition());
      }
      if (shard.shards() != shards) {
        throw SourceErrors.offsetOfOtherShards(shard.table(), shard.shards(), shards);
      }
      if (offset.get(SourceOffset.SHARDS) != null) {
        throw SourceErrors.alteredOffset(
            shard.partition(),
            "remove the entry shards, which holds the progress that you want to change");
      }
      try {
        SourceOffset.of(offset, shards);
      } catch (MalformedOffsetException e) {
        throw SourceErrors.alteredOffset(shard.partition(), e.getMessage());
      }
    }
    given
        .computeIfAbsent(shard.table(), table -> new TreeMap<>())
        .put(shard.number(), offset != null);
  }
}
