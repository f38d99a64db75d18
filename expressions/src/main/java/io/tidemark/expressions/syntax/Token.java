package io.tidemark.expressions.syntax;

/**
 * A word of an expression.
 *
 * @param text of a name or a string, what it means without its quotes
 * @param position index of its first character
 * @param end index after its last character
 */
record Token(Kind kind, String text, int position, int end) {

  /** What a token is. */
  enum Kind {
    /** A name without quotes, which may be a keyword. */
    WORD,
    /** A name in backticks. */
    QUOTED,
    NUMBER,
    STRING,
    SYMBOL,
    END
  }

  boolean isSymbol(String symbol) {
    return kind == Kind.SYMBOL && text.equals(symbol);
  }

  boolean isWord(String word) {
    return kind == Kind.WORD && text.equalsIgnoreCase(word);
  }

  /** How messages show it. */
  String shown() {
    return switch (kind) {
      case END -> "the end";
      case STRING -> "a text";
      default -> text;
    };
  }
}
