package io.tidemark.command.page;

import io.tidemark.command.inspect.BatchView;
import io.tidemark.command.inspect.Inspection;
import io.tidemark.command.text.Figures;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.ToDoubleFunction;

/**
 * The batches over time, as panels with a common scale: records, the maximum age of a record when
 * its table got it, the lag of the watermark, and the size of the state.
 */
final class TimeLine {

  private static final double WIDTH = 1080;
  private static final double LEFT = 58;
  private static final double RIGHT = WIDTH - 12;
  private static final double HEAD = 26;
  private static final double GAP = 16;
  private static final double WIDEST_BAR = 24;

  private static final long[] STEPS = {1, 2, 5};
  private static final double[] DELAYS = {
    100, 1_000, 10_000, 60_000, 600_000, 3_600_000, 86_400_000, 864_000_000
  };

  private final Inspection inspection;
  private final List<BatchView> batches;
  private final TimeScale scale;
  private final StringBuilder svg = new StringBuilder();
  private double top = 18;
  private double lastBeyond = Double.NEGATIVE_INFINITY;

  private TimeLine(Inspection inspection) {
    this.inspection = inspection;
    this.batches = inspection.batches();
    this.scale =
        new TimeScale(
            LEFT,
            RIGHT,
            batches.stream().mapToLong(BatchView::decidedMs).toArray(),
            inspection.nowMs());
  }

  /** The drawing; empty without a batch. */
  static String of(Inspection inspection) {
    return inspection.batches().isEmpty() ? "" : new TimeLine(inspection).draw();
  }

  private String draw() {
    boolean windowed = batches.stream().anyMatch(batch -> !batch.operators().isEmpty());
    double bottom = top;
    records(120);
    delay("Lag: maximum age of a record when it became visible", "delay", 84, this::delayMs);
    if (windowed) {
      delay("Watermark lag", "watermark", 70, this::watermarkMs);
      state(56);
    }
    double end = top - GAP;
    StringBuilder frame = new StringBuilder();
    for (TimeScale.Gap gap : scale.gaps()) {
      double from = scale.x(gap.fromMs());
      double to = scale.x(gap.toMs());
      frame.append(Svg.rect("gap", from, bottom - 8, to - from, end - bottom + 8, ""));
      if (gap.folded()) {
        frame.append(Svg.rect("fold", from, bottom - 8, to - from, end - bottom + 8, ""));
      }
    }
    double labelled = 0;
    for (TimeScale.Gap gap : scale.gaps()) {
      boolean last = gap.toMs() == scale.endMs();
      double middle = (scale.x(gap.fromMs()) + scale.x(gap.toMs())) / 2;
      String label =
          Figures.span(gap.lengthMs()) + (last ? " since the last batch" : " without a batch");
      double half = label.length() * 3.2;
      double at = Math.min(Math.max(middle, LEFT + half), RIGHT - half);
      if (at - half > labelled) {
        svg.append(Svg.label("gap-text", at, bottom - 10 + 2, "middle", label));
        labelled = at + half + 8;
      }
    }
    axis(end);
    resets(frame, bottom, end);
    svg.append(Readout.of(batches, scale, bottom, end));
    return String.format(
            Locale.ROOT,
            "<div class=\"line\"><div class=\"scroll\"><svg viewBox=\"0 0 %s %s\" role=\"img\" tabindex=\"0\""
                + " aria-label=\"Batches in time; the arrow keys go from batch to batch\">",
            Svg.n(WIDTH),
            Svg.n(end + 26))
        + "<defs><pattern id=\"fold\" width=\"8\" height=\"8\" patternUnits=\"userSpaceOnUse\""
        + " patternTransform=\"rotate(45)\"><path d=\"M0 0V8\" stroke=\"var(--red)\""
        + " stroke-opacity=\".35\" stroke-width=\"2\"/></pattern></defs>"
        + frame
        + svg
        + "</svg></div></div>\n"
        + Legend.of(inspection, !scale.gaps().isEmpty());
  }

