package io.tidemark.expressions;

import io.tidemark.expressions.function.Functions;
import io.tidemark.expressions.function.Ordering;
import io.tidemark.expressions.syntax.Node;
import io.tidemark.expressions.type.Coercion;
import io.tidemark.expressions.type.Failure;
import io.tidemark.expressions.type.Kind;
import io.tidemark.expressions.type.Type;
import io.tidemark.expressions.type.TypeMismatch;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Operators and functions that do not evaluate all of their arguments. */
public final class SpecialForms {

  private static final Map<String, String> SIGNATURES = new LinkedHashMap<>();

  static {
    SIGNATURES.put("coalesce(x, ...)", "the first value that is not null");
    SIGNATURES.put("current_date()", "the day, in UTC");
    SIGNATURES.put(
        "current_timestamp()", "the time at which the record is handled, in milliseconds");
    SIGNATURES.put("if(condition, a, b)", "a if the condition is true, else b");
    SIGNATURES.put("ifnull(x, y)", "the same as `coalesce`");
    SIGNATURES.put("isnotnull(x)", "also `x IS NOT NULL`");
    SIGNATURES.put("isnull(x)", "also `x IS NULL`");
    SIGNATURES.put("now()", "the same as `current_timestamp`");
    SIGNATURES.put("nullif(x, y)", "null if both are equal, else x");
    SIGNATURES.put("nvl(x, y)", "the same as `coalesce`");
  }

  private final Compiler compiler;

  SpecialForms(Compiler compiler) {
    this.compiler = compiler;
  }

  /** How those that look like functions are called, and what they give. */
  public static Map<String, String> listed() {
    return SIGNATURES;
  }

  /** The compiled form, or null if the call is none. */
  Typed compile(Node.Call node) {
    List<Node> arguments = node.arguments();
    return switch (node.name()) {
      case "and" -> junction(arguments, false);
      case "or" -> junction(arguments, true);
      case "isnull" -> isNull(one(arguments), true);
      case "isnotnull" -> isNull(one(arguments), false);
      case "case" -> cases(compiler.compileAll(arguments), node.position());
      case "if" -> cases(compiler.compileAll(counted(arguments, 3)), node.position());
      case "nullif" -> nullIf(counted(arguments, 2), node.position());
      case "coalesce" -> coalesce(arguments, node.position());
      case "nvl", "ifnull" -> coalesce(counted(arguments, 2), node.position());
      case "typeof" -> typeOf(one(arguments));
      case "in" -> in(compiler.compileAll(arguments), node.position());
      case "current_timestamp", "now" -> {
        counted(arguments, 0);
        yield Typed.of(Type.TIMESTAMP, row -> Instant.ofEpochMilli(row.nowMs()));
      }
      case "current_date" -> {
        counted(arguments, 0);
        yield Typed.of(
            Type.DATE, row -> LocalDate.ofEpochDay(Math.floorDiv(row.nowMs(), 86_400_000L)));
      }
      default -> null;
    };
  }

  private Typed one(List<Node> arguments) {
    return compiler.compile(counted(arguments, 1).get(0));
  }

  private static List<Node> counted(List<Node> arguments, int wanted) {
    if (arguments.size() != wanted) {
      throw new TypeMismatch(
          "Wrong number of arguments, " + arguments.size() + "; expected " + wanted);
    }
    return arguments;
  }

  /** Without evaluating what has a known type; null otherwise, for a call at each record. */
  private static Typed typeOf(Typed of) {
    String name = of.type().toString();
    return of.type().is(Kind.DYNAMIC) ? null : Typed.of(Type.STRING, row -> name);
  }

  private static Typed isNull(Typed of, boolean wanted) {
    Expression inner = of.raw() == null ? of.expression() : of.raw();
    return Typed.of(Type.BOOLEAN, row -> (inner.evaluate(row) == null) == wanted);
  }

  /** AND, which false decides, or OR, which true decides. */
  private Typed junction(List<Node> nodes, boolean decisive) {
    Expression[] parts = nodes.stream().map(node -> condition(node)).toArray(Expression[]::new);
    return Typed.of(
        Type.BOOLEAN,
        row -> {
          boolean unknown = false;
          for (Expression part : parts) {
            Boolean value = (Boolean) part.evaluate(row);
            if (value == null) {
              unknown = true;
            } else if (value == decisive) {
              return value;
            }
          }
          return unknown ? null : !decisive;
        });
  }

  private Expression condition(Node node) {
    return condition(compiler.compile(node), node.position());
  }

