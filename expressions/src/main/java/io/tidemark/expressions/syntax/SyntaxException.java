package io.tidemark.expressions.syntax;

import java.util.Locale;

/**
 * An expression that cannot be used as it is written. Its message has the place, counted from 1,
 * and a line with a caret below the text.
 */
public final class SyntaxException extends RuntimeException {

  private static final long serialVersionUID = 1L;
  private static final int SHOWN = 60;

  private final int position;

  /**
   * @param text the whole expression
   * @param position index of the first character that is wrong
   * @param problem what is wrong and what was expected, as a sentence without its period
   */
  public SyntaxException(String text, int position, String problem) {
    super(message(text, Math.min(position, text.length()), problem), null, false, false);
    this.position = position;
  }

  /** Index of the first character that is wrong. */
  public int position() {
    return position;
  }

  private static String message(String text, int position, String problem) {
    int from = Math.max(0, position - SHOWN);
    int to = Math.min(text.length(), position + SHOWN);
    String shown = text.substring(from, to).replaceAll("\\s", " ");
    return String.format(
        Locale.ROOT,
        "%s, at character %d:%n  %s%n  %s^",
        problem,
        position + 1,
        shown,
        " ".repeat(position - from));
  }
}
