package io.tidemark.converters;

/**
 * Names as strings, which records have again and again. Several threads may use it at once: a
 * string is complete however it is found.
 */
final class NameTable {

  private static final int PLACES = 1 << 8;
  private static final int LONGEST_BYTES = 64;

  private final String[] names = new String[PLACES];

  /** The text of the name that a token is. */
  String text(JsonTokens tokens, int token) {
    if (tokens.end(token) - tokens.start(token) > LONGEST_BYTES) {
      return tokens.text(token);
    }
    int hash = tokens.nameHash(token);
    int place = (hash ^ (hash >>> 8) ^ (hash >>> 16)) & (PLACES - 1);
    String known = names[place];
    if (known != null && tokens.is(token, known)) {
      return known;
    }
    String text = tokens.text(token);
    names[place] = text;
    return text;
  }
}
