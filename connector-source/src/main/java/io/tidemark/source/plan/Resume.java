package io.tidemark.source.plan;

import io.tidemark.source.error.SourceErrors;
import io.tidemark.source.offset.MalformedOffsetException;
import io.tidemark.source.offset.Position;
import io.tidemark.source.offset.ShardPositions;
import io.tidemark.source.offset.Shards;
import io.tidemark.source.offset.SourceOffset;
import io.tidemark.source.offset.TableShard;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Computes from the stored offsets of a table where its shards continue: each at the furthest
 * position that any offset contains for it, its own or that of another shard. Without any offset
 * all shards start at the same position.
 */
public final class Resume {

  private Resume() {}

  /**
   * Where each shard of a table continues.
   *
   * @param stored returns Connect's offsets of partitions; partitions without an offset are null or
   *     absent
   * @param initial the start position of tables without offsets
   */
  public static ShardPositions of(
      String table,
      Shards shards,
      Position initial,
      Function<List<Map<String, String>>, Map<Map<String, String>, Map<String, Object>>> stored) {
    Map<Map<String, String>, Map<String, Object>> offsets =
        stored.apply(partitions(table, shards.count()));
    ShardPositions known = ShardPositions.none(shards.count());
    boolean any = false;
    for (int shard = 0; shard < shards.count(); shard++) {
      TableShard key = new TableShard(table, shard, shards.count());
      Map<String, Object> map = offsets.get(key.partition());
      if (map != null) {
        any = true;
        known = known.furthest(proofs(key, map));
      }
    }
    if (!any) {
      requireNoOtherShards(table, shards, stored);
      return ShardPositions.all(shards.count(), initial);
    }
    for (int shard = 0; shard < shards.count(); shard++) {
      if (known.of(shard).isEmpty()) {
        throw SourceErrors.shardUnknown(table, shard, shards.count());
      }
    }
    return known;
  }

  private static ShardPositions proofs(TableShard shard, Map<String, Object> map) {
    try {
      SourceOffset offset = SourceOffset.of(map, shard.shards());
      return offset
          .known()
          .furthest(ShardPositions.none(shard.shards()).with(shard.number(), offset.position()));
    } catch (MalformedOffsetException e) {
      throw SourceErrors.storedOffset(shard.partition(), e.getMessage());
    }
  }

  /** Otherwise a changed number of shards would silently read everything again. */
  private static void requireNoOtherShards(
      String table,
      Shards shards,
      Function<List<Map<String, String>>, Map<Map<String, String>, Map<String, Object>>> stored) {
    List<Map<String, String>> others = new ArrayList<>();
    for (int count = 1; count <= Shards.MOST; count *= 2) {
      if (count != shards.count()) {
        others.addAll(partitions(table, count));
      }
    }
    stored
        .apply(others)
        .forEach(
            (partition, offset) -> {
              if (offset != null) {
                throw SourceErrors.shardsChanged(
                    table, TableShard.of(partition).orElseThrow().shards(), shards.count());
              }
            });
  }

  private static List<Map<String, String>> partitions(String table, int shards) {
    List<Map<String, String>> partitions = new ArrayList<>();
    for (int shard = 0; shard < shards; shard++) {
      partitions.add(new TableShard(table, shard, shards).partition());
    }
    return partitions;
  }
}
