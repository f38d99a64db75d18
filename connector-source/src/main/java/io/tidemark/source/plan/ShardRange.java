package io.tidemark.source.plan;

import io.tidemark.source.offset.Shards;

/**
 * Neighbouring shards of a table that one task reads.
 *
 * @param table number of the table among those of the connector
 * @param from the first shard
 * @param to the shard after the last
 */
public record ShardRange(int table, int from, int to) {

  /** All shards of a table. */
  static ShardRange whole(int table, Shards shards) {
    return new ShardRange(table, 0, shards.count());
  }

  /** Whether the shard is one of these. */
  public boolean contains(int shard) {
    return shard >= from && shard < to;
  }
}
