package io.tidemark.delta.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A field of a record's value or of a table's row, as users name it; a nested field is named by its
 * path.
 *
 * @param path names from the outermost field on, at least one
 * @param literal the same text as one name; a field with this name takes precedence over the path;
 *     empty when the text is not ambiguous
 */
public record FieldRef(List<String> path, Optional<String> literal) {

  private static final char QUOTE = '`';

  /** Characters with a special meaning outside backticks. */
  private static final Pattern SPECIAL = Pattern.compile("[`.,()'\"\\[\\]]");

  public FieldRef {
    path = List.copyOf(path);
    if (path.isEmpty()) {
      throw new IllegalArgumentException("a path without names");
    }
  }

  /**
   * Reads {@code a.b.c}: the field of just that name, or else field c in b in a. A name in
   * backticks is one name, whatever it contains, as in Spark: {@code `a.b`.c}; a backtick in it is
   * doubled.
   *
   * @throws IllegalArgumentException when the text is invalid; the message says what to change
   */
  public static FieldRef parse(String text) {
    List<String> path = new ArrayList<>();
    int at = 0;
    do {
      int end = at < text.length() && text.charAt(at) == QUOTE ? quoted(text, at) : plain(text, at);
      path.add(name(text.substring(at, end), text));
      at = end + 1;
    } while (at <= text.length());
    boolean plain = text.indexOf(QUOTE) < 0;
    return new FieldRef(path, plain && path.size() > 1 ? Optional.of(text) : Optional.empty());
  }

  /** The entries of a list, separated by commas outside parentheses and backticks. */
  public static List<String> split(String text) {
    List<String> parts = new ArrayList<>();
    int depth = 0;
    boolean quoted = false;
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      quoted ^= c == QUOTE;
      depth += quoted ? 0 : c == '(' ? 1 : c == ')' ? -1 : 0;
      if (c == ',' && depth == 0 && !quoted) {
        parts.add(text.substring(start, i).strip());
        start = i + 1;
      }
    }
    parts.add(text.substring(start).strip());
    return parts;
  }

  /** End of the name that begins here. */
  private static int plain(String text, int from) {
    int dot = text.indexOf('.', from);
    return dot < 0 ? text.length() : dot;
  }

  /** The same with the backticks around it. */
  private static int quoted(String text, int from) {
    int at = from + 1;
    while (true) {
      int end = text.indexOf(QUOTE, at);
      if (end < 0) {
        throw new IllegalArgumentException(
            "must close the backtick that a name begins with, which " + text + " does not");
      }
      if (end + 1 == text.length() || text.charAt(end + 1) == '.') {
        return end + 1;
      }
      if (text.charAt(end + 1) != QUOTE) {
        throw dots(text);
      }
      at = end + 2;
    }
  }

  private static String name(String part, String text) {
    boolean isQuoted = !part.isEmpty() && part.charAt(0) == QUOTE;
    String name = isQuoted ? part.substring(1, part.length() - 1).replace("``", "`") : part;
    if (name.isBlank() || (!isQuoted && part.indexOf(QUOTE) >= 0)) {
      throw dots(text);
    }
    return name;
  }

  private static IllegalArgumentException dots(String text) {
    return new IllegalArgumentException(
        "must name fields with a dot between each two, which " + text + " does not");
  }

  /** The name of the column, if a column is meant; empty for a path into a column. */
  public Optional<String> column() {
    return literal.or(() -> path.size() == 1 ? Optional.of(path.get(0)) : Optional.empty());
  }

  /** The name of the field itself, the default name of a column for it. */
  public String name() {
    return path.get(path.size() - 1);
  }

  /** The text in canonical form, which {@link #parse} reads. */
  @Override
  public String toString() {
    if (literal.isPresent()) {
      return literal.get();
    }
    StringBuilder text = new StringBuilder();
    for (String name : path) {
      boolean plain = path.size() == 1 && !SPECIAL.matcher(name).find();
      text.append(text.isEmpty() ? "" : ".");
      text.append(plain ? name : QUOTE + name.replace("`", "``") + QUOTE);
    }
    return text.toString();
  }
}
