package io.tidemark.command.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Pieces of a drawing; their CSS classes define how they look. */
final class Svg {

  private Svg() {}

  /** A line with the area below it; it may have gaps. */
  static final class Curve {
    /** Half the width of a curve that has one point. */
    private static final double DOT = 5;

    private final StringBuilder areas = new StringBuilder();
    private final StringBuilder lines = new StringBuilder();
    private final List<double[]> points = new ArrayList<>();
    private final double base;

    Curve(double base) {
      this.base = base;
    }

    void to(double x, double y) {
      points.add(new double[] {x, y});
    }

    /** Goes to a place at the same height. */
    void hold(double x) {
      if (!points.isEmpty()) {
        to(x, points.get(points.size() - 1)[1]);
      }
    }

    /** Ends the line here; the next point begins a new one. */
    void lift() {
      if (points.isEmpty()) {
        return;
      }
      if (points.size() == 1) {
        double[] only = points.get(0);
        points.add(0, new double[] {only[0] - DOT, only[1]});
        to(only[0] + DOT, only[1]);
      }
      StringBuilder line = new StringBuilder();
      for (double[] point : points) {
        line.append(line.isEmpty() ? "M" : "L").append(n(point[0])).append(' ').append(n(point[1]));
      }
      lines.append(line);
      areas
          .append(line)
          .append(
              String.format(
                  Locale.ROOT,
                  "L%s %sL%s %sZ",
                  n(points.get(points.size() - 1)[0]),
                  n(base),
                  n(points.get(0)[0]),
                  n(base)));
      points.clear();
    }

    String draw(String name) {
      lift();
      return lines.isEmpty()
          ? ""
          : String.format(
              Locale.ROOT,
              "<path class=\"%s\" d=\"%s\"/><path class=\"%s-line\" d=\"%s\"/>",
              name,
              areas,
              name,
              lines);
    }
  }

  /** A rectangle, with optional markup in it. */
  static String rect(String name, double x, double y, double width, double height, String content) {
    String start =
        String.format(
            Locale.ROOT,
            "<rect class=\"%s\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\"",
            name,
            n(x),
            n(y),
            n(width),
            n(height));
    return content.isEmpty() ? start + "/>" : start + ">" + content + "</rect>";
  }

  /** A straight line. */
  static String line(String name, double x1, double y1, double x2, double y2) {
    return String.format(
        Locale.ROOT, "<path class=\"%s\" d=\"M%s %sL%s %s\"/>", name, n(x1), n(y1), n(x2), n(y2));
  }

  /** Text. */
  static String label(String name, double x, double y, String anchor, String text) {
    return String.format(
        Locale.ROOT,
        "<text class=\"%s\" x=\"%s\" y=\"%s\" text-anchor=\"%s\">%s</text>",
        name,
        n(x),
        n(y),
        anchor,
        Html.text(text));
  }

  /** A length with one digit after the point at most. */
  static String n(double number) {
    return String.format(Locale.ROOT, "%.1f", number).replaceFirst("\\.0$", "");
  }
}
