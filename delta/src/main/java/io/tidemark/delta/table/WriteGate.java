package io.tidemark.delta.table;

import io.delta.kernel.types.ArrayType;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.MapType;
import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import io.tidemark.common.TidemarkException;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Refuses tables with features that we do not support as a writer. Kernel checks only what concerns
 * the log; this class checks what concerns the content of data files. A feature that the protocol
 * names is accepted while the table does not use it. Pure.
 */
final class WriteGate {

  /** Writer features with which our appends are correct, given the checks below. */
  static final Set<String> KNOWN =
      Set.of(
          "appendOnly",
          "changeDataFeed",
          "checkConstraints",
          "checkpointProtection",
          "clustering",
          "columnMapping",
          "deletionVectors",
          "domainMetadata",
          "generatedColumns",
          "identityColumns",
          "inCommitTimestamp",
          "invariants",
          "rowTracking",
          "timestampNtz",
          "typeWidening",
          "typeWidening-preview",
          "v2Checkpoint",
          "vacuumProtocolCheck",
          // Accepted while no column uses them; the columns are checked.
          "allowColumnDefaults",
          "collations",
          "collations-preview",
          "geospatial",
          "variantShredding",
          "variantShredding-preview",
          "variantType",
          "variantType-preview",
          // Accepted while their property is not true; the properties are checked.
          "icebergCompatV2",
          "icebergCompatV3",
          "icebergWriterCompatV1",
          "icebergWriterCompatV3");

  /** Properties that demand content which our data files do not have. */
  private static final Map<String, String> SWITCHES =
      Map.of(
          "delta.enableIcebergCompatV2", "icebergCompatV2",
          "delta.enableIcebergCompatV3", "icebergCompatV3",
          "delta.enableIcebergWriterCompatV1", "icebergWriterCompatV1",
          "delta.enableIcebergWriterCompatV3", "icebergWriterCompatV3");

  /** What a column demands of writers, and what an operator can do. */
  private record Demand(String what, String remedy) {}

  private static final String NO_ALTER =
      "ALTER TABLE cannot remove it: write to another table, or create the table again without it.";
  private static final Demand IDENTITY =
      new Demand("an identity sequence (identityColumns)", NO_ALTER);

  /** Metadata keys of a column that demand values or checks from the writer. */
  private static final Map<String, Demand> COLUMN_KEYS =
      Map.of(
          "CURRENT_DEFAULT",
          new Demand(
              "a default value (allowColumnDefaults)",
              "Drop it with ALTER TABLE ... ALTER COLUMN ... DROP DEFAULT."),
          "delta.generationExpression",
          new Demand("a generation expression (generatedColumns)", NO_ALTER),
          "delta.identity.start",
          IDENTITY,
          "delta.identity.step",
          IDENTITY,
          "delta.identity.allowExplicitInsert",
          IDENTITY,
          "delta.invariants",
          new Demand("an invariant (invariants)", NO_ALTER),
          "__COLLATIONS",
          new Demand("a collation (collations)", NO_ALTER));

  private static final String FORMATS = "delta.universalFormat.enabledFormats";
  private static final String CONSTRAINT = "delta.constraints.";

  private final String location;

  WriteGate(String location) {
    this.location = location;
  }

  /** Fails with the feature and its remedy when the sink cannot write to the table. */
  void require(Set<String> writerFeatures, Map<String, String> properties, StructType schema) {
    for (String feature : new TreeSet<>(writerFeatures)) {
      if (!KNOWN.contains(feature)) {
        throw refused(
            "table feature " + feature,
            TidemarkException.message(
                "Drop it with ALTER TABLE ... DROP FEATURE %s, or write to another table.",
                feature));
      }
    }
    properties.forEach(this::requireProperty);
    requireColumns("", schema);
  }

  private void requireProperty(String key, String value) {
    String feature = SWITCHES.get(key);
    if (feature != null && Boolean.parseBoolean(value)) {
      throw refused("table feature " + feature, "Set table property " + key + "=false.");
    }
    if (key.equals(FORMATS) && !value.isBlank()) {
      throw refused("UniForm (" + value + ")", "Unset table property " + FORMATS + ".");
    }
    if (key.startsWith(CONSTRAINT)) {
      String name = key.substring(CONSTRAINT.length());
      throw refused(
          "check constraint " + name,
          TidemarkException.message(
              """
              Drop it with ALTER TABLE ... DROP CONSTRAINT %s; to check the records all the same,
              use a transformation.
              """,
              name));
    }
  }

  private void requireColumns(String path, DataType type) {
    if (type instanceof StructType struct) {
      for (StructField field : struct.fields()) {
        requireColumn(KernelSchemas.join(path, field.getName()), field);
      }
    } else if (type instanceof ArrayType array) {
      requireColumns(path + ".element", array.getElementType());
    } else if (type instanceof MapType map) {
      requireColumns(path + ".key", map.getKeyType());
      requireColumns(path + ".value", map.getValueType());
    }
  }

  private void requireColumn(String path, StructField field) {
    for (String key : field.getMetadata().getEntries().keySet()) {
      Demand demand = COLUMN_KEYS.get(key);
      if (demand != null) {
        throw refused("column " + path + " with " + demand.what, demand.remedy);
      }
    }
    requireColumns(path, field.getDataType());
  }

  private TidemarkException refused(String feature, String remedy) {
    return TableErrors.unsupportedFeature(location, feature, remedy);
  }
}
