package io.tidemark.expressions.syntax;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The tokens of an expression, one after the other, and how deep its parser is. */
final class TokenReader {

  /** The levels that an expression may have: evaluation takes a stack frame for each. */
  static final int MAX_DEPTH = 100;

  /** How many levels of the parser a level of parentheses takes. */
  private static final int LEVELS = 6;

  /** Words that are no names without backticks. */
  private static final Set<String> RESERVED =
      Set.of(
          "and",
          "or",
          "not",
          "in",
          "is",
          "between",
          "like",
          "rlike",
          "regexp",
          "escape",
          "case",
          "when",
          "then",
          "else",
          "end",
          "as",
          "null",
          "true",
          "false",
          "cast",
          "try_cast");

  private final String text;
  private final List<Token> tokens;
  private int next;
  private int depth;

  TokenReader(String text) {
    this.text = text;
    this.tokens = Lexer.tokens(text);
  }

  Token peek() {
    return tokens.get(next);
  }

  /** The token after {@link #peek}, or the end. */
  Token peekSecond() {
    return tokens.get(Math.min(next + 1, tokens.size() - 1));
  }

  Token next() {
    Token token = tokens.get(next);
    if (token.kind() != Token.Kind.END) {
      next++;
    }
    return token;
  }

  int position() {
    return peek().position();
  }

  boolean skipSymbol(String symbol) {
    boolean found = peek().isSymbol(symbol);
    next += found ? 1 : 0;
    return found;
  }

  boolean skipWord(String word) {
    boolean found = peek().isWord(word);
    next += found ? 1 : 0;
    return found;
  }

  void requireSymbol(String symbol) {
    if (!skipSymbol(symbol)) {
      throw problem("Expected " + symbol + " but found " + peek().shown());
    }
  }

  void requireWord(String word) {
    if (!skipWord(word)) {
      throw problem("Expected " + word.toUpperCase(Locale.ROOT) + " but found " + peek().shown());
    }
  }

  void requireEnd() {
    if (peek().kind() != Token.Kind.END) {
      throw problem("Expected an operator or the end but found " + peek().shown());
    }
  }

  boolean peekIsName() {
    return isName(peek());
  }

  static boolean isName(Token token) {
    return token.kind() == Token.Kind.QUOTED
        || (token.kind() == Token.Kind.WORD && !isReserved(token.text()));
  }

  static boolean isReserved(String word) {
    return RESERVED.contains(word.toLowerCase(Locale.ROOT));
  }

  String name(String what) {
    if (!peekIsName()) {
      throw problem("Expected " + what + " but found " + peek().shown());
    }
    return next().text();
  }

  void deeper() {
    depth++;
    if (depth > MAX_DEPTH * LEVELS) {
      throw problem("The expression has more than " + MAX_DEPTH + " levels; divide it");
    }
  }

  void shallower() {
    depth--;
  }

  SyntaxException problem(String what) {
    return problem(peek(), what);
  }

  SyntaxException problem(Token token, String what) {
    return new SyntaxException(text, token.position(), what);
  }
}
