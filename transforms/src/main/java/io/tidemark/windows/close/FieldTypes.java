package io.tidemark.windows.close;

import io.tidemark.delta.schema.ColumnType;
import io.tidemark.delta.schema.ColumnType.Decimal;
import io.tidemark.delta.schema.ColumnType.Primitive;
import io.tidemark.delta.schema.TypeUnion;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The types of fields as the logs have them: path of the field to Delta's name of the type. */
public final class FieldTypes {

  private static final Pattern DECIMAL = Pattern.compile("decimal\\((\\d+),(\\d+)\\)");

  private FieldTypes() {}

  /** Reads the type of a scalar field. */
  public static ColumnType parse(String text) {
    Matcher decimal = DECIMAL.matcher(text);
    return decimal.matches()
        ? new Decimal(Integer.parseInt(decimal.group(1)), Integer.parseInt(decimal.group(2)))
        : Primitive.valueOf(text.toUpperCase(Locale.ROOT));
  }

  /**
   * Whether values of both types can be equal as keys: a whole number never equals a fractional
   * number.
   */
  public static boolean haveOneKey(ColumnType one, ColumnType other) {
    return one.equals(other) || (isWhole(one) && isWhole(other)) || bothFractions(one, other);
  }

  private static boolean isWhole(ColumnType type) {
    return type == Primitive.BYTE
        || type == Primitive.SHORT
        || type == Primitive.INTEGER
        || type == Primitive.LONG;
  }

  private static boolean bothFractions(ColumnType one, ColumnType other) {
    boolean fractions =
        (one == Primitive.FLOAT || one == Primitive.DOUBLE)
            && (other == Primitive.FLOAT || other == Primitive.DOUBLE);
    return fractions || (one instanceof Decimal && other instanceof Decimal);
  }

  /**
   * Whether values of both types fit one column, and one key if the field is grouped by.
   *
   * @param keys the group-by fields
   */
  static boolean haveUnion(Map<String, String> one, Map<String, String> other, Set<String> keys) {
    for (Map.Entry<String, String> field : other.entrySet()) {
      String before = one.get(field.getKey());
      if (before != null && !before.equals(field.getValue())) {
        ColumnType a = parse(before);
        ColumnType b = parse(field.getValue());
        if (!TypeUnion.existsOfScalars(a, b)
            || (keys.contains(field.getKey()) && !haveOneKey(a, b))) {
          return false;
        }
      }
    }
    return true;
  }

  /**
   * The union of both.
   *
   * @throws io.tidemark.common.TidemarkException naming a field whose types have no union
   */
  public static SortedMap<String, String> union(
      Map<String, String> one, Map<String, String> other) {
    SortedMap<String, String> union = new TreeMap<>(one);
    other.forEach(
        (path, text) ->
            union.merge(
                path,
                text,
                (before, after) ->
                    before.equals(after)
                        ? before
                        : TypeUnion.of(parse(before), parse(after), path).toString()));
    return union;
  }
}
