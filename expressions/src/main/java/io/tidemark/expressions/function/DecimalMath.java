package io.tidemark.expressions.function;

import io.tidemark.expressions.type.Numbers;
import io.tidemark.expressions.type.Type;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Operators on decimals, with Spark's precisions and scales. */
final class DecimalMath {

  private static final MathContext PRODUCT = new MathContext(39, RoundingMode.HALF_UP);
  private static final int QUOTIENT_SCALE = 39;
  private static final int LEAST_QUOTIENT_SCALE = 6;

  private DecimalMath() {}

  /** The form of an operator for two decimals. */
  static Resolved resolve(String name, Type a, Type b) {
    int scale = Math.max(a.scale(), b.scale());
    int whole = Math.max(a.precision() - a.scale(), b.precision() - b.scale());
    Type type =
        switch (name) {
          case "+", "-" -> Type.adjustedDecimal(whole + scale + 1, scale);
          case "*" ->
              Type.adjustedDecimal(a.precision() + b.precision() + 1, a.scale() + b.scale());
          case "/" -> quotient(a, b);
          default ->
              Type.adjustedDecimal(
                  Math.min(a.precision() - a.scale(), b.precision() - b.scale()) + scale, scale);
        };
    return new Resolved(
        type,
        Kernel.binary((x, y) -> Numbers.fit(compute(name, (BigDecimal) x, (BigDecimal) y), type)));
  }

  private static Type quotient(Type a, Type b) {
    int whole = a.precision() - a.scale() + b.scale();
    int scale = Math.max(LEAST_QUOTIENT_SCALE, a.scale() + b.precision() + 1);
    return Type.adjustedDecimal(whole + scale, scale);
  }

  private static BigDecimal compute(String name, BigDecimal x, BigDecimal y) {
    return switch (name) {
      case "+" -> x.add(y);
      case "-" -> x.subtract(y);
      case "*" -> x.multiply(y, PRODUCT);
      case "/" -> x.divide(nonZero(y), QUOTIENT_SCALE, RoundingMode.HALF_UP);
      case "%" -> x.remainder(nonZero(y));
      default -> {
        BigDecimal remainder = x.remainder(nonZero(y));
        yield remainder.signum() < 0 ? remainder.add(y).remainder(y) : remainder;
      }
    };
  }

  private static BigDecimal nonZero(BigDecimal divisor) {
    if (divisor.signum() == 0) {
      throw Arithmetic.byZero();
    }
    return divisor;
  }
}
