package io.tidemark.benchmarks;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Sections as Markdown.
 *
 * @param machine lines on where and when it was measured
 * @param chart where the chart of a section is, as its link says it
 */
record MarkdownPage(List<String> machine, List<Section> sections, Function<Section, String> chart) {

  private static final int WIDTH = 120;

  /** All sections, with headings of the second level. */
  String text() {
    StringBuilder page = new StringBuilder();
    page.append(list(machine)).append('\n');
    for (Section section : sections) {
      page.append("## ").append(section.title()).append("\n\n");
      page.append(wrapped(section.text(), "")).append('\n');
      page.append(table(section.header(), section.rows())).append('\n');
      page.append("![%s](%s)%n".formatted(section.chart().title(), chart.apply(section)));
      page.append('\n');
      if (!section.notes().isEmpty()) {
        page.append(list(section.notes())).append('\n');
      }
      if (!section.unfair().isEmpty()) {
        page.append("What is unfair to whom:\n\n");
        page.append(list(section.unfair())).append('\n');
      }
    }
    return page.toString();
  }

  /** A table; bars in cells are escaped. */
  static String table(List<String> header, List<List<String>> rows) {
    StringBuilder table = new StringBuilder(row(header));
    table.append("|").append("---|".repeat(header.size())).append('\n');
    rows.forEach(row -> table.append(row(row)));
    return table.toString();
  }

  private static String row(List<String> cells) {
    return cells.stream()
        .map(cell -> " " + cell.replace("|", "\\|") + " ")
        .collect(Collectors.joining("|", "|", "|\n"));
  }

  private static String list(List<String> lines) {
    return lines.stream().map(line -> wrapped(line, "* ")).collect(Collectors.joining());
  }

  /** Lines of a length that a person can read in the file. */
  private static String wrapped(String text, String bullet) {
    StringBuilder lines = new StringBuilder();
    StringBuilder line = new StringBuilder(bullet);
    String indent = " ".repeat(bullet.length());
    boolean first = true;
    for (String word : text.split(" ", -1)) {
      if (!first && line.length() + 1 + word.length() > WIDTH) {
        lines.append(line).append('\n');
        line.setLength(0);
        line.append(indent);
        first = true;
      }
      line.append(first ? "" : " ").append(word);
      first = false;
    }
    return lines.append(line).append('\n').toString();
  }
}
