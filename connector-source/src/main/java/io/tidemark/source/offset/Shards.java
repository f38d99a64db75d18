package io.tidemark.source.offset;

/**
 * The shards of a table: each file belongs permanently to one shard, chosen by a hash of its path.
 * A shard is read in order; the task that reads it may change at any time.
 *
 * @param count how many, a power of two
 */
public record Shards(int count) {

  /** The maximum number of shards of a table. */
  public static final int MOST = 256;

  public Shards {
    if (!isPossible(count)) {
      throw new IllegalArgumentException("no number of shards: " + count);
    }
  }

  /**
   * Whether a table can have this number of shards: a power of two, so that there are few possible
   * earlier numbers to look for.
   */
  public static boolean isPossible(int count) {
    return count >= 1 && count <= MOST && Integer.bitCount(count) == 1;
  }

  /** The shard of a file. It must never change: offsets depend on it. */
  public int of(String path) {
    int hash = path.hashCode();
    hash = (hash ^ (hash >>> 16)) * 0x85ebca6b;
    hash = (hash ^ (hash >>> 13)) * 0xc2b2ae35;
    return (hash ^ (hash >>> 16)) & (count - 1);
  }
}