  /** The places where offsets were reset. */
  private void resets(StringBuilder frame, double from, double to) {
    for (BatchView batch : batches) {
      if (!batch.reset().isEmpty()) {
        double x = scale.x(batch.decidedMs());
        frame.append(Svg.line("reset", x, from, x, to));
        svg.append(diamond(x, from));
      }
    }
  }

  /** The mark of a batch that reset offsets. */
  static String diamond(double x, double y) {
    return String.format(
        Locale.ROOT,
        "<path class=\"diamond\" d=\"M%s %sl5 5l-5 5l-5 -5Z\"/>",
        Svg.n(x),
        Svg.n(y - 5));
  }

  private void records(double height) {
    double max = round(top(batches.stream().mapToLong(BatchView::offsets).sorted().toArray()), 10);
    double base = panel("Records per batch", height, Math.max(1, max), Figures.rough((long) max));
    double usual = Math.max(1, scale.width(inspection.intervalMs().orElse(60_000)) * 0.72);
    double before = Double.NEGATIVE_INFINITY;
    for (BatchView batch : batches) {
      double right = scale.x(batch.decidedMs());
      double width = Math.max(1, Math.min(Math.min(usual, WIDEST_BAR), (right - before) * 0.9));
      double x = right - width;
      before = right;
      double tall = Math.max(0.6, Math.min(1.08, batch.offsets() / Math.max(1, max)) * height);
      if (batch.offsets() > max * 1.08) {
        beyond(batch, Math.max(LEFT, x) + width, base - height, width);
      }
      svg.append(
          Svg.rect(
              batch.committedMs().isEmpty() ? "open" : "records",
              Math.max(LEFT, x),
              base - tall,
              width,
              tall,
              ""));
      if (batch.rejected() > 0) {
        svg.append(
            String.format(
                Locale.ROOT,
                "<circle class=\"rejected\" cx=\"%s\" cy=\"%s\" r=\"3.2\"/>",
                Svg.n(Math.max(LEFT, x) + width / 2),
                Svg.n(base - tall - 6)));
      }
    }
  }

  /** The end of the scale: the largest value, unless a few large values would hide the rest. */
  private static double top(long[] sorted) {
    double largest = sorted[sorted.length - 1];
    double usual = sorted[(int) (sorted.length * 0.97)] * 1.25;
    return largest > usual * 2 && usual > 0 ? usual : Math.max(1, largest);
  }

  /** The next round number: 1, 2, or 5 times a power; powers of two for bytes. */
  private static double round(double number, int base) {
    double power = 1;
    while (power * base < number) {
      power *= base;
    }
    for (long step : base == 2 ? new long[] {1} : STEPS) {
      if (power * step >= number) {
        return power * step;
      }
    }
    return power * base;
  }

  /** Labels a bar that is cut off with its value; of overlapping labels only one is drawn. */
  private void beyond(BatchView batch, double right, double y, double width) {
    svg.append(Svg.rect("cut", right - width - 1, y + 3, width + 2, 2.5, ""));
    if (right - lastBeyond > 60) {
      svg.append(Svg.label("", right + 6, y + 6, "start", Figures.rough(batch.offsets())));
      lastBeyond = right;
    }
  }

