package io.tidemark.stores;

import java.util.Map;

/** The contract on HDFS. */
class HdfsStorageIT extends StorageContract {

  HdfsStorageIT() {
    super(TestStores.hdfs().uri() + "/contract", Map.of());
  }
}
