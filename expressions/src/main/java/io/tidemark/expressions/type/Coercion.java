package io.tidemark.expressions.type;

/** Which type two types have in common, as Spark's ANSI mode finds it. */
public final class Coercion {

  private Coercion() {}

  /** The type that holds the values of both, or null. */
  public static Type common(Type a, Type b) {
    if (a.equals(b) || b.is(Kind.NULL)) {
      return a;
    }
    if (a.is(Kind.NULL)) {
      return b;
    }
    if (a.is(Kind.DYNAMIC) || b.is(Kind.DYNAMIC)) {
      return Type.DYNAMIC;
    }
    if (a.kind().isNumeric() && b.kind().isNumeric()) {
      return number(a, b);
    }
    if (isDateAndTimestamp(a, b) || isDateAndTimestamp(b, a)) {
      return Type.TIMESTAMP;
    }
    if (a.is(Kind.STRING) || b.is(Kind.STRING)) {
      return withText(a.is(Kind.STRING) ? b : a);
    }
    return nested(a, b);
  }

  private static boolean isDateAndTimestamp(Type a, Type b) {
    return a.is(Kind.DATE) && b.is(Kind.TIMESTAMP);
  }

  private static Type nested(Type a, Type b) {
    if (a.is(Kind.ARRAY) && b.is(Kind.ARRAY)) {
      Type element = common(a.element(), b.element());
      return element == null ? null : Type.array(element);
    }
    return null;
  }

  private static Type number(Type a, Type b) {
    if (a.kind().isFloating() || b.kind().isFloating()) {
      return a.is(Kind.FLOAT) && b.is(Kind.FLOAT) ? Type.FLOAT : Type.DOUBLE;
    }
    if (a.is(Kind.DECIMAL) || b.is(Kind.DECIMAL)) {
      Type x = a.asDecimal();
      Type y = b.asDecimal();
      int scale = Math.max(x.scale(), y.scale());
      int whole = Math.max(x.precision() - x.scale(), y.precision() - y.scale());
      // Beyond 38 digits those before the point are kept.
      int kept = Math.max(0, scale - Math.max(0, whole + scale - Type.MAX_PRECISION));
      return Type.decimal(Math.min(whole + scale, Type.MAX_PRECISION), kept);
    }
    return a.kind().compareTo(b.kind()) > 0 ? a : b;
  }

  /** The type that a text next to a value of the type is converted to. */
  private static Type withText(Type other) {
    if (other.kind().isIntegral()) {
      return Type.LONG;
    }
    if (other.kind().isNumeric()) {
      return Type.DOUBLE;
    }
    return other.kind().isAtomic() ? other : null;
  }
}
