package io.tidemark.delta.read;

import io.tidemark.delta.kernel.Definition;
import java.util.Set;
import java.util.TreeSet;

/**
 * Refuses tables whose features ask more of a reader than we do. A feature that the protocol names
 * and no column uses is no obstacle: types are refused column by column. Pure.
 */
final class ReadGate {

  /** From this reader version on, features are named one by one. */
  private static final int NAMED_FEATURES = 3;

  private static final Set<String> KNOWN =
      Set.of(
          "columnMapping",
          "deletionVectors",
          "timestampNtz",
          "typeWidening",
          "typeWidening-preview",
          "v2Checkpoint",
          "vacuumProtocolCheck",
          // Harmless while no column uses them, and columns are checked.
          "geospatial",
          "variantShredding",
          "variantShredding-preview",
          "variantType",
          "variantType-preview");

  private static final Set<String> CATALOG = Set.of("catalogManaged", "catalogOwned-preview");

  private final String location;

  ReadGate(String location) {
    this.location = location;
  }

  /** Fails with the feature and its remedy when the table cannot be read rightly. */
  void require(Definition definition) {
    if (definition.saysProtocol()) {
      require(definition.minReaderVersion(), definition.readerFeatures());
    }
  }

  private void require(int minReaderVersion, Set<String> readerFeatures) {
    if (minReaderVersion > NAMED_FEATURES) {
      throw ReadErrors.unreadableFeature(
          location,
          "reader version " + minReaderVersion,
          "Upgrade Tidemark, or read another table.");
    }
    for (String feature : new TreeSet<>(readerFeatures)) {
      if (CATALOG.contains(feature)) {
        throw ReadErrors.REFUSALS.catalogManaged(location);
      }
      if (!KNOWN.contains(feature)) {
        throw ReadErrors.unreadableFeature(
            location,
            "table feature " + feature,
            "Drop it with ALTER TABLE ... DROP FEATURE " + feature + ", or upgrade Tidemark.");
      }
    }
  }
}
