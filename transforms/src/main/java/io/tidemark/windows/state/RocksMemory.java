package io.tidemark.windows.state;

import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.WriteBufferManager;

/**
 * The off-heap memory that all databases of the worker share: blocks, indexes, filters and write
 * buffers. It is never released, because databases are opened and closed all the time.
 */
final class RocksMemory {

  /** System property of the worker that sets the limit. */
  static final String PROPERTY = "tidemark.state.memory.bytes";

  private static final long DEFAULT_BYTES = 128L << 20;

  static final RocksMemory SHARED = new RocksMemory(Long.getLong(PROPERTY, DEFAULT_BYTES));

  private final Cache cache;
  private final WriteBufferManager buffers;

  private RocksMemory(long bytes) {
    cache = new LRUCache(bytes);
    // Write buffers are charged to the cache, so that one number limits both.
    buffers = new WriteBufferManager(bytes / 2, cache);
  }

  Cache cache() {
    return cache;
  }

  WriteBufferManager buffers() {
    return buffers;
  }
}
