package io.tidemark.command.page;

import io.tidemark.command.inspect.BatchView;
import io.tidemark.command.inspect.Inspection;
import io.tidemark.command.text.Figures;
import java.util.List;

/** The meaning of the marks in the time line, and each reset in words. */
final class Legend {

  /** The number of resets to list; further resets are only counted. */
  private static final int NAMED = 4;

  private Legend() {}

  /** The list; empty when there are no marks. */
  static String of(Inspection inspection, boolean gaps) {
    StringBuilder items = new StringBuilder();
    if (gaps) {
      item(
          items,
          "<rect class=\"gap key\" x=\"1\" y=\"1\" width=\"12\" height=\"12\"/>",
          "no batch");
    }
    if (inspection.batches().stream().anyMatch(batch -> batch.rejected() > 0)) {
      item(
          items,
          "<circle class=\"rejected\" cx=\"7\" cy=\"7\" r=\"3.2\"/>",
          "segments rejected: a zombie had sealed them, and their records were read again");
    }
    if (inspection.planned().isPresent()) {
      item(
          items,
          "<rect class=\"open\" x=\"3\" y=\"1\" width=\"8\" height=\"12\"/>",
          "planned and not done");
    }
    List<BatchView> resetting =
        inspection.batches().stream().filter(batch -> !batch.reset().isEmpty()).toList();
    for (BatchView batch :
        resetting.subList(Math.max(0, resetting.size() - NAMED), resetting.size())) {
      item(
          items,
          TimeLine.diamond(7, 7),
          "batch "
              + batch.number()
              + " reset offsets at "
              + Figures.time(batch.decidedMs())
              + ": "
              + batch.reset());
    }
    if (resetting.size() > NAMED) {
      item(items, TimeLine.diamond(7, 7), resetting.size() - NAMED + " earlier resets");
    }
    return items.isEmpty() ? "" : "<ul class=\"legend\">" + items + "</ul>\n";
  }

  private static void item(StringBuilder items, String mark, String text) {
    items
        .append("<li><svg viewBox=\"0 0 14 14\" aria-hidden=\"true\">")
        .append(mark)
        .append("</svg><span>")
        .append(Html.text(text))
        .append("</span></li>");
  }
}
