package io.tidemark.windows.state;

import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.WriteBufferManager;

/**
 * The memory outside of the heap that all databases of the worker share: blocks, indexes, filters
 * and what is not yet in files. It is never given back, since databases come and go.
 */
final class RocksMemory {

  /** System property of the worker that sets the bound. */
  static final String PROPERTY = "tidemark.state.memory.bytes";

  private static final long DEFAULT_BYTES = 128L << 20;

  static final RocksMemory SHARED = new RocksMemory(Long.getLong(PROPERTY, DEFAULT_BYTES));

  private final Cache cache;
  private final WriteBufferManager buffers;

  private RocksMemory(long bytes) {
    cache = new LRUCache(bytes);
    // Buffers count as a part of the cache, so that one number bounds both.
    buffers = new WriteBufferManager(bytes / 2, cache);
  }

  Cache cache() {
    return cache;
  }

  WriteBufferManager buffers() {
    return buffers;
  }
}
