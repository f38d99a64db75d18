package io.tidemark.metrics;

import java.util.List;
import java.util.Locale;

/** The page of all metrics. */
final class MetricReference {

  private static final String HEAD =
      """
      # Metrics

      Generated from the code; do not edit.

      Each task has its own metrics, and needs no configuration for them. [Monitoring](../operating/monitoring.md) has
      the set-up for Prometheus and Grafana, and what to do about each alert.

      | worker | where they go | name |
      |---|---|---|
      | Connect 4.1 or later | to the worker's `metric.reporters`, by default JMX (KIP-877) | group `plugins`, tags `connector` and `task` |
      | Connect 3.7 to 4.0 | to JMX | the same as a newer worker's in JMX |

      Under JMX a metric is an attribute of `kafka.connect:type=plugins,connector=<name>,task=<number>`. Metrics of a windowed
      aggregate or of a table have one tag more: `operator=<name>` or `table=<location>`. JMX quotes a value that has other characters than
      letters, digits, `_`, `-`, `.`, `%` and blanks. For Prometheus the rules in `etc/monitoring` make `tidemark_sink_rows_total` of
      `tidemark-sink-rows-total`.

      * A *counter* only grows. It begins at 0 when the task starts: use its rate.
      * A *gauge* is NaN while it is unknown, never 0. A comparison leaves NaN out: `sum(tidemark_sink_lag_records >= 0)`.
      * Add up counters and gauges over the tasks of a connector. Where the text says that every task shows the same, use the maximum.
      """;

  private MetricReference() {}

  static String render() {
    StringBuilder page = new StringBuilder(HEAD);
    table(page, "Sink tasks", Metric.of(true), Metric.Tag.NONE);
    table(page, "Windowed aggregates", Metric.of(true), Metric.Tag.OPERATOR);
    page.append("\nEach has the tag `operator`, the name of the transformation.\n");
    table(page, "Source tasks", Metric.of(false), Metric.Tag.NONE);
    table(page, "Tables of a source", Metric.of(false), Metric.Tag.TABLE);
    page.append("\nEach has the tag `table`, the location of the table.\n");
    return page.toString();
  }

  private static void table(StringBuilder page, String title, List<Metric> all, Metric.Tag tag) {
    page.append("\n## ").append(title).append("\n\n");
    page.append("| name | kind | unit | meaning | when to worry |\n|---|---|---|---|---|\n");
    for (Metric metric : all) {
      if (metric.tag() == tag) {
        page.append(
            String.format(
                Locale.ROOT,
                "| <a id=\"%s\"></a>`%s` | %s | %s | %s | %s |%n",
                metric.id(),
                metric.id(),
                metric.kind().name().toLowerCase(Locale.ROOT),
                metric.unit(),
                metric.meaning(),
                metric.worry()));
      }
    }
  }
}
