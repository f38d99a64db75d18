package io.tidemark.delta.schema;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The columns for which data files have statistics, according to the table's properties. Each is
 * the path of a leaf by physical names; a list or map counts as one leaf.
 *
 * <pre>
 *   delta.dataSkippingStatsColumns    a, b.c, `d.e`     takes precedence
 *   delta.dataSkippingNumIndexedCols  32                the first 32 leaves; -1 for all
 * </pre>
 *
 * Clustering columns have statistics in any case.
 */
public final class StatisticsColumns {

  /** Delta's default of {@code delta.dataSkippingNumIndexedCols}. */
  public static final int DEFAULT_COUNT = 32;

  private static final String NAMES = "delta.dataSkippingStatsColumns";
  private static final String COUNT = "delta.dataSkippingNumIndexedCols";

  private StatisticsColumns() {}

  /** The columns for a table without properties. */
  public static Set<List<String>> byDefault(TableSchema schema) {
    return of(schema, Map.of(), List.of());
  }

  /**
   * The columns for a table.
   *
   * @param clustering physical paths of its clustering columns
   */
  public static Set<List<String>> of(
      TableSchema schema, Map<String, String> properties, List<List<String>> clustering) {
    Set<List<String>> paths = new LinkedHashSet<>(clustering);
    List<Column> columns =
        schema.columns().columns().stream()
            .filter(column -> !schema.isPartitionColumn(column.name()))
            .toList();
    String names = properties.get(NAMES);
    if (names != null) {
      names(names).forEach(name -> addNamed(columns, name, List.of(), paths));
    } else {
      int count = count(properties.get(COUNT));
      List<List<String>> leaves = new ArrayList<>();
      columns.forEach(column -> addLeaves(column, List.of(), leaves));
      paths.addAll(count < 0 ? leaves : leaves.subList(0, Math.min(count, leaves.size())));
    }
    return paths;
  }

  private static int count(String text) {
    try {
      return text == null ? DEFAULT_COUNT : Integer.parseInt(text.strip());
    } catch (NumberFormatException e) {
      return DEFAULT_COUNT;
    }
  }

  private static void addNamed(
      List<Column> columns, List<String> name, List<String> parents, Set<List<String>> paths) {
    for (Column column : columns) {
      if (column.name().equalsIgnoreCase(name.get(0))) {
        if (name.size() == 1) {
          List<List<String>> leaves = new ArrayList<>();
          addLeaves(column, parents, leaves);
          paths.addAll(leaves);
        } else if (column.type() instanceof ColumnType.Struct struct) {
          addNamed(
              struct.columns(),
              name.subList(1, name.size()),
              child(parents, column.physicalName()),
              paths);
        }
      }
    }
  }

  private static void addLeaves(Column column, List<String> parents, List<List<String>> leaves) {
    List<String> path = child(parents, column.physicalName());
    if (column.type() instanceof ColumnType.Struct struct) {
      struct.columns().forEach(field -> addLeaves(field, path, leaves));
    } else {
      leaves.add(path);
    }
  }

  private static List<String> child(List<String> parents, String name) {
    List<String> path = new ArrayList<>(parents);
    path.add(name);
    return List.copyOf(path);
  }

  /** Names between commas, their parts between dots; backticks keep both together. */
  private static List<List<String>> names(String text) {
    List<List<String>> names = new ArrayList<>();
    List<String> parts = new ArrayList<>();
    StringBuilder part = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i <= text.length(); i++) {
      char c = i < text.length() ? text.charAt(i) : ',';
      if (c == '`' && quoted && i + 1 < text.length() && text.charAt(i + 1) == '`') {
        part.append(c);
        i++;
      } else if (c == '`') {
        quoted = !quoted;
      } else if ((c == '.' || c == ',') && !quoted) {
        parts.add(part.toString().strip());
        part.setLength(0);
        if (c == ',') {
          names.add(List.copyOf(parts));
          parts.clear();
        }
      } else {
        part.append(c);
      }
    }
    return names;
  }
}
