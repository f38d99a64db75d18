package io.tidemark.windows.run;

import io.tidemark.storage.HadoopFileSystems;
import io.tidemark.storage.Storage;
import io.tidemark.storage.Storages;
import java.nio.file.Path;
import java.util.Map;

/** The two kinds of run stores, on local disk: {@code state/op} has the files. */
public enum Provider {
  ROCKSDB,
  MEMORY;

  /** A store in this directory. */
  public RunStore open(Path directory) {
    Storage storage = Storages.open(directory.toString(), new HadoopFileSystems(Map.of()));
    return this == ROCKSDB
        ? new RocksRunStore(storage, "state/op", directory.resolve("scratch"))
        : new PlainRunStore(storage, "state/op");
  }
}
