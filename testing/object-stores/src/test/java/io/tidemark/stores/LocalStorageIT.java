package io.tidemark.stores;

import java.util.Map;

/** The contract on a directory of this machine. */
class LocalStorageIT extends StorageContract {

  LocalStorageIT() {
    super(TestStores.directory("local").resolve("root").toString(), Map.of());
  }
}
