package io.tidemark.windows.update;

import io.tidemark.windows.FatalError;
import io.tidemark.windows.state.StateChanges;
import io.tidemark.windows.state.StateStore;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Stores in memory that outlive their being closed, and fail when they are told to. */
final class MemoryStores {

  private final Map<Path, SortedMap<byte[], byte[]>> disks = new HashMap<>();
  private final Set<Path> open = new HashSet<>();
  private boolean failing;

  StateStore open(Path directory) {
    if (!open.add(directory)) {
      throw FatalError.of("TM-452", "%s is open", directory);
    }
    return new Store(
        directory, disks.computeIfAbsent(directory, at -> new TreeMap<>(Arrays::compareUnsigned)));
  }

  /** Reads and writes fail from now on. */
  void fail(boolean fail) {
    failing = fail;
  }

  /** What is open dies with its process. */
  void kill() {
    open.clear();
  }

  Set<Path> open() {
    return Set.copyOf(open);
  }

  int entries(Path directory) {
    return disks.get(directory).size();
  }

  private final class Store implements StateStore {
    private final Path directory;
    private final SortedMap<byte[], byte[]> disk;

    private Store(Path directory, SortedMap<byte[], byte[]> disk) {
      this.directory = directory;
      this.disk = disk;
    }

    @Override
    public byte[] get(byte[] key) {
      requireWorking();
      return disk.get(key);
    }

    @Override
    public void write(StateChanges changes) {
      requireWorking();
      changes.to(
          new StateChanges.Target<RuntimeException>() {
            @Override
            public void remove(byte[] from, byte[] to) {
              disk.subMap(from, to).clear();
            }

            @Override
            public void put(byte[] key, byte[] value) {
              disk.put(key, value);
            }
          });
    }

    private void requireWorking() {
      if (failing) {
        throw FatalError.of("TM-451", "the disk is gone");
      }
    }

    @Override
    public void close() {
      open.remove(directory);
    }
  }
}
