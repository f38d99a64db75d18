package io.tidemark.benchmarks;

import java.util.List;
import java.util.Locale;

/**
 * Horizontal bars as SVG, without any script, in the colours of the reader's light or dark page.
 *
 * @param title above the bars
 * @param unit of the figures
 */
record BarChart(String title, String unit, List<Bar> bars) {

  private static final int WIDTH = 900;
  private static final int LABELS = 360;
  private static final int FIGURES = 170;
  private static final int LINE = 26;
  private static final int HEAD = 52;

  BarChart {
    bars = List.copyOf(bars);
  }

  /** The whole file. */
  String svg() {
    int height = HEAD + bars.size() * LINE + 14;
    double most = bars.stream().mapToDouble(bar -> bar.spread().high()).max().orElse(1);
    double scale = (WIDTH - LABELS - FIGURES) / Math.max(most, 1e-9);
    StringBuilder svg = new StringBuilder();
    svg.append(head(height));
    for (int i = 0; i < bars.size(); i++) {
      svg.append(bar(bars.get(i), HEAD + i * LINE, scale));
    }
    return svg.append("</svg>\n").toString();
  }

  private String head(int height) {
    return """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" role="img" font-family="sans-serif">
          <title>%s</title>
          <style>
            text { fill: #1f2328; font-size: 13px }
            .title { font-size: 15px; font-weight: bold }
            .unit { fill: #59636e }
            .ours { fill: #0969da }
            .other { fill: #8c959f }
            .range { stroke: #1f2328; stroke-width: 1.5 }
            @media (prefers-color-scheme: dark) {
              text { fill: #e6edf3 }
              .unit { fill: #9198a1 }
              .ours { fill: #4493f8 }
              .other { fill: #656c76 }
              .range { stroke: #e6edf3 }
            }
          </style>
          <text class="title" x="8" y="20">%s</text>
          <text class="unit" x="8" y="40">%s</text>
        """
        .formatted(WIDTH, height, escaped(title), escaped(title), escaped(unit));
  }

  private static String bar(Bar bar, int y, double scale) {
    Spread spread = bar.spread();
    int middle = y + LINE / 2;
    return String.format(
        Locale.ROOT,
        """
          <text x="%d" y="%d" text-anchor="end">%s</text>
          <rect class="%s" x="%d" y="%d" width="%.1f" height="%d"/>
          <line class="range" x1="%.1f" y1="%d" x2="%.1f" y2="%d"/>
          <text x="%.1f" y="%d">%s</text>
        """,
        LABELS - 10,
        middle + 4,
        escaped(bar.label()),
        bar.ours() ? "ours" : "other",
        LABELS,
        y + 4,
        spread.median() * scale,
        LINE - 8,
        LABELS + spread.low() * scale,
        middle,
        LABELS + spread.high() * scale,
        middle,
        LABELS + spread.high() * scale + 8,
        middle + 4,
        escaped(spread.text()));
  }

  /** Text as XML has it, in elements and in attributes. */
  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&apos;");
  }
}
