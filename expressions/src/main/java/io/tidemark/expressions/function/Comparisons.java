package io.tidemark.expressions.function;

import io.tidemark.expressions.type.Coercion;
import io.tidemark.expressions.type.Kind;
import io.tidemark.expressions.type.Type;
import io.tidemark.expressions.type.TypeMismatch;
import java.util.Comparator;
import java.util.Map;
import java.util.function.BinaryOperator;

/** The operators that compare. */
final class Comparisons {

  private Comparisons() {}

  static void addTo(Map<String, Definition> operators) {
    for (String name : new String[] {"=", "!=", "<", "<=", ">", ">="}) {
      operators.put(name, new Definition(name, name, "", 2, 2, true, a -> resolve(name, a)));
    }
    operators.put("<=>", new Definition("<=>", "<=>", "", 2, 2, false, Comparisons::nullSafe));
  }

  private static Resolved resolve(String name, Arguments arguments) {
    Type common = common(arguments);
    Comparator<Object> order = Ordering.of(common);
    return new Resolved(Type.BOOLEAN, Kernel.binary(function(name, common, order)));
  }

  private static BinaryOperator<Object> function(
      String name, Type common, Comparator<Object> order) {
    if (common.kind().isIntegral()) {
      return integral(name);
    }
    return switch (name) {
      case "=" -> (a, b) -> order.compare(a, b) == 0;
      case "!=" -> (a, b) -> order.compare(a, b) != 0;
      case "<" -> (a, b) -> order.compare(a, b) < 0;
      case "<=" -> (a, b) -> order.compare(a, b) <= 0;
      case ">" -> (a, b) -> order.compare(a, b) > 0;
      default -> (a, b) -> order.compare(a, b) >= 0;
    };
  }

  /** Without a comparator in between: most filters compare whole numbers. */
  private static BinaryOperator<Object> integral(String name) {
    return switch (name) {
      case "=" -> (a, b) -> value(a) == value(b);
      case "!=" -> (a, b) -> value(a) != value(b);
      case "<" -> (a, b) -> value(a) < value(b);
      case "<=" -> (a, b) -> value(a) <= value(b);
      case ">" -> (a, b) -> value(a) > value(b);
      default -> (a, b) -> value(a) >= value(b);
    };
  }

  private static long value(Object number) {
    return ((Number) number).longValue();
  }

  private static Resolved nullSafe(Arguments arguments) {
    Comparator<Object> order = Ordering.of(common(arguments));
    return new Resolved(
        Type.BOOLEAN,
        Kernel.binary((a, b) -> (a == null || b == null) ? a == b : order.compare(a, b) == 0));
  }

  private static Type common(Arguments arguments) {
    Type a = arguments.type(0);
    Type b = arguments.type(1);
    Type common = Coercion.common(a, b);
    if (common == null || common.is(Kind.DYNAMIC)) {
      throw new TypeMismatch(a + " and " + b + " cannot be compared; add a CAST");
    }
    // Whole numbers of several widths compare as they are.
    if (!(common.kind().isIntegral() && a.kind().isIntegral() && b.kind().isIntegral())) {
      arguments.takeAll(0, common);
    }
    return common;
  }
}
