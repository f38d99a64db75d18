package io.tidemark.expressions;

import io.tidemark.expressions.type.Casts;
import io.tidemark.expressions.type.Failure;
import io.tidemark.expressions.type.Kind;
import io.tidemark.expressions.type.Type;
import java.util.function.UnaryOperator;
import org.apache.kafka.connect.data.Schema;

/**
 * A compiled expression and its type.
 *
 * @param constant the value of a literal, else null
 * @param schema of a field that is passed along as it is, else null
 * @param raw the field as Connect holds it, if there is a schema
 */
public record Typed(
    Type type, Expression expression, Object constant, Schema schema, Expression raw) {

  static Typed of(Type type, Expression expression) {
    return new Typed(type, expression, null, null, null);
  }

  /** With a conversion of the values that are not null. */
  Expression with(UnaryOperator<Object> conversion, int position) {
    if (conversion == null) {
      return expression;
    }
    Expression inner = expression;
    return row -> {
      Object value = inner.evaluate(row);
      try {
        return value == null ? null : conversion.apply(value);
      } catch (Failure e) {
        throw e.at(position);
      }
    };
  }

  /** As a value of another type that all values can be converted to, or null. */
  Typed as(Type wanted, int position) {
    if (type.equals(wanted) || wanted.is(Kind.DYNAMIC)) {
      return this;
    }
    UnaryOperator<Object> conversion = Casts.implicit(type, wanted);
    return conversion == null ? null : of(wanted, with(conversion, position));
  }
}
