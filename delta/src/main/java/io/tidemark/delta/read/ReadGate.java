package io.tidemark.delta.read;

import io.tidemark.common.TidemarkException;
import io.tidemark.delta.kernel.Definition;
import java.util.Set;
import java.util.TreeSet;

/**
 * Refuses tables with features that we do not support as a reader. A type feature that the protocol
 * names is accepted while no column uses it: types are refused column by column. Pure.
 */
final class ReadGate {

  /** The reader version whose protocol names its features one by one. */
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
          // Accepted while no column uses them; the columns are checked.
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

  /** Fails with the feature and its remedy when the table cannot be read correctly. */
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
            TidemarkException.message(
                "Drop it with ALTER TABLE ... DROP FEATURE %s, or upgrade Tidemark.", feature));
      }
    }
  }
}