  /**
   * A duration on a logarithmic scale, so that one picture shows normal operation and an outage.
   */
  private void delay(String name, String look, double height, ToDoubleFunction<Integer> valueMs) {
    double largest = 1;
    double smallest = Double.MAX_VALUE;
    for (int i = 0; i < batches.size(); i++) {
      double value = valueMs.applyAsDouble(i);
      if (value >= 0) {
        largest = Math.max(largest, value);
        smallest = Math.min(smallest, Math.max(100, value));
      }
    }
    if (smallest == Double.MAX_VALUE) {
      return;
    }
    double low = Math.log(DELAYS[0]);
    double high = 0;
    String lowest = Figures.span((long) DELAYS[0]);
    for (double bound : DELAYS) {
      if (bound <= smallest * 0.6) {
        low = Math.log(bound);
        lowest = Figures.span((long) bound);
      }
      if (high == 0 && bound >= largest) {
        high = Math.log(bound);
      }
    }
    high = high == 0 ? Math.log(largest) : high;
    double base = panel(name, height, 0, "");
    svg.append(Svg.label("", LEFT - 8, base + 4, "end", lowest));
    for (double bound : DELAYS) {
      double y = base - (Math.log(bound) - low) / (high - low) * height;
      if (y <= base - 12 && y >= base - height - 1) {
        svg.append(Svg.line("grid", LEFT, y, RIGHT, y));
        svg.append(Svg.label("", LEFT - 8, y + 4, "end", Figures.span((long) bound)));
      }
    }
    Svg.Curve curve = new Svg.Curve(base);
    for (int i = 0; i < batches.size(); i++) {
      double value = valueMs.applyAsDouble(i);
      if (value >= 0) {
        double part = (Math.log(Math.max(value, 100)) - low) / (high - low);
        if (isAfterGap(batches.get(i))) {
          curve.lift();
        }
        curve.to(scale.x(batches.get(i).decidedMs()), base - Math.max(0, part) * height);
      }
    }
    svg.append(curve.draw(look));
  }

  private void state(double height) {
    double max = round(batches.stream().mapToDouble(BatchView::stateBytes).max().orElse(1), 2);
    double base = panel("State of windows", height, max, Figures.bytes((long) max));
    Svg.Curve curve = new Svg.Curve(base);
    for (BatchView batch : batches) {
      if (isAfterGap(batch)) {
        curve.hold(scale.x(batch.decidedMs()));
      }
      curve.to(scale.x(batch.decidedMs()), base - batch.stateBytes() / Math.max(1, max) * height);
    }
    svg.append(curve.draw("state"));
  }

  private boolean isAfterGap(BatchView batch) {
    return scale.gaps().stream().anyMatch(gap -> gap.toMs() == batch.decidedMs());
  }

  private double delayMs(int at) {
    return at == 0 ? -1 : batches.get(at).lagMs(batches.get(at - 1)).orElse(-1);
  }

  private double watermarkMs(int at) {
    BatchView batch = batches.get(at);
    OptionalLong watermark = batch.watermarkMs();
    return watermark.isEmpty() ? -1 : Math.max(0, batch.decidedMs() - watermark.getAsLong());
  }

  /** Begins a panel and returns the position of its baseline. */
  private double panel(String name, double height, double max, String maxLabel) {
    svg.append(Svg.label("name panel", LEFT, top + 14, "start", name));
    double base = top + HEAD + height;
    svg.append(Svg.line("axis", LEFT, base, RIGHT, base));
    if (!maxLabel.isEmpty()) {
      svg.append(Svg.line("grid", LEFT, base - height, RIGHT, base - height));
      svg.append(Svg.line("grid", LEFT, base - height / 2, RIGHT, base - height / 2));
      svg.append(Svg.label("", LEFT - 8, base - height + 4, "end", maxLabel));
      svg.append(Svg.label("", LEFT - 8, base + 4, "end", max > 0 ? "0" : ""));
    }
    top = base + GAP;
    return base;
  }

  private void axis(double y) {
    svg.append(Svg.line("now", RIGHT, y - 4, RIGHT, y + 5));
    svg.append(Svg.label("name", RIGHT + 8, y + 20, "end", "now"));
    long day = Long.MIN_VALUE;
    for (long tick : scale.ticks(84)) {
      double x = scale.x(tick);
      if (x > RIGHT - 56) {
        continue;
      }
      boolean newDay = Math.floorDiv(tick, 86_400_000L) != day;
      day = Math.floorDiv(tick, 86_400_000L);
      String time =
          scale.width(60_000) > 84 ? Figures.time(tick).substring(11) : Figures.minute(tick);
      svg.append(Svg.line("axis", x, y, x, y + 5));
      svg.append(
          Svg.label("", x, y + 20, "middle", newDay ? Figures.day(tick) + " " + time : time));
    }
  }
}
