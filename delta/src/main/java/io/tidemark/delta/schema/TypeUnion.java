package io.tidemark.delta.schema;

import io.tidemark.common.TidemarkException;
import io.tidemark.delta.schema.ColumnType.Array;
import io.tidemark.delta.schema.ColumnType.Decimal;
import io.tidemark.delta.schema.ColumnType.Primitive;
import io.tidemark.delta.schema.ColumnType.Struct;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The narrowest type that holds the values of two types: the wider number, all fields of two
 * structs. The union of numbers is byte, short, integer, long or decimal, or double if one is a
 * float or double. A long beyond 2^53 then does not fit, and its conversion fails.
 */
public final class TypeUnion {

  private TypeUnion() {}

  /**
   * All columns of both, with those of {@code one} first.
   *
   * @throws TidemarkException naming the field and both types when nothing holds both
   */
  public static Struct of(Struct one, Struct other) {
    return struct(one, other, FieldPath.ROOT);
  }

  /**
   * The union of two types of the field at {@code path}.
   *
   * @throws TidemarkException naming the field and both types when nothing holds both
   */
  public static ColumnType of(ColumnType one, ColumnType other, String path) {
    if (one.equals(other)) {
      return one;
    }
    if (one instanceof Struct a && other instanceof Struct b) {
      return struct(a, b, path);
    }
    if (one instanceof Array a && other instanceof Array b) {
      return new Array(
          of(a.element(), b.element(), FieldPath.element(path)),
          a.containsNull() || b.containsNull());
    }
    if (one instanceof ColumnType.Map a && other instanceof ColumnType.Map b) {
      return new ColumnType.Map(
          of(a.key(), b.key(), FieldPath.key(path)),
          of(a.value(), b.value(), FieldPath.value(path)),
          a.valueContainsNull() || b.valueContainsNull());
    }
    return number(one, other, path);
  }

  /** Whether two types of scalars have a union. */
  public static boolean existsOfScalars(ColumnType one, ColumnType other) {
    return one.equals(other) || (isNumber(one) && isNumber(other));
  }

  private static Struct struct(Struct one, Struct other, String path) {
    Map<String, Column> others = Names.index(other);
    List<Column> columns = new ArrayList<>();
    for (Column column : one.columns()) {
      Column match = others.remove(Names.folded(column.name()));
      String place = FieldPath.child(path, column.name());
      columns.add(
          match == null
              ? new Column(column.name(), column.type(), true)
              : new Column(
                  column.name(),
                  of(column.type(), match.type(), place),
                  column.nullable() || match.nullable()));
    }
    for (Column column : other.columns()) {
      if (others.containsKey(Names.folded(column.name()))) {
        columns.add(new Column(column.name(), column.type(), true));
      }
    }
    return new Struct(columns);
  }

  private static ColumnType number(ColumnType one, ColumnType other, String path) {
    if (!existsOfScalars(one, other)) {
      throw SchemaErrors.incompatible(path, one, other);
    }
    if (isFloating(one) || isFloating(other)) {
      return Primitive.DOUBLE;
    }
    if (one instanceof Primitive a && other instanceof Primitive b) {
      return a.compareTo(b) > 0 ? a : b;
    }
    int scale = Math.max(scale(one), scale(other));
    int whole = Math.max(digits(one) - scale(one), digits(other) - scale(other));
    return new Decimal(Math.min(whole + scale, Decimal.MAX_PRECISION), scale);
  }

  private static boolean isNumber(ColumnType type) {
    return type instanceof Decimal
        || isFloating(type)
        || type == Primitive.BYTE
        || type == Primitive.SHORT
        || type == Primitive.INTEGER
        || type == Primitive.LONG;
  }

  private static boolean isFloating(ColumnType type) {
    return type == Primitive.FLOAT || type == Primitive.DOUBLE;
  }

  private static int scale(ColumnType type) {
    return type instanceof Decimal decimal ? decimal.scale() : 0;
  }

  private static int digits(ColumnType type) {
    if (type instanceof Decimal decimal) {
      return decimal.precision();
    }
    return switch ((Primitive) type) {
      case BYTE -> 3;
      case SHORT -> 5;
      case INTEGER -> 10;
      default -> 19;
    };
  }
}
