package io.tidemark.delta.schema;

import io.tidemark.common.TidemarkException;
import io.tidemark.delta.schema.ColumnType.Primitive;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The columns that schemaless values need. Maps are structs, whole numbers are long, others double;
 * decimals get 38 digits and their own scale. Null, an empty list, an empty map and containers of
 * only these show no type, and so give no column yet. Columns come in the order of the map, or by
 * name when it is a plain HashMap.
 */
public final class SchemaInference {

  private SchemaInference() {}

  /**
   * The type that this value shows, empty when it shows none.
   *
   * @throws TidemarkException when the elements of a list have no common type, a value is of a kind
   *     that no column holds, two names differ only in case, or it is nested too deep
   */
  public static Optional<ColumnType> type(Object value) {
    return type(value, FieldPath.ROOT, 0);
  }

  /**
   * Whether a field of this value needs a column; also true for a value that is nested too deep for
   * any column.
   */
  public static boolean showsType(Object value) {
    return showsType(value, 0);
  }

  private static boolean showsType(Object value, int depth) {
    if (depth > ColumnType.MAX_DEPTH) {
      return true;
    }
    Collection<?> parts =
        value instanceof Map<?, ?> map ? map.values() : value instanceof List<?> list ? list : null;
    if (parts == null) {
      return value != null;
    }
    for (Object part : parts) {
      if (showsType(part, depth + 1)) {
        return true;
      }
    }
    return false;
  }

  /** The columns that this value needs, none when no field shows a type. */
  public static ColumnType.Struct struct(Map<?, ?> value) {
    return struct(value, FieldPath.ROOT, 0);
  }

  private static Optional<ColumnType> type(Object value, String path, int depth) {
    if (value == null) {
      return Optional.empty();
    }
    if (depth > ColumnType.MAX_DEPTH) {
      throw SchemaErrors.tooDeep(path);
    }
    if (value instanceof Map<?, ?> map) {
      return Optional.<ColumnType>of(struct(map, path, depth))
          .filter(type -> !((ColumnType.Struct) type).columns().isEmpty());
    }
    if (value instanceof List<?> list) {
      return element(list, FieldPath.element(path), depth + 1)
          .map(element -> new ColumnType.Array(element, true));
    }
    return Optional.of(scalar(value, path));
  }

  private static ColumnType.Struct struct(Map<?, ?> map, String path, int depth) {
    List<Column> columns = new ArrayList<>(map.size());
    for (Map.Entry<?, ?> entry : inOrder(map).entrySet()) {
      String name = String.valueOf(entry.getKey());
      type(entry.getValue(), FieldPath.child(path, name), depth + 1)
          .ifPresent(type -> columns.add(new Column(name, type, true)));
    }
    return Names.distinct(new ColumnType.Struct(columns), path);
  }

  /** The map itself, or sorted by name when it has no order of its own. */
  private static Map<?, ?> inOrder(Map<?, ?> map) {
    if (map.getClass() != HashMap.class) {
      return map;
    }
    Map<String, Object> sorted = new TreeMap<>();
    map.forEach((name, value) -> sorted.put(String.valueOf(name), value));
    return sorted;
  }

  private static Optional<ColumnType> element(List<?> list, String path, int depth) {
    ColumnType union = null;
    for (Object element : list) {
      ColumnType type = type(element, path, depth).orElse(null);
      if (type != null) {
        union = union == null ? type : TypeUnion.of(union, type, path);
      }
    }
    return Optional.ofNullable(union);
  }

  private static ColumnType scalar(Object value, String path) {
    if (value instanceof String) {
      return Primitive.STRING;
    }
    if (value instanceof Long
        || value instanceof Integer
        || value instanceof Short
        || value instanceof Byte) {
      return Primitive.LONG;
    }
    if (value instanceof Double || value instanceof Float) {
      return Primitive.DOUBLE;
    }
    if (value instanceof Boolean) {
      return Primitive.BOOLEAN;
    }
    if (value instanceof BigDecimal decimal) {
      return decimal(Math.max(0, decimal.scale()), path);
    }
    if (value instanceof BigInteger) {
      return decimal(0, path);
    }
    if (value instanceof byte[] || value instanceof ByteBuffer) {
      return Primitive.BINARY;
    }
    if (value instanceof Date) {
      return Primitive.TIMESTAMP;
    }
    throw SchemaErrors.unknownKind(path, value.getClass().getName());
  }

  private static ColumnType decimal(int scale, String path) {
    if (scale > ColumnType.Decimal.MAX_PRECISION) {
      throw SchemaErrors.decimalScale(path, scale);
    }
    return new ColumnType.Decimal(ColumnType.Decimal.MAX_PRECISION, scale);
  }
}
