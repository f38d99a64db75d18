package io.tidemark.expressions.syntax;

import io.tidemark.expressions.type.TimeText;
import io.tidemark.expressions.type.Type;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Writes a tree as text that gives the same tree when it is read, with all parentheses. */
public final class NodePrinter {

  private static final Set<String> INFIX =
      Set.of("+", "-", "*", "/", "%", "||", "=", "!=", "<", "<=", ">", ">=", "<=>", "rlike");

  private NodePrinter() {}

  public static String print(Node node) {
    if (node instanceof Node.Literal literal) {
      return literal(literal);
    }
    if (node instanceof Node.Column column) {
      return column.path().stream().map(NodePrinter::name).collect(Collectors.joining("."));
    }
    if (node instanceof Node.Member member) {
      return "(" + print(member.of()) + ")." + name(member.name());
    }
    if (node instanceof Node.Conversion conversion) {
      return (conversion.lenient() ? "TRY_CAST(" : "CAST(")
          + print(conversion.of())
          + " AS "
          + conversion.type()
          + ")";
    }
    return call((Node.Call) node);
  }

  private static String literal(Node.Literal literal) {
    Object value = literal.value();
    if (value == null) {
      return "NULL";
    }
    if (value instanceof String text) {
      return TextLiteral.quote(text);
    }
    if (value instanceof LocalDate date) {
      return "DATE '" + TimeText.print(date) + "'";
    }
    if (value instanceof Instant instant) {
      return "TIMESTAMP '" + TimeText.print(instant) + "'";
    }
    Type type = literal.type();
    return type.kind().isNumeric() ? NumberLiteral.print(value, type) : value.toString();
  }

  private static String call(Node.Call call) {
    List<Node> arguments = call.arguments();
    String name = call.name();
    if (INFIX.contains(name) && arguments.size() == 2) {
      return join(arguments, " " + name.toUpperCase(Locale.ROOT) + " ");
    }
    return switch (name) {
      case "and", "or" -> join(arguments, " " + name.toUpperCase(Locale.ROOT) + " ");
      case "not" -> "(NOT " + print(arguments.get(0)) + ")";
      case "negative" -> "(- (" + print(arguments.get(0)) + "))";
      case "positive" -> "(+ (" + print(arguments.get(0)) + "))";
      case "isnull" -> "(" + print(arguments.get(0)) + " IS NULL)";
      case "istrue" -> "(" + print(arguments.get(0)) + " IS TRUE)";
      case "isfalse" -> "(" + print(arguments.get(0)) + " IS FALSE)";
      case "in" ->
          "("
              + print(arguments.get(0))
              + " IN "
              + join(arguments.subList(1, arguments.size()), ", ")
              + ")";
      case "like" ->
          "("
              + print(arguments.get(0))
              + " LIKE "
              + print(arguments.get(1))
              + (arguments.size() > 2 ? " ESCAPE " + print(arguments.get(2)) : "")
              + ")";
      case "[]" -> "(" + print(arguments.get(0)) + ")[" + print(arguments.get(1)) + "]";
      case "case" -> cases(arguments);
      default -> name + join(arguments, ", ");
    };
  }

  private static String cases(List<Node> arguments) {
    StringBuilder text = new StringBuilder("CASE");
    for (int i = 0; i + 1 < arguments.size(); i += 2) {
      text.append(" WHEN ").append(print(arguments.get(i)));
      text.append(" THEN ").append(print(arguments.get(i + 1)));
    }
    if (arguments.size() % 2 == 1) {
      text.append(" ELSE ").append(print(arguments.get(arguments.size() - 1)));
    }
    return text.append(" END").toString();
  }

  private static String join(List<Node> nodes, String separator) {
    return nodes.stream().map(NodePrinter::print).collect(Collectors.joining(separator, "(", ")"));
  }

  private static String name(String name) {
    return "`" + name.replace("`", "``") + "`";
  }
}
