package io.tidemark.expressions.type;

import java.util.Locale;
import org.apache.kafka.connect.data.Schema;

/**
 * The type of a value, in Spark's terms.
 *
 * @param precision digits of a decimal, at most 38
 * @param scale of them after the point
 * @param element of an array; of a map, the type of its values
 * @param key of a map
 * @param schema of a struct, or of a type that is only passed along
 */
public record Type(Kind kind, int precision, int scale, Type element, Type key, Schema schema) {

  /** The digits that a decimal can have. */
  public static final int MAX_PRECISION = 38;

  public static final Type NULL = of(Kind.NULL);
  public static final Type BOOLEAN = of(Kind.BOOLEAN);
  public static final Type BYTE = of(Kind.BYTE);
  public static final Type SHORT = of(Kind.SHORT);
  public static final Type INT = of(Kind.INT);
  public static final Type LONG = of(Kind.LONG);
  public static final Type FLOAT = of(Kind.FLOAT);
  public static final Type DOUBLE = of(Kind.DOUBLE);
  public static final Type STRING = of(Kind.STRING);
  public static final Type BINARY = of(Kind.BINARY);
  public static final Type DATE = of(Kind.DATE);
  public static final Type TIMESTAMP = of(Kind.TIMESTAMP);
  public static final Type DYNAMIC = of(Kind.DYNAMIC);

  private static final int MINIMUM_ADJUSTED_SCALE = 6;

  private static Type of(Kind kind) {
    return new Type(kind, 0, 0, null, null, null);
  }

  /** A decimal. */
  public static Type decimal(int precision, int scale) {
    return new Type(Kind.DECIMAL, precision, scale, null, null, null);
  }

  /** A decimal that gives up fractional digits when it would have more than 38, as Spark does. */
  public static Type adjustedDecimal(int precision, int scale) {
    if (precision <= MAX_PRECISION) {
      return decimal(precision, scale);
    }
    int whole = precision - scale;
    int kept = Math.max(MAX_PRECISION - whole, Math.min(scale, MINIMUM_ADJUSTED_SCALE));
    return decimal(MAX_PRECISION, kept);
  }

  /** A decimal that gives up digits at both ends when it would have more than 38. */
  public static Type boundedDecimal(int precision, int scale) {
    return decimal(Math.min(precision, MAX_PRECISION), Math.min(scale, MAX_PRECISION));
  }

  public static Type array(Type element) {
    return new Type(Kind.ARRAY, 0, 0, element, null, null);
  }

  public static Type map(Type key, Type value) {
    return new Type(Kind.MAP, 0, 0, value, key, null);
  }

  public static Type struct(Schema schema) {
    return new Type(Kind.STRUCT, 0, 0, null, null, schema);
  }

  /** A type that is only passed along. */
  public static Type other(Schema schema) {
    return new Type(Kind.OTHER, 0, 0, null, null, schema);
  }

  /** The decimal that holds every number of an integral type, or the type itself. */
  public Type asDecimal() {
    return switch (kind) {
      case BYTE -> decimal(3, 0);
      case SHORT -> decimal(5, 0);
      case INT -> decimal(10, 0);
      case LONG -> decimal(20, 0);
      default -> this;
    };
  }

  public boolean is(Kind wanted) {
    return kind == wanted;
  }

  /** Its name in SQL, as messages and {@code typeof} show it. */
  @Override
  public String toString() {
    return switch (kind) {
      case NULL -> "void";
      case BYTE -> "tinyint";
      case SHORT -> "smallint";
      case LONG -> "bigint";
      case DECIMAL -> "decimal(" + precision + "," + scale + ")";
      case ARRAY -> "array<" + element + ">";
      case MAP -> "map<" + key + "," + element + ">";
      case OTHER -> String.valueOf(schema.name() == null ? schema.type() : schema.name());
      default -> kind.name().toLowerCase(Locale.ROOT);
    };
  }
}
