package io.tidemark.expressions.function;

import io.tidemark.expressions.type.Kind;
import io.tidemark.expressions.type.Numbers;
import io.tidemark.expressions.type.Type;
import io.tidemark.expressions.type.TypeMismatch;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;

/** Functions of numbers. */
final class NumberFunctions {

  private static final Type D = Type.DOUBLE;

  private NumberFunctions() {}

  static Map<String, Definition> all() {
    Library library = new Library();
    library.typed("abs(x)", "without its sign", 1, 1, NumberFunctions::abs);
    library.typed(
        "round(x[, digits])",
        "rounded half up, to so many digits after the point; negative: before it",
        1,
        2,
        arguments -> round(arguments, RoundingMode.HALF_UP));
    library.typed(
        "bround(x[, digits])",
        "rounded half to even",
        1,
        2,
        arguments -> round(arguments, RoundingMode.HALF_EVEN));
    library.typed(
        "ceil(x)",
        "the next whole number above",
        1,
        1,
        arguments -> whole(arguments, RoundingMode.CEILING, Math::ceil));
    library.alias("ceiling", "ceil");
    library.typed(
        "floor(x)",
        "the next whole number below",
        1,
        1,
        arguments -> whole(arguments, RoundingMode.FLOOR, Math::floor));
    library.fixed(
        "sign(x)",
        "-1.0, 0.0 or 1.0",
        1,
        List.of(D),
        D,
        Kernel.unary(x -> Math.signum((Double) x)));
    library.alias("signum", "sign");
    library.typed(
        "mod(a, b)", "also `a % b`", 2, 2, arguments -> Arithmetic.resolve("%", arguments));
    library.typed(
        "pmod(a, b)",
        "the remainder, never negative for a positive divisor",
        2,
        2,
        arguments -> Arithmetic.resolve("pmod", arguments));
    library.fixed(
        "power(a, b)",
        "a to the power of b",
        2,
        List.of(D, D),
        D,
        Kernel.binary((a, b) -> StrictMath.pow((Double) a, (Double) b)));
    library.alias("pow", "power");
    library.fixed(
        "sqrt(x)",
        "square root; NaN of a negative number",
        1,
        List.of(D),
        D,
        Kernel.unary(x -> Math.sqrt((Double) x)));
    return library.functions();
  }

  private static Resolved abs(Arguments arguments) {
    Type type = arguments.takeNumber(0);
    return switch (type.kind()) {
      case FLOAT -> new Resolved(type, Kernel.unary(x -> Math.abs((Float) x)));
      case DOUBLE -> new Resolved(type, Kernel.unary(x -> Math.abs((Double) x)));
      case DECIMAL -> new Resolved(type, Kernel.unary(x -> ((BigDecimal) x).abs()));
      default ->
          new Resolved(
              type,
              Kernel.unary(
                  x -> {
                    long value = ((Number) x).longValue();
                    if (value == Long.MIN_VALUE) {
                      throw Numbers.overflow(type);
                    }
                    return Numbers.ofLong(Math.abs(value), type);
                  }));
    };
  }

  private static Resolved whole(
      Arguments arguments, RoundingMode mode, DoubleUnaryOperator function) {
    Type type = arguments.takeNumber(0);
    if (type.is(Kind.DECIMAL)) {
      Type result = Type.boundedDecimal(type.precision() - type.scale() + 1, 0);
      return new Resolved(
          result, Kernel.unary(x -> Numbers.fit(((BigDecimal) x).setScale(0, mode), result)));
    }
    if (type.kind().isIntegral()) {
      return new Resolved(Type.LONG, Kernel.unary(x -> ((Number) x).longValue()));
    }
    arguments.take(0, D);
    return new Resolved(Type.LONG, Kernel.unary(x -> (long) function.applyAsDouble((Double) x)));
  }

  private static Resolved round(Arguments arguments, RoundingMode mode) {
    Type type = arguments.takeNumber(0);
    int digits = 0;
    if (arguments.size() > 1) {
      if (!(arguments.constant(1) instanceof Integer constant)) {
        throw new TypeMismatch("The number of digits must be a constant of type int");
      }
      digits = constant;
    }
    int scale = digits;
    return switch (type.kind()) {
      case DECIMAL -> decimal(type, scale, mode);
      case FLOAT ->
          new Resolved(
              type,
              Kernel.unary(
                  x -> {
                    float value = (Float) x;
                    return Float.isNaN(value) || Float.isInfinite(value)
                        ? x
                        : (Object)
                            new BigDecimal(Float.toString(value))
                                .setScale(scale, mode)
                                .floatValue();
                  }));
      case DOUBLE ->
          new Resolved(
              type,
              Kernel.unary(
                  x -> {
                    double value = (Double) x;
                    return Double.isNaN(value) || Double.isInfinite(value)
                        ? x
                        : (Object)
                            new BigDecimal(Double.toString(value))
                                .setScale(scale, mode)
                                .doubleValue();
                  }));
      default ->
          new Resolved(
              type,
              Kernel.unary(
                  x ->
                      scale >= 0
                          ? x
                          : Numbers.ofDecimal(
                              BigDecimal.valueOf(((Number) x).longValue()).setScale(scale, mode),
                              type)));
    };
  }

  private static Resolved decimal(Type type, int digits, RoundingMode mode) {
    int whole = type.precision() - type.scale() + 1;
    Type result;
    if (digits < 0) {
      result = Type.boundedDecimal(Math.max(whole, -digits + 1), 0);
    } else {
      int scale = Math.min(type.scale(), digits);
      result = Type.boundedDecimal(whole + scale, scale);
    }
    return new Resolved(
        result, Kernel.unary(x -> Numbers.fit(((BigDecimal) x).setScale(digits, mode), result)));
  }
}
