package io.tidemark.expressions;

import io.tidemark.expressions.function.Definition;
import io.tidemark.expressions.function.Functions;
import io.tidemark.expressions.syntax.ExpressionParser;
import io.tidemark.expressions.syntax.Node;
import io.tidemark.expressions.syntax.SyntaxException;
import io.tidemark.expressions.type.Casts;
import io.tidemark.expressions.type.ConnectTypes;
import io.tidemark.expressions.type.Failure;
import io.tidemark.expressions.type.Kind;
import io.tidemark.expressions.type.Type;
import io.tidemark.expressions.type.TypeMismatch;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Compiles trees into expressions for the records of one schema. */
public final class Compiler {

  private final String text;
  private final Scope scope;
  private final SpecialForms forms = new SpecialForms(this);

  private Compiler(String text, Scope scope) {
    this.text = text;
    this.scope = scope;
  }

  /**
   * Compiles an expression.
   *
   * @throws SyntaxException if the text is none, or its types do not fit
   */
  public static Typed compile(String text, Scope scope) {
    return compile(text, ExpressionParser.parse(text), scope);
  }

  /**
   * Compiles a condition.
   *
   * @throws SyntaxException if the text is none, or its types do not fit
   */
  public static Expression condition(String text, Scope scope) {
    Node node = ExpressionParser.parse(text);
    try {
      return SpecialForms.condition(compile(text, node, scope), node.position());
    } catch (TypeMismatch e) {
      throw new SyntaxException(text, node.position(), e.getMessage());
    }
  }

  /**
   * Compiles a tree.
   *
   * @param text that the tree was read from, for messages
   * @throws SyntaxException if its types do not fit
   */
  public static Typed compile(String text, Node node, Scope scope) {
    return new Compiler(text, scope).compile(node);
  }

  Typed compile(Node node) {
    try {
      if (node instanceof Node.Literal literal) {
        Object value = literal.value();
        return new Typed(literal.type(), row -> value, value, null, null);
      }
      if (node instanceof Node.Column column) {
        return column(column);
      }
      if (node instanceof Node.Member member) {
        return Members.of(compile(member.of()), member.name());
      }
      if (node instanceof Node.Conversion conversion) {
        return conversion(conversion);
      }
      return call((Node.Call) node);
    } catch (TypeMismatch e) {
      throw new SyntaxException(text, node.position(), e.getMessage());
    }
  }

  private Typed column(Node.Column column) {
    String first = column.path().get(0);
    Typed metadata = MetadataColumns.of(first, scope);
    Typed found = scope.names().contains(first) || metadata == null ? scope.field(first) : metadata;
    if (found == null) {
      throw new TypeMismatch(
          "There is no field "
              + first
              + "; the fields are "
              + String.join(", ", scope.names().stream().limit(30).toList()));
    }
    for (String name : column.path().subList(1, column.path().size())) {
      found = Members.of(found, name);
    }
    return found;
  }

  private Typed conversion(Node.Conversion node) {
    Typed of = compile(node.of());
    Type to = node.type();
    Expression inner = of.expression();
    UnaryOperator<Object> conversion =
        of.type().is(Kind.DYNAMIC) ? value -> dynamic(value, to) : Casts.explicit(of.type(), to);
    if (conversion == null) {
      throw new TypeMismatch(of.type() + " cannot be converted to " + to);
    }
    if (!node.lenient()) {
      return Typed.of(to, of.with(conversion, node.position()));
    }
    return Typed.of(
        to,
        row -> {
          Object value = inner.evaluate(row);
          try {
            return value == null ? null : conversion.apply(value);
          } catch (Failure e) {
            return null;
          }
        });
  }

  private static Object dynamic(Object value, Type to) {
    Type from = ConnectTypes.of(value);
    UnaryOperator<Object> conversion = Casts.explicit(from, to);
    if (conversion == null) {
      throw new Failure("a value of type " + from + " cannot be converted to " + to);
    }
    return conversion.apply(value);
  }

  private Typed call(Node.Call node) {
    if (node.name().equals("[]")
        && node.arguments().get(0) instanceof Node.Column column
        && column.path().equals(List.of(MetadataColumns.HEADERS))
        && node.arguments().get(1) instanceof Node.Literal literal
        && literal.value() instanceof String name) {
      return MetadataColumns.header(name);
    }
    Typed special = forms.compile(node);
    if (special != null) {
      return special;
    }
    Definition definition = Functions.find(node.name());
    if (definition == null) {
      throw new TypeMismatch("There is no function " + node.name());
    }
    return Calls.compile(definition, compileAll(definition, node), node.position());
  }

  private List<Typed> compileAll(Definition definition, Node.Call node) {
    int count = node.arguments().size();
    if (count < definition.least() || count > definition.most()) {
      throw new TypeMismatch(
          "Wrong number of arguments, " + count + "; expected " + definition.signature());
    }
    return compileAll(node.arguments());
  }

  List<Typed> compileAll(List<Node> nodes) {
    List<Typed> compiled = new ArrayList<>();
    for (Node node : nodes) {
      compiled.add(compile(node));
    }
    return compiled;
  }
}
