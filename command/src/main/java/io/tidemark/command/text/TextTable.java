package io.tidemark.command.text;

import java.util.ArrayList;
import java.util.List;

/**
 * Columns of text, as wide as they need to be; a heading that begins with a dash is for numbers.
 */
public final class TextTable {

  private static final String GAP = "  ";

  private final List<String> headings = new ArrayList<>();
  private final List<Boolean> right = new ArrayList<>();
  private final List<List<String>> rows = new ArrayList<>();

  /**
   * @param columns headings; {@code -name} is set flush right
   */
  public TextTable(String... columns) {
    for (String column : columns) {
      boolean number = column.startsWith("-");
      headings.add(number ? column.substring(1) : column);
      right.add(number);
    }
  }

  /** Appends a row of as many cells as there are headings. */
  public void row(String... cells) {
    if (cells.length != headings.size()) {
      throw new IllegalArgumentException(cells.length + " cells");
    }
    rows.add(List.of(cells));
  }

  public boolean isEmpty() {
    return rows.isEmpty();
  }

  /** Lines, each with a newline, headings first. */
  @Override
  public String toString() {
    int[] widths = new int[headings.size()];
    for (int i = 0; i < widths.length; i++) {
      widths[i] = headings.get(i).length();
      for (List<String> row : rows) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    StringBuilder text = new StringBuilder();
    line(text, headings, widths);
    rows.forEach(row -> line(text, row, widths));
    return text.toString();
  }

  private void line(StringBuilder text, List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String padding = " ".repeat(widths[i] - cells.get(i).length());
      line.append(GAP).append(right.get(i) ? padding + cells.get(i) : cells.get(i) + padding);
    }
    text.append(line.toString().stripTrailing()).append('\n');
  }
}
