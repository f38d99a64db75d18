package io.tidemark.command.page;

import io.tidemark.command.inspect.BatchView;
import io.tidemark.command.text.Figures;
import java.util.List;
import java.util.OptionalLong;

/**
 * A description of each batch, in an invisible column of the time line. Browsers show it as a
 * tooltip; {@code page.js} shows it beside the pointer and for the arrow keys.
 */
final class Readout {

  private static final double WIDEST = 24;

  private Readout() {}

  /** A column for each batch. */
  static String of(List<BatchView> batches, TimeScale scale, double from, double to) {
    StringBuilder columns = new StringBuilder();
    double widest = Math.min(WIDEST, Math.max(4, scale.usualWidth()));
    for (int i = 0; i < batches.size(); i++) {
      BatchView batch = batches.get(i);
      double right = scale.x(batch.decidedMs());
      double left =
          i == 0 ? right - 4 : Math.max(scale.x(batches.get(i - 1).decidedMs()), right - widest);
      OptionalLong lagMs = i == 0 ? OptionalLong.empty() : batch.lagMs(batches.get(i - 1));
      columns.append(
          Svg.rect(
              "hover",
              left,
              from,
              Math.max(1, right - left),
              to - from,
              "<title>" + Html.text(words(batch, lagMs)) + "</title>"));
    }
    return columns.toString();
  }

  private static String words(BatchView batch, OptionalLong lagMs) {
    StringBuilder text =
        new StringBuilder("Batch ")
            .append(batch.number())
            .append("\ndecided ")
            .append(Figures.time(batch.decidedMs()))
            .append(
                batch.durationMs().isPresent()
                    ? ", took " + Figures.span(batch.durationMs().getAsLong())
                    : ", not done")
            .append('\n')
            .append(Figures.number(batch.offsets()))
            .append(" offsets");
    if (batch.rows() >= 0) {
      text.append(", ").append(Figures.number(batch.rows())).append(" rows");
    }
    lagMs.ifPresent(lag -> text.append("\nlag ").append(Figures.span(lag)));
    batch
        .watermarkMs()
        .ifPresent(
            watermark ->
                text.append("\nwatermark lag ")
                    .append(Figures.span(Math.max(0, batch.decidedMs() - watermark)))
                    .append(", state ")
                    .append(Figures.bytes(batch.stateBytes())));
    if (batch.rejected() > 0) {
      text.append("\nsegments rejected: ").append(batch.rejected());
    }
    if (!batch.reset().isEmpty()) {
      text.append("\noffsets reset: ").append(batch.reset());
    }
    return text.toString();
  }
}
