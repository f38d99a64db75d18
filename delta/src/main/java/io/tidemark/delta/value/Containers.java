package io.tidemark.delta.value;

import io.tidemark.delta.schema.ColumnType;
import io.tidemark.delta.schema.FieldPath;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Lists and maps of converted elements; copied only when an element changes. */
final class Containers {

  private Containers() {}

  static ValueConverter lists(ColumnType.Array type, ValueConverter element, String path) {
    String place = FieldPath.element(path);
    return value -> {
      if (!(value instanceof List<?> list)) {
        throw Kinds.mismatch(path, value, type);
      }
      List<Object> copy = null;
      int index = 0;
      for (Object item : list) {
        Object converted = convert(item, element, type.containsNull(), place);
        if (copy == null && converted != item) {
          copy = new ArrayList<>(list.size());
          copy.addAll(list.subList(0, index));
        }
        if (copy != null) {
          copy.add(converted);
        }
        index++;
      }
      return copy == null ? list : copy;
    };
  }

  static ValueConverter maps(
      ColumnType.Map type, ValueConverter key, ValueConverter item, String path) {
    String keyPlace = FieldPath.key(path);
    String valuePlace = FieldPath.value(path);
    return value -> {
      if (!(value instanceof Map<?, ?> map)) {
        throw Kinds.mismatch(path, value, type);
      }
      Map<Object, Object> copy = new LinkedHashMap<>();
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        copy.put(
            convert(entry.getKey(), key, false, keyPlace),
            convert(entry.getValue(), item, type.valueContainsNull(), valuePlace));
      }
      return copy;
    };
  }

  private static Object convert(
      Object value, ValueConverter converter, boolean nullable, String path) {
    if (value != null) {
      return converter.convert(value);
    }
    if (!nullable) {
      throw new ValueException(path, "null is not allowed here");
    }
    return null;
  }
}
