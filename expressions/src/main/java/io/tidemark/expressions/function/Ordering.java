package io.tidemark.expressions.function;

import io.tidemark.expressions.type.Kind;
import io.tidemark.expressions.type.Type;
import io.tidemark.expressions.type.TypeMismatch;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Comparator;

/** The order of values of one type, as Spark has it. */
public final class Ordering {

  private Ordering() {}

  /** The order of values that are not null; a TypeMismatch if the type has none. */
  public static Comparator<Object> of(Type type) {
    return switch (type.kind()) {
      case NULL -> Comparator.comparingInt(any -> 0);
      case BOOLEAN -> (a, b) -> Boolean.compare((Boolean) a, (Boolean) b);
      case BYTE, SHORT, INT, LONG ->
          (a, b) -> Long.compare(((Number) a).longValue(), ((Number) b).longValue());
      case FLOAT, DOUBLE ->
          (a, b) -> doubles(((Number) a).doubleValue(), ((Number) b).doubleValue());
      case DECIMAL -> (a, b) -> ((BigDecimal) a).compareTo((BigDecimal) b);
      case STRING -> (a, b) -> texts((String) a, (String) b);
      case BINARY -> (a, b) -> Arrays.compareUnsigned((byte[]) a, (byte[]) b);
      case DATE -> (a, b) -> ((LocalDate) a).compareTo((LocalDate) b);
      case TIMESTAMP -> (a, b) -> ((Instant) a).compareTo((Instant) b);
      default -> throw new TypeMismatch("Values of type " + type + " cannot be compared");
    };
  }

  /** Whether values of the type can be compared. */
  public static boolean has(Type type) {
    return type.kind().isAtomic() || type.is(Kind.NULL);
  }

  /** NaN equals itself and is the largest; both zeros are equal. */
  static int doubles(double a, double b) {
    return a == b ? 0 : Double.compare(a, b);
  }

  /** By code points, which is the order of the bytes of UTF-8. */
  static int texts(String a, String b) {
    int length = Math.min(a.length(), b.length());
    for (int i = 0; i < length; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        boolean surrogates = Character.isSurrogate(x) != Character.isSurrogate(y);
        return surrogates ? (Character.isSurrogate(x) ? 1 : -1) : Character.compare(x, y);
      }
    }
    return Integer.compare(a.length(), b.length());
  }
}
