package io.tidemark.expressions.function;

import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/** What an operator or a function computes of its arguments. */
@FunctionalInterface
public interface Kernel {

  /** The result, which may be null. */
  Object apply(Object[] arguments);

  /** The same for two arguments, which needs no array where it matters. */
  default Object apply(Object first, Object second) {
    return apply(new Object[] {first, second});
  }

  static Kernel unary(UnaryOperator<Object> function) {
    return arguments -> function.apply(arguments[0]);
  }

  static Kernel binary(BinaryOperator<Object> function) {
    return new Kernel() {
      @Override
      public Object apply(Object[] arguments) {
        return function.apply(arguments[0], arguments[1]);
      }

      @Override
      public Object apply(Object first, Object second) {
        return function.apply(first, second);
      }
    };
  }
}
