package io.tidemark.command.page;

import java.util.ArrayList;
import java.util.List;

/** The text of an HTML document; text from outside is escaped. */
final class Html {

  private Html() {}

  /** Escapes text so that it is shown as it is. */
  static String text(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  /** A table; a heading that begins with a dash is for numbers, one with a plus may wrap. */
  static final class Table {
    private final List<String> columns;
    private final StringBuilder rows = new StringBuilder();
    private final List<String> classes = new ArrayList<>();
    private int count;

    Table(String... columns) {
      this.columns = List.of(columns);
      for (String column : columns) {
        classes.add(
            column.startsWith("-")
                ? " class=\"n\""
                : column.startsWith("+")
                    ? " class=\"wrap\""
                    : column.startsWith("|") ? " class=\"bar\"" : "");
      }
    }

    /** Appends a row of cells that are markup already. */
    Table row(String... cells) {
      rows.append("<tr>");
      for (int i = 0; i < cells.length; i++) {
        rows.append("<td").append(classes.get(i)).append('>').append(cells[i]).append("</td>");
      }
      rows.append("</tr>\n");
      count++;
      return this;
    }

    boolean isEmpty() {
      return count == 0;
    }

    @Override
    public String toString() {
      StringBuilder head = new StringBuilder();
      for (int i = 0; i < columns.size(); i++) {
        String name = columns.get(i).replaceFirst("^[-+|]", "");
        head.append("<th").append(classes.get(i)).append('>').append(text(name)).append("</th>");
      }
      return "<div class=\"scroll\"><table><thead><tr>"
          + head
          + "</tr></thead><tbody>\n"
          + rows
          + "</tbody></table></div>\n";
    }
  }
}
