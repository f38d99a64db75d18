package io.tidemark.sink.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.delta.schema.Column;
import io.tidemark.delta.schema.ColumnType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ColumnPath;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;

/**
 * Delta's statistics of a data file, from the footer that Parquet has just written.
 *
 * <pre>
 *   {"numRecords":2,
 *    "minValues":{"id":1,"address":{"city":"Bern"}},
 *    "maxValues":{"id":2,"address":{"city":"Rome"}},
 *    "nullCount":{"id":0,"address":{"city":0}}}
 * </pre>
 *
 * Names are physical. Only the columns that the table asks for are described; a list or map has no
 * entry, and a floating column that holds a NaN has no bounds.
 */
final class FileStatistics {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN).build();

  private final Map<ColumnPath, Statistics<?>> leaves = new HashMap<>();
  private final long rows;
  private final Set<List<String>> described;

  private FileStatistics(ParquetMetadata footer, Set<List<String>> described) {
    this.described = described;
    this.rows = footer.getBlocks().stream().mapToLong(BlockMetaData::getRowCount).sum();
    for (BlockMetaData block : footer.getBlocks()) {
      for (ColumnChunkMetaData chunk : block.getColumns()) {
        Statistics<?> statistics = chunk.getStatistics();
        Statistics<?> earlier = leaves.putIfAbsent(chunk.getPath(), statistics.copy());
        if (earlier != null) {
          earlier.mergeStatistics(statistics);
        }
      }
    }
  }

  /**
   * The statistics JSON of a file.
   *
   * @param columns that the file has
   * @param described paths of those that are described, by physical names
   */
  static String json(ParquetMetadata footer, List<Column> columns, Set<List<String>> described) {
    FileStatistics statistics = new FileStatistics(footer, described);
    ObjectNode json = JSON.createObjectNode().put("numRecords", statistics.rows);
    statistics.describe(
        columns,
        new ArrayList<>(),
        json.putObject("minValues"),
        json.putObject("maxValues"),
        json.putObject("nullCount"));
    try {
      return JSON.writeValueAsString(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("statistics of plain values must be JSON", e);
    }
  }

  private void describe(
      List<Column> columns,
      List<String> parents,
      ObjectNode min,
      ObjectNode max,
      ObjectNode nullCount) {
    for (Column column : columns) {
      String name = column.physicalName();
      List<String> path = new ArrayList<>(parents);
      path.add(name);
      if (column.type() instanceof ColumnType.Struct struct) {
        describe(
            struct.columns(),
            path,
            min.putObject(name),
            max.putObject(name),
            nullCount.putObject(name));
        for (ObjectNode parent : List.of(min, max, nullCount)) {
          if (parent.get(name).isEmpty()) {
            parent.remove(name);
          }
        }
      } else if (described.contains(path)) {
        leaf(column, leaves.get(ColumnPath.get(path.toArray(String[]::new))), min, max, nullCount);
      }
    }
  }

  private static void leaf(
      Column column, Statistics<?> leaf, ObjectNode min, ObjectNode max, ObjectNode nullCount) {
    if (leaf == null || !leaf.isNumNullsSet()) {
      return;
    }
    String name = column.physicalName();
    nullCount.put(name, leaf.getNumNulls());
    if (!leaf.hasNonNullValue() || !StatisticBounds.exist(column.type()) || holdsNaN(leaf)) {
      return;
    }
    put(min, name, StatisticBounds.min(column.type(), leaf.genericGetMin()));
    put(max, name, StatisticBounds.max(column.type(), leaf.genericGetMax()));
  }

  private static void put(ObjectNode parent, String name, Optional<Object> bound) {
    bound.ifPresent(value -> parent.set(name, JSON.valueToTree(value)));
  }

  /** Parquet orders NaN after all numbers, so that one NaN is the maximum. */
  private static boolean holdsNaN(Statistics<?> leaf) {
    return isNaN(leaf.genericGetMax()) || isNaN(leaf.genericGetMin());
  }

  private static boolean isNaN(Object value) {
    return (value instanceof Double number && number.isNaN())
        || (value instanceof Float other && other.isNaN());
  }
}
