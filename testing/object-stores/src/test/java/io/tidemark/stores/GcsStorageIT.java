package io.tidemark.stores;

/** The contract on a server of Google Cloud Storage's API. */
class GcsStorageIT extends StorageContract {

  GcsStorageIT() {
    super(
        "gs://" + TestStores.BUCKET + "/contract",
        TestStores.gcsProperties(TestStores.gcs().endpoint()));
  }
}
