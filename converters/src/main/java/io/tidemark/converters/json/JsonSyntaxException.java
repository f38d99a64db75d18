package io.tidemark.converters.json;

/**
 * What is wrong with a text, and where. It never has a part of the text. Without a stack trace,
 * since the converter turns it into an error with a code, and a topic may be full of such texts.
 */
public final class JsonSyntaxException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int position;
  private final boolean limit;

  JsonSyntaxException(int position, String problem, boolean limit) {
    super(problem, null, false, false);
    this.position = position;
    this.limit = limit;
  }

  /**
   * Position of the first byte that is wrong, from 0; the length of the text when it ends early.
   */
  public int position() {
    return position;
  }

  /** Whether the text is JSON, and only beyond a limit of this parser. */
  public boolean isLimit() {
    return limit;
  }
}
