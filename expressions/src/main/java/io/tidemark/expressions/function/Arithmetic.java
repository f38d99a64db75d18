package io.tidemark.expressions.function;

import io.tidemark.expressions.type.Coercion;
import io.tidemark.expressions.type.Failure;
import io.tidemark.expressions.type.Kind;
import io.tidemark.expressions.type.Numbers;
import io.tidemark.expressions.type.Type;
import io.tidemark.expressions.type.TypeMismatch;
import java.util.Map;

/** The operators that compute numbers, exact or failing as ANSI demands. */
final class Arithmetic {

  private Arithmetic() {}

  static void addTo(Map<String, Definition> operators) {
    for (String name : new String[] {"+", "-", "*", "/", "%"}) {
      operators.put(name, new Definition(name, name, "", 2, 2, true, a -> resolve(name, a)));
    }
    operators.put(
        "negative",
        new Definition("negative", "negative(x)", "", 1, 1, true, Arithmetic::negative));
    operators.put(
        "positive",
        new Definition(
            "positive",
            "positive(x)",
            "",
            1,
            1,
            true,
            a -> new Resolved(a.takeNumber(0), Kernel.unary(x -> x))));
  }

  /** The form of an operator, or of pmod. */
  static Resolved resolve(String name, Arguments arguments) {
    Type a = arguments.type(0);
    Type b = arguments.type(1);
    if (a.is(Kind.DATE) && (name.equals("+") || name.equals("-"))) {
      return TimeFunctions.shift(arguments, name.equals("+") ? 1 : -1);
    }
    if (b.is(Kind.DATE) && a.kind().isIntegral() && name.equals("+")) {
      throw new TypeMismatch("A date comes first: date + days");
    }
    a = literalDecimal(arguments, 0, b);
    b = literalDecimal(arguments, 1, a);
    boolean decimals =
        (a.is(Kind.DECIMAL) && (b.is(Kind.DECIMAL) || b.kind().isIntegral()))
            || (b.is(Kind.DECIMAL) && a.kind().isIntegral());
    if (decimals) {
      Type x = a.asDecimal();
      Type y = b.asDecimal();
      arguments.take(0, x);
      arguments.take(1, y);
      return DecimalMath.resolve(name, x, y);
    }
    Type common = Coercion.common(a, b);
    if (common != null && common.is(Kind.NULL)) {
      common = name.equals("/") ? Type.DOUBLE : Type.INT;
    }
    if (common == null || !common.kind().isNumeric()) {
      throw new TypeMismatch("The operator " + name + " does not take " + a + " and " + b);
    }
    if (common.is(Kind.DECIMAL)) {
      arguments.takeAll(0, common);
      return DecimalMath.resolve(name, common, common);
    }
    if (name.equals("/")) {
      common = Type.DOUBLE;
    }
    arguments.takeAll(0, common);
    return new Resolved(common, kernel(name, common));
  }

  /** A whole number that is written next to a decimal has the digits that it is written with. */
  private static Type literalDecimal(Arguments arguments, int index, Type other) {
    Type type = arguments.type(index);
    if (other.is(Kind.DECIMAL)
        && type.kind().isIntegral()
        && !type.is(Kind.BYTE)
        && arguments.constant(index) instanceof Number number) {
      int digits = java.math.BigDecimal.valueOf(number.longValue()).precision();
      return Type.decimal(digits, 0);
    }
    return type;
  }

  private static Kernel kernel(String name, Type type) {
    return switch (type.kind()) {
      case FLOAT -> Kernel.binary((a, b) -> floats(name, (Float) a, (Float) b));
      case DOUBLE -> doubles(name);
      case LONG -> longs(name);
      default ->
          Kernel.binary(
              (a, b) ->
                  name.equals("pmod") && type.is(Kind.INT)
                      ? (Object) positive((Integer) a, (Integer) b)
                      : Numbers.ofLong(
                          whole(name, ((Number) a).longValue(), ((Number) b).longValue()), type));
    };
  }

  private static Kernel longs(String name) {
    return Kernel.binary(
        (a, b) -> {
          try {
            return whole(name, (Long) a, (Long) b);
          } catch (ArithmeticException e) {
            throw Numbers.overflow(Type.LONG);
          }
        });
  }

  private static long whole(String name, long a, long b) {
    return switch (name) {
      case "+" -> Math.addExact(a, b);
      case "-" -> Math.subtractExact(a, b);
      case "*" -> Math.multiplyExact(a, b);
      case "%" -> a % nonZero(b);
      default -> positive(a % nonZero(b), b);
    };
  }

  /** Spark's pmod, which keeps the sign of the divisor's remainder where it is negative. */
  private static long positive(long remainder, long b) {
    return remainder < 0 ? (remainder + b) % b : remainder;
  }

  /** The sum wraps around, as it does in Spark. */
  private static int positive(int a, int b) {
    int remainder = a % (int) nonZero((long) b);
    return remainder < 0 ? (remainder + b) % b : remainder;
  }

  private static Kernel doubles(String name) {
    return switch (name) {
      case "+" -> Kernel.binary((a, b) -> (Double) a + (Double) b);
      case "-" -> Kernel.binary((a, b) -> (Double) a - (Double) b);
      case "*" -> Kernel.binary((a, b) -> (Double) a * (Double) b);
      case "/" -> Kernel.binary((a, b) -> (Double) a / nonZero((Double) b));
      case "%" -> Kernel.binary((a, b) -> (Double) a % nonZero((Double) b));
      default ->
          Kernel.binary(
              (a, b) -> {
                double divisor = nonZero((Double) b);
                double remainder = (Double) a % divisor;
                return remainder < 0 ? (remainder + divisor) % divisor : remainder;
              });
    };
  }

  private static float floats(String name, float a, float b) {
    return switch (name) {
      case "+" -> a + b;
      case "-" -> a - b;
      case "*" -> a * b;
      case "%" -> a % (float) nonZero(b);
      default -> {
        float divisor = (float) nonZero(b);
        float remainder = a % divisor;
        yield remainder < 0 ? (remainder + divisor) % divisor : remainder;
      }
    };
  }

  private static Resolved negative(Arguments arguments) {
    Type type = arguments.takeNumber(0);
    return switch (type.kind()) {
      case FLOAT -> new Resolved(type, Kernel.unary(x -> -(Float) x));
      case DOUBLE -> new Resolved(type, Kernel.unary(x -> -(Double) x));
      case DECIMAL -> new Resolved(type, Kernel.unary(x -> ((java.math.BigDecimal) x).negate()));
      case LONG ->
          new Resolved(
              type,
              Kernel.unary(
                  x -> {
                    if ((Long) x == Long.MIN_VALUE) {
                      throw Numbers.overflow(type);
                    }
                    return -(Long) x;
                  }));
      default ->
          new Resolved(type, Kernel.unary(x -> Numbers.ofLong(-((Number) x).longValue(), type)));
    };
  }

  private static long nonZero(long divisor) {
    if (divisor == 0) {
      throw byZero();
    }
    return divisor;
  }

  private static double nonZero(double divisor) {
    if (divisor == 0) {
      throw byZero();
    }
    return divisor;
  }

  static Failure byZero() {
    return new Failure("division by zero");
  }
}
