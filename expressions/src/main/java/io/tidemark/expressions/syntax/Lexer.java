package io.tidemark.expressions.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Divides the text of an expression into tokens. */
final class Lexer {

  /** Digits, a fraction, an exponent, and the letters of a type. */
  private static final Pattern NUMBER =
      Pattern.compile("(?:\\d++\\.?\\d*+|\\.\\d++)(?:[eE][+-]?\\d++)?+[A-Za-z_]*+");

  private static final List<String> SYMBOLS =
      List.of(
          "<=>", "<=", ">=", "<>", "!=", "==", "||", "=", "<", ">", "+", "-", "*", "/", "%", "(",
          ")", "[", "]", ",", ".");

  private final String text;
  private final Matcher number;
  private final List<Token> tokens = new ArrayList<>();
  private int at;

  private Lexer(String text) {
    this.text = text;
    this.number = NUMBER.matcher(text);
  }

  /** The tokens, of which the last one is {@link Token.Kind#END}. */
  static List<Token> tokens(String text) {
    Lexer lexer = new Lexer(text);
    while (lexer.next()) {}
    lexer.add(Token.Kind.END, "", text.length());
    return lexer.tokens;
  }

  private boolean next() {
    while (at < text.length() && text.charAt(at) <= ' ') {
      at++;
    }
    if (at >= text.length()) {
      return false;
    }
    char first = text.charAt(at);
    if (first == '\'' || first == '"') {
      TextLiteral literal = TextLiteral.read(text, at, false);
      add(Token.Kind.STRING, literal.value(), literal.end());
    } else if (isRaw(first)) {
      TextLiteral literal = TextLiteral.read(text, at + 1, true);
      add(Token.Kind.STRING, literal.value(), literal.end());
    } else if (first == '`') {
      quoted();
    } else if (number.region(at, text.length()).lookingAt() && !afterName(first)) {
      add(Token.Kind.NUMBER, number.group(), number.end());
    } else if (isLetter(first)) {
      int end = at + 1;
      while (end < text.length() && isPart(text.charAt(end))) {
        end++;
      }
      add(Token.Kind.WORD, text.substring(at, end), end);
    } else {
      symbol();
    }
    return true;
  }

  /** Whether a dot belongs to a path: a.5 is no fraction. */
  private boolean afterName(char first) {
    if (first != '.' || tokens.isEmpty()) {
      return false;
    }
    Token last = tokens.get(tokens.size() - 1);
    return last.end() == at
        && (last.kind() == Token.Kind.WORD
            || last.kind() == Token.Kind.QUOTED
            || last.isSymbol("]")
            || last.isSymbol(")"));
  }

  private boolean isRaw(char first) {
    return (first == 'r' || first == 'R')
        && at + 1 < text.length()
        && (text.charAt(at + 1) == '\'' || text.charAt(at + 1) == '"');
  }

  private void quoted() {
    StringBuilder name = new StringBuilder();
    int end = at + 1;
    while (true) {
      if (end >= text.length()) {
        throw new SyntaxException(text, at, "The name has no closing backtick");
      }
      if (text.charAt(end) == '`') {
        if (end + 1 >= text.length() || text.charAt(end + 1) != '`') {
          break;
        }
        end++;
      }
      name.append(text.charAt(end));
      end++;
    }
    if (name.isEmpty()) {
      throw new SyntaxException(text, at, "A name in backticks is empty");
    }
    add(Token.Kind.QUOTED, name.toString(), end + 1);
  }

  private void symbol() {
    for (String symbol : SYMBOLS) {
      if (text.startsWith(symbol, at)) {
        add(Token.Kind.SYMBOL, symbol, at + symbol.length());
        return;
      }
    }
    throw new SyntaxException(text, at, "This character has no meaning in an expression");
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  }

  private static boolean isPart(char c) {
    return isLetter(c) || (c >= '0' && c <= '9');
  }

  private void add(Token.Kind kind, String value, int end) {
    tokens.add(new Token(kind, value, at, end));
    at = end;
  }
}
