package io.tidemark.stores;

/** The contract on S3, by Hadoop's scheme. */
class S3aStorageIT extends StorageContract {

  S3aStorageIT() {
    super(TestStores.s3Location("s3a", "contract"), TestStores.s3Properties());
  }

  @Override
  boolean isOfTheServer(String name) {
    return TestStores.isUnfinished(name);
  }
}
