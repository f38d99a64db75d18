package io.tidemark.stores;

/** The contract on S3, by the scheme that others use. */
class S3StorageIT extends StorageContract {

  S3StorageIT() {
    super(TestStores.s3Location("s3", "contract-by-its-other-scheme"), TestStores.s3Properties());
  }

  @Override
  boolean isOfTheServer(String name) {
    return TestStores.isUnfinished(name);
  }
}
