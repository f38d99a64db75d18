package io.tidemark.windows.config;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Lists of fields and expressions, and which of both an item is. */
final class Items {

  /**
   * A field by its name. Outside of backticks it has no blanks, and no characters that an
   * expression is made of, but a hyphen is part of the name.
   */
  static final String FIELD = "(?:`[^`]*`|[^\\s`()'\"\\[\\]+*/%<>=!|,])+";

  private static final Pattern FIELD_ALONE = Pattern.compile(FIELD);
  private static final Pattern NUMBER = Pattern.compile("[0-9]+(?:\\.[0-9]+)?");

  private Items() {}

  /** The items, separated by commas outside of parentheses, brackets, backticks and quotes. */
  static List<String> split(String text) {
    List<String> items = new ArrayList<>();
    int depth = 0;
    int start = 0;
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      switch (c) {
        case '(', '[' -> depth++;
        case ')', ']' -> depth--;
        case '`', '\'', '"' -> at = closing(text, at);
        case ',' -> {
          if (depth == 0) {
            items.add(text.substring(start, at).strip());
            start = at + 1;
          }
        }
        default -> {}
      }
      at++;
    }
    items.add(text.substring(start).strip());
    return items;
  }

  /** Whether an item names a field. */
  static boolean isField(String item) {
    return FIELD_ALONE.matcher(item).matches() && !NUMBER.matcher(item).matches();
  }

  /** Index of the closing quote; the end if there is none. A doubled one opens the next text. */
  private static int closing(String text, int opening) {
    char quote = text.charAt(opening);
    int at = opening + 1;
    while (at < text.length() && text.charAt(at) != quote) {
      at += text.charAt(at) == '\\' && quote != '`' ? 2 : 1;
    }
    return at;
  }
}