  /** A condition: a boolean, which a value without a schema turns out to be or not. */
  static Expression condition(Typed compiled, int position) {
    Expression inner = compiled.expression();
    return switch (compiled.type().kind()) {
      case BOOLEAN, NULL -> inner;
      case DYNAMIC ->
          row -> {
            Object value = inner.evaluate(row);
            if (value != null && !(value instanceof Boolean)) {
              throw new Failure("the condition is not a boolean").at(position);
            }
            return value;
          };
      default ->
          throw new TypeMismatch("The condition is " + compiled.type() + ", but boolean is needed");
    };
  }

  private static Typed cases(List<Typed> parts, int position) {
    List<Typed> results = new ArrayList<>();
    for (int i = 1; i < parts.size(); i += 2) {
      results.add(parts.get(i));
    }
    boolean otherwise = parts.size() % 2 == 1;
    if (otherwise) {
      results.add(parts.get(parts.size() - 1));
    }
    Type type = common(results);
    Expression[] chosen = converted(results, type, position);
    Expression[] conditions = new Expression[parts.size() / 2];
    for (int i = 0; i < conditions.length; i++) {
      conditions[i] = condition(parts.get(2 * i), position);
    }
    Expression last = otherwise ? chosen[chosen.length - 1] : row -> null;
    return Typed.of(
        type,
        row -> {
          for (int i = 0; i < conditions.length; i++) {
            if (Boolean.TRUE.equals(conditions[i].evaluate(row))) {
              return chosen[i].evaluate(row);
            }
          }
          return last.evaluate(row);
        });
  }

  private Typed nullIf(List<Node> nodes, int position) {
    Typed value = compiler.compile(nodes.get(0));
    Typed other = compiler.compile(nodes.get(1));
    Expression equal =
        Calls.compile(Functions.find("="), List.of(value, other), position).expression();
    Expression inner = value.expression();
    return Typed.of(
        value.type(), row -> Boolean.TRUE.equals(equal.evaluate(row)) ? null : inner.evaluate(row));
  }

  private Typed coalesce(List<Node> nodes, int position) {
    if (nodes.isEmpty()) {
      throw new TypeMismatch("coalesce needs an argument");
    }
    List<Typed> parts = compiler.compileAll(nodes);
    Type type = common(parts);
    Expression[] converted = converted(parts, type, position);
    return Typed.of(
        type,
        row -> {
          for (Expression part : converted) {
            Object value = part.evaluate(row);
            if (value != null) {
              return value;
            }
          }
          return null;
        });
  }

  private static Typed in(List<Typed> parts, int position) {
    Type type = common(parts);
    if (type.is(Kind.DYNAMIC)) {
      return dynamicIn(parts, position);
    }
    Expression[] converted = converted(parts, type, position);
    Comparator<Object> order = Ordering.of(type);
    return Typed.of(
        Type.BOOLEAN,
        row -> {
          Object value = converted[0].evaluate(row);
          if (value == null) {
            return null;
          }
          boolean unknown = false;
          for (int i = 1; i < converted.length; i++) {
            Object other = converted[i].evaluate(row);
            if (other == null) {
              unknown = true;
            } else if (order.compare(value, other) == 0) {
              return true;
            }
          }
          return unknown ? null : false;
        });
  }

  private static Typed dynamicIn(List<Typed> parts, int position) {
    Expression[] equal = new Expression[parts.size() - 1];
    for (int i = 0; i < equal.length; i++) {
      equal[i] =
          Calls.compile(Functions.find("="), List.of(parts.get(0), parts.get(i + 1)), position)
              .expression();
    }
    return Typed.of(
        Type.BOOLEAN,
        row -> {
          boolean unknown = false;
          for (Expression part : equal) {
            Object value = part.evaluate(row);
            if (value == null) {
              unknown = true;
            } else if ((Boolean) value) {
              return true;
            }
          }
          return unknown ? null : false;
        });
  }

  private static Type common(List<Typed> parts) {
    Type common = Type.NULL;
    for (Typed part : parts) {
      common = Coercion.common(common, part.type());
      if (common == null) {
        throw new TypeMismatch(
            "The values have no common type: " + parts.stream().map(Typed::type).toList());
      }
    }
    return common;
  }

  private static Expression[] converted(List<Typed> parts, Type type, int position) {
    Expression[] converted = new Expression[parts.size()];
    for (int i = 0; i < converted.length; i++) {
      Typed as = parts.get(i).as(type, position);
      if (as == null) {
        throw new TypeMismatch(parts.get(i).type() + " does not become " + type + "; add a CAST");
      }
      converted[i] = as.expression();
    }
    return converted;
  }
}
