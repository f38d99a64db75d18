package io.tidemark.expressions.syntax;

import io.tidemark.expressions.type.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Reads expressions of Spark SQL: the operators, from the loosest to the tightest. */
public final class ExpressionParser {

  /** The longest text that is read. */
  public static final int MAX_LENGTH = 10_000;

  private static final Set<String> COMPARISONS =
      Set.of("=", "==", "<>", "!=", "<", "<=", ">", ">=", "<=>");

  private final TokenReader tokens;
  private final PrimaryParser primary;

  private ExpressionParser(String text) {
    if (text.length() > MAX_LENGTH) {
      throw new SyntaxException(
          text, MAX_LENGTH, "An expression has at most " + MAX_LENGTH + " characters");
    }
    this.tokens = new TokenReader(text);
    this.primary = new PrimaryParser(tokens, this);
  }

  /**
   * Reads one expression.
   *
   * @throws SyntaxException if it is none
   */
  public static Node parse(String text) {
    ExpressionParser parser = new ExpressionParser(text);
    Node node = parser.expression();
    parser.tokens.requireEnd();
    return node;
  }

  /**
   * Reads the columns of a SELECT: expressions with or without a name, and stars.
   *
   * @throws SyntaxException if it is no such list
   */
  public static List<SelectItem> parseSelect(String text) {
    ExpressionParser parser = new ExpressionParser(text);
    List<SelectItem> items = new ArrayList<>();
    do {
      items.add(parser.selectItem());
    } while (parser.tokens.skipSymbol(","));
    parser.tokens.requireEnd();
    return items;
  }

  /**
   * Reads a list of {@code name=expression}.
   *
   * @throws SyntaxException if it is no such list
   */
  public static List<SelectItem> parseAssignments(String text) {
    ExpressionParser parser = new ExpressionParser(text);
    List<SelectItem> items = new ArrayList<>();
    do {
      String name = parser.tokens.name("the name of a column");
      parser.tokens.requireSymbol("=");
      items.add(new SelectItem(parser.expression(), name));
    } while (parser.tokens.skipSymbol(","));
    parser.tokens.requireEnd();
    return items;
  }

  private SelectItem selectItem() {
    if (tokens.skipSymbol("*")) {
      return new SelectItem(null, null);
    }
    Node node = expression();
    if (tokens.skipWord("as") || tokens.peekIsName()) {
      return new SelectItem(node, tokens.name("the name of a column"));
    }
    return new SelectItem(node, ownName(node));
  }

  private String ownName(Node node) {
    if (node instanceof Node.Column column) {
      return column.path().get(column.path().size() - 1);
    }
    if (node instanceof Node.Member member) {
      return member.name();
    }
    throw tokens.problem("A computed column needs a name; expected AS and a name");
  }

  Node expression() {
    return chain("or");
  }

  private Node chain(String operator) {
    boolean loosest = operator.equals("or");
    tokens.deeper();
    int start = tokens.position();
    List<Node> parts = new ArrayList<>();
    do {
      parts.add(loosest ? chain("and") : negation());
    } while (tokens.skipWord(operator));
    tokens.shallower();
    return parts.size() == 1 ? parts.get(0) : new Node.Call(operator, parts, start);
  }

  private Node negation() {
    int start = tokens.position();
    if (tokens.skipWord("not")) {
      tokens.deeper();
      Node of = negation();
      tokens.shallower();
      return new Node.Call("not", List.of(of), start);
    }
    return predicate();
  }

  private Node predicate() {
    Node value = comparison();
    int start = tokens.position();
    if (tokens.skipWord("is")) {
      return is(value, start);
    }
    boolean negated = tokens.skipWord("not");
    Node found = null;
    if (tokens.skipWord("in")) {
      found = in(value, start);
    } else if (tokens.skipWord("between")) {
      Node low = comparison();
      tokens.requireWord("and");
      Node high = comparison();
      found =
          new Node.Call(
              "and",
              List.of(
                  new Node.Call(">=", List.of(value, low), start),
                  new Node.Call("<=", List.of(value, high), start)),
              start);
    } else if (tokens.skipWord("like")) {
      found = like(value, start);
    } else if (tokens.skipWord("rlike") || tokens.skipWord("regexp")) {
      found = new Node.Call("rlike", List.of(value, comparison()), start);
    } else if (negated) {
      throw tokens.problem("Expected IN, BETWEEN, LIKE or RLIKE after NOT");
    }
    if (found == null) {
      return value;
    }
    return negated ? new Node.Call("not", List.of(found), start) : found;
  }

  private Node is(Node value, int start) {
    boolean negated = tokens.skipWord("not");
    Node found;
    if (tokens.skipWord("null")) {
      found = new Node.Call("isnull", List.of(value), start);
    } else if (tokens.skipWord("true")) {
      found = new Node.Call("istrue", List.of(value), start);
    } else if (tokens.skipWord("false")) {
      found = new Node.Call("isfalse", List.of(value), start);
    } else {
      throw tokens.problem("Expected NULL, TRUE or FALSE");
    }
    return negated ? new Node.Call("not", List.of(found), start) : found;
  }

  private Node in(Node value, int start) {
    tokens.requireSymbol("(");
    List<Node> arguments = new ArrayList<>(List.of(value));
    do {
      arguments.add(expression());
    } while (tokens.skipSymbol(","));
    tokens.requireSymbol(")");
    return new Node.Call("in", arguments, start);
  }

  private Node like(Node value, int start) {
    List<Node> arguments = new ArrayList<>(List.of(value, comparison()));
    if (tokens.skipWord("escape")) {
      Token escape = tokens.next();
      if (escape.kind() != Token.Kind.STRING || escape.text().length() != 1) {
        throw tokens.problem(escape, "Expected a text of one character after ESCAPE");
      }
      arguments.add(new Node.Literal(escape.text(), Type.STRING, escape.position()));
    }
    return new Node.Call("like", arguments, start);
  }

  Node comparison() {
    return binary(COMPARISONS, () -> sum());
  }

  private Node sum() {
    return binary(Set.of("+", "-", "||"), () -> product());
  }

  private Node product() {
    return binary(Set.of("*", "/", "%"), () -> unary());
  }

  private Node binary(Set<String> operators, java.util.function.Supplier<Node> operand) {
    tokens.deeper();
    int levels = 1;
    Node left = operand.get();
    for (Token next = tokens.peek();
        next.kind() == Token.Kind.SYMBOL && operators.contains(next.text());
        next = tokens.peek()) {
      tokens.next();
      Node right = operand.get();
      String name =
          switch (next.text()) {
            case "==" -> "=";
            case "<>" -> "!=";
            default -> next.text().toLowerCase(Locale.ROOT);
          };
      left = new Node.Call(name, List.of(left, right), next.position());
      tokens.deeper();
      levels++;
    }
    for (int i = 0; i < levels; i++) {
      tokens.shallower();
    }
    return left;
  }

  private Node unary() {
    Token first = tokens.peek();
    if (!first.isSymbol("-") && !first.isSymbol("+")) {
      return primary.primary();
    }
    tokens.next();
    boolean minus = first.isSymbol("-");
    if (minus && tokens.peek().kind() == Token.Kind.NUMBER) {
      return primary.suffixes(primary.number(true, first.position()));
    }
    tokens.deeper();
    Node of = unary();
    tokens.shallower();
    return new Node.Call(minus ? "negative" : "positive", List.of(of), first.position());
  }
}
