package io.tidemark.expressions;

import io.tidemark.expressions.function.Arguments;
import io.tidemark.expressions.function.Definition;
import io.tidemark.expressions.function.Kernel;
import io.tidemark.expressions.function.Resolved;
import io.tidemark.expressions.type.Failure;
import io.tidemark.expressions.type.Kind;
import io.tidemark.expressions.type.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Calls of operators and functions whose arguments are all evaluated. */
final class Calls {

  /** Operators that look at their divisor first, and at nothing else if it is null. */
  private static final Set<String> DIVISIONS = Set.of("/", "%", "mod", "pmod");

  private Calls() {}

  static Typed compile(Definition definition, List<Typed> arguments, int position) {
    List<Type> types = arguments.stream().map(Typed::type).toList();
    if (types.stream().anyMatch(type -> type.is(Kind.DYNAMIC))) {
      return Typed.of(
          DynamicCall.resultOf(definition), new DynamicCall(definition, arguments, position));
    }
    List<Object> constants = new ArrayList<>();
    arguments.forEach(argument -> constants.add(argument.constant()));
    Arguments resolving = new Arguments(types, constants);
    Resolved resolved = definition.resolve().apply(resolving);
    Expression[] converted = new Expression[arguments.size()];
    for (int i = 0; i < converted.length; i++) {
      converted[i] = arguments.get(i).with(resolving.conversions()[i], position);
    }
    Kernel kernel = resolved.kernel();
    if (converted.length == 2 && definition.strict()) {
      return Typed.of(
          resolved.type(),
          DIVISIONS.contains(definition.name())
              ? division(kernel, converted[0], converted[1], position)
              : binary(kernel, converted[0], converted[1], position));
    }
    return Typed.of(resolved.type(), any(kernel, converted, definition.strict(), position));
  }

  private static Expression binary(Kernel kernel, Expression left, Expression right, int position) {
    return row -> {
      Object a = left.evaluate(row);
      if (a == null) {
        return null;
      }
      Object b = right.evaluate(row);
      return b == null ? null : apply(kernel, a, b, position);
    };
  }

  private static Expression division(
      Kernel kernel, Expression left, Expression right, int position) {
    return row -> {
      Object b = right.evaluate(row);
      if (b == null) {
        return null;
      }
      Object a = left.evaluate(row);
      return a == null ? null : apply(kernel, a, b, position);
    };
  }

  private static Object apply(Kernel kernel, Object a, Object b, int position) {
    try {
      return kernel.apply(a, b);
    } catch (Failure e) {
      throw e.at(position);
    } catch (ArithmeticException | java.time.DateTimeException e) {
      throw new Failure("the result does not fit its type").at(position);
    }
  }

  private static Expression any(
      Kernel kernel, Expression[] arguments, boolean strict, int position) {
    return row -> {
      Object[] values = new Object[arguments.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = arguments[i].evaluate(row);
        if (values[i] == null && strict) {
          return null;
        }
      }
      return apply(kernel, values, position);
    };
  }

  static Object apply(Kernel kernel, Object[] values, int position) {
    try {
      return kernel.apply(values);
    } catch (Failure e) {
      throw e.at(position);
    } catch (ArithmeticException | java.time.DateTimeException e) {
      throw new Failure("the result does not fit its type").at(position);
    }
  }
}
