package io.tidemark.sink.record;

import java.util.List;

/**
 * How records become rows.
 *
 * @param nullValues {@code behavior.on.null.values}
 * @param metadataColumns {@code metadata.columns}
 * @param evolution {@code schema.evolution}
 * @param partitionBy {@code table.partition.by}
 * @param newNumbers {@code schema.evolution.numbers}
 */
public record RecordOptions(
    NullValues nullValues,
    List<MetadataColumn> metadataColumns,
    SchemaEvolution evolution,
    List<PartitionField> partitionBy,
    NewNumbers newNumbers) {

  public RecordOptions {
    metadataColumns = List.copyOf(metadataColumns);
    partitionBy = List.copyOf(partitionBy);
  }

  /** With numbers as they are. */
  public RecordOptions(
      NullValues nullValues,
      List<MetadataColumn> metadataColumns,
      SchemaEvolution evolution,
      List<PartitionField> partitionBy) {
    this(nullValues, metadataColumns, evolution, partitionBy, NewNumbers.EXACT);
  }

  /** Values only, growing tables, tombstones ignored, no partitions. */
  public static RecordOptions defaults() {
    return new RecordOptions(NullValues.IGNORE, List.of(), SchemaEvolution.ADD, List.of());
  }
}
