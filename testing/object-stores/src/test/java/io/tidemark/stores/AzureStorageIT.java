package io.tidemark.stores;

/** The contract on Azure Blob Storage, without a hierarchical namespace. */
class AzureStorageIT extends StorageContract {

  AzureStorageIT() {
    super(
        TestStores.azureLocation() + "/contract",
        TestStores.azureProperties(TestStores.azure().endpoint()));
  }
}
