package io.tidemark.command.page;

import io.tidemark.checkpoint.log.OperatorState;
import io.tidemark.command.inspect.BatchView;
import io.tidemark.command.inspect.Headline;
import io.tidemark.command.inspect.Inspection;
import io.tidemark.command.inspect.Orphan;
import io.tidemark.command.text.Figures;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;

/** The page: head, figures, time line, and a card for each kind of thing. */
public final class Page {

  private static final int LATE_INTERVALS = 5;
  private static final String NOT_BEGUN =
      "<p class=\"muted\">It starts with the first batch, one commit.interval.ms after the tasks have"
          + " read their first records. If no batch comes, see the workers' log.</p>\n";

  private final Inspection inspection;
  private final StringBuilder html = new StringBuilder();

  private Page(Inspection inspection) {
    this.inspection = inspection;
  }

  /** The whole document. */
  public static String of(Inspection inspection) {
    return new Page(inspection).render();
  }

  private String render() {
    html.append("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
        .append("<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">")
        .append("<title>")
        .append(Html.text(Figures.lastName(inspection.location())))
        .append(" · Tidemark</title>\n<style>\n")
        .append(resource("page.css"))
        .append("</style></head>\n<body><main>\n");
    head();
    tiles();
    Cards cards = new Cards(inspection, html);
    boolean begun = !inspection.batches().isEmpty();
    cards.card(
        "Time line",
        begun
            ? inspection.batches().size()
                + " batches of "
                + inspection.retained()
                + " retained · UTC · point at a batch for its figures"
            : "",
        begun ? TimeLine.of(inspection) : NOT_BEGUN);
    if (begun) {
      cards.partitions();
    }
    html.append("<div class=\"columns\">\n");
    if (begun) {
      cards.operators();
      cards.tables();
    }
    cards.waiting();
    cards.sessions();
    html.append("</div>\n");
    cards.orphans();
    cards.damages();
    if (begun) {
      cards.batches();
    }
    html.append("<footer>Written by <code>tidemark inspect --html</code> at ")
        .append(Figures.time(inspection.nowMs()))
        .append(" UTC.</footer>\n</main><script>\n")
        .append(resource("page.js"))
        .append("</script></body></html>\n");
    return html.toString();
  }

  private void head() {
    html.append("<p class=\"kicker\">Checkpoint location</p><h1>")
        .append(Html.text(Figures.lastName(inspection.location())))
        .append("</h1><p class=\"kicker where\"><code>")
        .append(Html.text(inspection.location()))
        .append("</code> · query <code>")
        .append(Html.text(inspection.queryId()))
        .append("</code> · read at ")
        .append(Figures.time(inspection.nowMs()))
        .append(" UTC</p>\n<div class=\"status\"><span class=\"dot")
        .append(inspection.damages().isEmpty() ? isLate() ? " late" : "" : " bad")
        .append("\"></span><span>")
        .append(Html.text(Headline.of(inspection)))
        .append("</span></div>\n");
  }

  private boolean isLate() {
    OptionalLong interval = inspection.intervalMs();
    return inspection.planned().isPresent()
        || interval.isEmpty()
        || inspection
            .committed()
            .map(
                batch ->
                    inspection.nowMs() - batch.committedMs().orElse(0)
                        > interval.getAsLong() * LATE_INTERVALS)
            .orElse(true);
  }

  private void tiles() {
    html.append("<div class=\"tiles\">\n");
    tile("Newest batch", inspection.committed().map(b -> "" + b.number()).orElse("none"), false);
    if (!inspection.batches().isEmpty()) {
      tile(
          "Records in " + Figures.number(inspection.batches().size()) + " batches",
          Figures.rough(inspection.batches().stream().mapToLong(BatchView::offsets).sum()),
          false);
    }
    inspection.lag().ifPresent(lag -> tile("Lag in Kafka", Figures.rough(lag), false));
    inspection
        .committed()
        .flatMap(batch -> batch.watermarkMs().stream().boxed().findFirst())
        .ifPresent(
            watermark ->
                tile(
                    "Watermark lag",
                    Figures.span(Math.max(0, inspection.nowMs() - watermark)),
                    false));
    if (!inspection.operators().isEmpty()) {
      tile(
          "State of windows",
          Figures.bytes(
              inspection.operators().values().stream().mapToLong(OperatorState::bytes).sum()),
          false);
    }
    tile("Segments waiting", Figures.number(inspection.waiting().size()), false);
    tile(
        "Orphans",
        inspection.orphans().isEmpty()
            ? "none"
            : Figures.bytes(inspection.orphans().stream().mapToLong(Orphan::bytes).sum()),
        false);
    if (!inspection.damages().isEmpty()) {
      tile("Damaged files", Figures.number(inspection.damages().size()), true);
    }
    html.append("</div>\n");
  }

  private void tile(String name, String figure, boolean bad) {
    html.append("<div class=\"tile")
        .append(bad ? " bad" : "")
        .append("\"><span>")
        .append(Html.text(name))
        .append("</span><b>")
        .append(Html.text(figure))
        .append("</b></div>\n");
  }

  private static String resource(String name) {
    try (InputStream in = Page.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
