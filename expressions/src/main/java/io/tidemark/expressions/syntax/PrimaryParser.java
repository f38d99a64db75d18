package io.tidemark.expressions.syntax;

import io.tidemark.expressions.type.TimeText;
import io.tidemark.expressions.type.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads what operators stand between: constants, columns, calls, CASE and CAST. */
final class PrimaryParser {

  private final TokenReader tokens;
  private final ExpressionParser parser;

  PrimaryParser(TokenReader tokens, ExpressionParser parser) {
    this.tokens = tokens;
    this.parser = parser;
  }

  Node primary() {
    return suffixes(start());
  }

  /** Adds {@code [index]} and {@code .name} as long as they follow. */
  Node suffixes(Node start) {
    Node node = start;
    int levels = 0;
    while (true) {
      int position = tokens.position();
      if (tokens.skipSymbol("[")) {
        node = new Node.Call("[]", List.of(node, parser.comparison()), position);
        tokens.requireSymbol("]");
      } else if (tokens.skipSymbol(".")) {
        String name = memberName();
        node =
            node instanceof Node.Column column
                ? new Node.Column(join(column.path(), name), column.position())
                : new Node.Member(node, name, position);
      } else {
        break;
      }
      tokens.deeper();
      levels++;
    }
    for (int i = 0; i < levels; i++) {
      tokens.shallower();
    }
    return node;
  }

  /** After a dot, keywords are names. */
  private String memberName() {
    Token token = tokens.next();
    if (token.kind() != Token.Kind.WORD && token.kind() != Token.Kind.QUOTED) {
      throw tokens.problem(token, "Expected the name of a field but found " + token.shown());
    }
    return token.text();
  }

  private static List<String> join(List<String> path, String name) {
    List<String> joined = new ArrayList<>(path);
    joined.add(name);
    return joined;
  }

  private Node start() {
    Token token = tokens.peek();
    switch (token.kind()) {
      case NUMBER -> {
        return number(false, token.position());
      }
      case STRING -> {
        tokens.next();
        return new Node.Literal(token.text(), Type.STRING, token.position());
      }
      case QUOTED -> {
        tokens.next();
        return new Node.Column(List.of(token.text()), token.position());
      }
      case WORD -> {
        return word(tokens.next());
      }
      default -> {
        if (tokens.skipSymbol("(")) {
          Node inner = parser.expression();
          tokens.requireSymbol(")");
          return inner;
        }
        throw tokens.problem("Expected a value but found " + token.shown());
      }
    }
  }

  /**
   * The number at the next token.
   *
   * @param position of its sign, if it has one
   */
  Node.Literal number(boolean negative, int position) {
    Token token = tokens.next();
    Node.Literal literal = NumberLiteral.of(token.text(), negative, position);
    if (literal == null) {
      throw tokens.problem(token, "This number is malformed, or does not fit its type");
    }
    return literal;
  }

  private Node word(Token token) {
    String word = token.text().toLowerCase(Locale.ROOT);
    switch (word) {
      case "null" -> {
        return new Node.Literal(null, Type.NULL, token.position());
      }
      case "true", "false" -> {
        return new Node.Literal(word.equals("true"), Type.BOOLEAN, token.position());
      }
      case "case" -> {
        return cases(token.position());
      }
      case "cast", "try_cast" -> {
        return conversion(word.equals("try_cast"), token.position());
      }
      default -> {}
    }
    if (tokens.peek().kind() == Token.Kind.STRING
        && (word.equals("date") || word.equals("timestamp"))) {
      return time(word, token.position());
    }
    if (TokenReader.isReserved(word)) {
      throw tokens.problem(token, "Expected a value but found " + token.text());
    }
    if (tokens.skipSymbol("(")) {
      return new Node.Call(word, arguments(), token.position());
    }
    return new Node.Column(List.of(token.text()), token.position());
  }

  private Node time(String word, int position) {
    Token token = tokens.next();
    boolean date = word.equals("date");
    Object value = date ? TimeText.date(token.text()) : TimeText.timestamp(token.text());
    if (value == null) {
      throw tokens.problem(token, "This text is not a " + word);
    }
    return new Node.Literal(value, date ? Type.DATE : Type.TIMESTAMP, position);
  }

  private List<Node> arguments() {
    List<Node> arguments = new ArrayList<>();
    if (tokens.skipSymbol(")")) {
      return arguments;
    }
    do {
      arguments.add(parser.expression());
    } while (tokens.skipSymbol(","));
    tokens.requireSymbol(")");
    return arguments;
  }

  /** Conditions and results in turn, and the result of ELSE at the end if there is one. */
  private Node cases(int position) {
    Node subject = tokens.peek().isWord("when") ? null : parser.expression();
    List<Node> arguments = new ArrayList<>();
    tokens.requireWord("when");
    do {
      int start = tokens.position();
      Node condition = parser.expression();
      arguments.add(
          subject == null ? condition : new Node.Call("=", List.of(subject, condition), start));
      tokens.requireWord("then");
      arguments.add(parser.expression());
    } while (tokens.skipWord("when"));
    if (tokens.skipWord("else")) {
      arguments.add(parser.expression());
    }
    tokens.requireWord("end");
    return new Node.Call("case", arguments, position);
  }

  private Node conversion(boolean lenient, int position) {
    tokens.requireSymbol("(");
    Node of = parser.expression();
    tokens.requireWord("as");
    Type type = type();
    tokens.requireSymbol(")");
    return new Node.Conversion(of, type, lenient, position);
  }

  private Type type() {
    Token token = tokens.next();
    Type type =
        token.kind() == Token.Kind.WORD
            ? TypeNames.of(token.text().toLowerCase(Locale.ROOT))
            : null;
    if (type == null) {
      throw tokens.problem(token, "Expected a type: " + TypeNames.known());
    }
    if (type.kind() != io.tidemark.expressions.type.Kind.DECIMAL || !tokens.skipSymbol("(")) {
      return type;
    }
    int precision = digits();
    int scale = tokens.skipSymbol(",") ? digits() : 0;
    if (precision < 1 || scale > precision) {
      throw tokens.problem("A decimal has 1 to 38 digits, and at most as many after the point");
    }
    tokens.requireSymbol(")");
    return Type.decimal(precision, scale);
  }

  private int digits() {
    Token token = tokens.next();
    if (token.kind() != Token.Kind.NUMBER || !token.text().matches("\\d{1,2}")) {
      throw tokens.problem(token, "Expected a number of digits");
    }
    int digits = Integer.parseInt(token.text());
    if (digits > Type.MAX_PRECISION) {
      throw tokens.problem(token, "A decimal has at most 38 digits");
    }
    return digits;
  }
}
