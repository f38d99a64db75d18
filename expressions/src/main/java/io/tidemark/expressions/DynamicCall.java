package io.tidemark.expressions;

import io.tidemark.expressions.function.Arguments;
import io.tidemark.expressions.function.Definition;
import io.tidemark.expressions.function.Kernel;
import io.tidemark.expressions.type.ConnectTypes;
import io.tidemark.expressions.type.Failure;
import io.tidemark.expressions.type.Kind;
import io.tidemark.expressions.type.Type;
import io.tidemark.expressions.type.TypeMismatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A call whose arguments have the types of their values. It keeps the form for the latest types:
 * the records of a topic mostly have the same ones.
 */
final class DynamicCall implements Expression {

  private static final Set<String> TRUTHS =
      Set.of("=", "!=", "<", "<=", ">", ">=", "<=>", "not", "istrue", "isfalse", "like", "rlike");

  /** Functions whose constant arguments are checked before there is a record. */
  private static final Map<String, Type> CHECKED =
      Map.of(
          "like", Type.STRING,
          "rlike", Type.STRING,
          "regexp", Type.STRING,
          "regexp_like", Type.STRING,
          "regexp_extract", Type.STRING,
          "regexp_replace", Type.STRING,
          "split", Type.STRING,
          "date_format", Type.TIMESTAMP,
          "round", Type.DOUBLE,
          "bround", Type.DOUBLE);

  private final Definition definition;
  private final Expression[] arguments;
  private final Type[] declared;
  private final List<Object> constants = new ArrayList<>();
  private final int position;

  private Type[] types;
  private UnaryOperator<Object>[] conversions;
  private Kernel kernel;

  DynamicCall(Definition definition, List<Typed> arguments, int position) {
    this.definition = definition;
    this.arguments = arguments.stream().map(Typed::expression).toArray(Expression[]::new);
    this.declared = arguments.stream().map(Typed::type).toArray(Type[]::new);
    this.position = position;
    arguments.forEach(argument -> constants.add(argument.constant()));
    Type assumed = CHECKED.get(definition.name());
    if (assumed != null) {
      List<Type> all =
          Arrays.stream(declared).map(type -> type.is(Kind.DYNAMIC) ? assumed : type).toList();
      var unused = definition.resolve().apply(new Arguments(all, constants));
    }
  }

  /** What is known of the result before there is a value. */
  static Type resultOf(Definition definition) {
    return TRUTHS.contains(definition.name()) ? Type.BOOLEAN : Type.DYNAMIC;
  }

  @Override
  public Object evaluate(Row row) {
    Object[] values = new Object[arguments.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = arguments[i].evaluate(row);
      if (values[i] == null && definition.strict()) {
        return null;
      }
    }
    try {
      if (!fits(values)) {
        resolve(values);
      }
      for (int i = 0; i < values.length; i++) {
        if (values[i] != null && conversions[i] != null) {
          values[i] = conversions[i].apply(values[i]);
          if (values[i] == null && definition.strict()) {
            return null;
          }
        }
      }
    } catch (Failure e) {
      throw e.at(position);
    }
    return Calls.apply(kernel, values, position);
  }

  private boolean fits(Object[] values) {
    if (types == null) {
      return false;
    }
    for (int i = 0; i < values.length; i++) {
      if (declared[i].is(Kind.DYNAMIC) && !isOf(types[i], values[i])) {
        return false;
      }
    }
    return true;
  }

  /** Without making a type for the most frequent classes. */
  private static boolean isOf(Type type, Object value) {
    if (value instanceof String) {
      return type.is(Kind.STRING);
    }
    if (value instanceof Long) {
      return type.is(Kind.LONG);
    }
    return value instanceof Double ? type.is(Kind.DOUBLE) : ConnectTypes.of(value).equals(type);
  }

  private void resolve(Object[] values) {
    Type[] found = declared.clone();
    for (int i = 0; i < found.length; i++) {
      if (found[i].is(Kind.DYNAMIC)) {
        found[i] = ConnectTypes.of(values[i]);
      }
    }
    Arguments resolving = new Arguments(Arrays.asList(found), constants);
    try {
      kernel = definition.resolve().apply(resolving).kernel();
    } catch (TypeMismatch e) {
      throw new Failure(e.getMessage());
    }
    conversions = resolving.conversions();
    types = found;
  }
}
