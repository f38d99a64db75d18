package io.tidemark.command.page;

import java.util.Locale;

/** Pieces of a drawing; how they look is said by the names of their classes. */
final class Svg {

  private Svg() {}

  /** A line with the area below it. */
  static final class Curve {
    private final StringBuilder points = new StringBuilder();
    private final double base;
    private double first = Double.NaN;
    private double last;

    Curve(double base) {
      this.base = base;
    }

    void to(double x, double y) {
      if (Double.isNaN(first)) {
        first = x;
      }
      last = x;
      points.append(points.isEmpty() ? "M" : "L").append(n(x)).append(' ').append(n(y));
    }

    String draw(String name) {
      return points.isEmpty()
          ? ""
          : "<path class=\"%s\" d=\"%sL%s %sL%s %sZ\"/><path class=\"%s-line\" d=\"%s\"/>"
              .formatted(name, points, n(last), n(base), n(first), n(base), name, points);
    }
  }

  /** A rectangle, with markup in it or none. */
  static String rect(String name, double x, double y, double width, double height, String content) {
    String start =
        "<rect class=\"%s\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\""
            .formatted(name, n(x), n(y), n(width), n(height));
    return content.isEmpty() ? start + "/>" : start + ">" + content + "</rect>";
  }

  /** A straight line. */
  static String line(String name, double x1, double y1, double x2, double y2) {
    return "<path class=\"%s\" d=\"M%s %sL%s %s\"/>".formatted(name, n(x1), n(y1), n(x2), n(y2));
  }

  /** Text. */
  static String label(String name, double x, double y, String anchor, String text) {
    return "<text class=\"%s\" x=\"%s\" y=\"%s\" text-anchor=\"%s\">%s</text>"
        .formatted(name, n(x), n(y), anchor, Html.text(text));
  }

  /** A length with one digit behind the point at most. */
  static String n(double number) {
    return String.format(Locale.ROOT, "%.1f", number).replaceFirst("\\.0$", "");
  }
}
