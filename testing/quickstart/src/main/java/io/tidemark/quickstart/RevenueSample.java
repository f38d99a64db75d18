package io.tidemark.quickstart;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/** The first and the last rows of the revenue table, to look at. */
final class RevenueSample {

  private static final String FORMAT = "%-16s  %-5s  %-8s  %13s  %14s";
  private static final int SHOWN_AT_EACH_END = 4;
  private static final DateTimeFormatter START =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("HH:mm").withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter SECOND =
      DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneOffset.UTC);

  private RevenueSample() {}

  static List<String> lines(List<RevenueRow> rows) {
    List<RevenueRow> sorted = rows.stream().sorted(RevenueRow.ORDER).toList();
    List<String> lines = new ArrayList<>();
    lines.add(
        FORMAT.formatted("window start", "end", "product", "total_revenue", "purchase_count"));
    for (int i = 0; i < sorted.size(); i++) {
      if (i == SHOWN_AT_EACH_END && sorted.size() > 2 * SHOWN_AT_EACH_END + 1) {
        i = sorted.size() - SHOWN_AT_EACH_END;
        lines.add("...");
      }
      RevenueRow row = sorted.get(i);
      lines.add(
          FORMAT.formatted(
              START.format(row.start()),
              minute(row.end()),
              row.product(),
              row.totalRevenue(),
              row.purchaseCount()));
    }
    return lines;
  }

  /** Hour and minute in UTC. */
  static String minute(Instant time) {
    return MINUTE.format(time);
  }

  /** Hour, minute and second in UTC. */
  static String second(Instant time) {
    return SECOND.format(time);
  }
}
