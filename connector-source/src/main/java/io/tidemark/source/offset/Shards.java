package io.tidemark.source.offset;

/**
 * The shards of a table: by a hash of its path each file belongs to one, for ever. A shard is read
 * in order; which task reads it may change at any time.
 *
 * @param count how many, a power of two
 */
public record Shards(int count) {

  /** The most that a table can have. */
  public static final int MOST = 256;

  public Shards {
    if (!isPossible(count)) {
      throw new IllegalArgumentException("no number of shards: " + count);
    }
  }

  /** Whether a table can have so many shards: a power of two, so that few can have been before. */
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
