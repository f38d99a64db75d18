package io.tidemark.command.page;

import io.tidemark.checkpoint.log.Segment;
import io.tidemark.command.inspect.BatchView;
import io.tidemark.command.inspect.Inspection;
import io.tidemark.command.inspect.Orphan;
import io.tidemark.command.inspect.SessionView;
import io.tidemark.command.inspect.TableView;
import io.tidemark.command.text.Figures;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;

/** The cards of a page, each about one kind of thing. */
final class Cards {

  private final Inspection inspection;
  private final StringBuilder html;

  /**
   * @param html what cards are appended to
   */
  Cards(Inspection inspection, StringBuilder html) {
    this.inspection = inspection;
    this.html = html;
  }

  void partitions() {
    boolean asked = !inspection.logEnds().isEmpty();
    Html.Table table =
        asked
            ? new Html.Table("partition", "-end", "-records here", "|", "-lag", "|")
            : new Html.Table("partition", "-end", "-records here", "|");
    Map<TopicPartition, Long> passed = passed();
    long most = passed.values().stream().mapToLong(Long::longValue).max().orElse(1);
    long worst =
        inspection.logEnds().keySet().stream()
            .mapToLong(partition -> inspection.lag(partition).orElse(0))
            .max()
            .orElse(1);
    inspection
        .frontier()
        .ends()
        .forEach(
            (partition, end) -> {
              long records = passed.getOrDefault(partition, 0L);
              String name = "<span class=\"mono\">" + Html.text(partition.toString()) + "</span>";
              if (asked) {
                long lag = inspection.lag(partition).orElse(0);
                table.row(
                    name,
                    Figures.number(end),
                    Figures.number(records),
                    track("", records, most),
                    Figures.number(lag),
                    track(" lag", lag, worst));
              } else {
                table.row(
                    name, Figures.number(end), Figures.number(records), track("", records, most));
              }
            });
    card("Partitions", "up to the newest committed batch", table.toString());
  }

  private Map<TopicPartition, Long> passed() {
    return inspection.batches().stream()
        .flatMap(batch -> batch.ranges().entrySet().stream())
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                range -> range.getValue().to() - range.getValue().from(),
                Long::sum));
  }

  private static String track(String name, long part, long whole) {
    return String.format(
        Locale.ROOT,
        "<span class=\"track%s\"><i style=\"width:%d%%\"></i></span>",
        name,
        whole == 0 ? 0 : Math.round(100.0 * part / whole));
  }

  void operators() {
    Html.Table table =
        new Html.Table("operator", "-watermark lag", "-runs", "-partials", "-state", "-late");
    inspection
        .operators()
        .forEach(
            (name, state) ->
                table.row(
                    Html.text(name),
                    state.watermarkMs().isEmpty()
                        ? "no watermark"
                        : Figures.span(
                            Math.max(0, inspection.nowMs() - state.watermarkMs().getAsLong())),
                    Integer.toString(state.runs().size()),
                    Figures.number(state.partials()),
                    Figures.bytes(state.bytes()),
                    Figures.number(state.counts().lateRows())));
    if (!table.isEmpty()) {
      card("Windows", "after the newest committed batch", table.toString());
    }
  }

  void tables() {
    Html.Table table = new Html.Table("+table", "-version", "-txn");
    for (TableView view : inspection.tables()) {
      table.row(
          Html.text(view.location())
              + (view.remark().isEmpty()
                  ? ""
                  : " <span class=\"bad\">" + Html.text(view.remark()) + "</span>"),
          view.version().isEmpty() ? "-" : Figures.number(view.version().getAsLong()),
          view.batch().isEmpty() ? "-" : Figures.number(view.batch().getAsLong()));
    }
    card("Tables", "txn is the newest batch that the table has", table.toString());
  }

  void waiting() {
    Html.Table table = new Html.Table("segment", "-rows", "-sealed");
    for (Segment segment : inspection.waiting()) {
      table.row(
          "<span class=\"mono\" title=\""
              + Html.text(
                  segment.ranges().entrySet().stream()
                      .map(range -> range.getKey() + " " + range.getValue())
                      .collect(Collectors.joining("\n")))
              + "\">"
              + segment.id()
              + "</span>",
          Figures.number(segment.rows()),
          Figures.span(Math.max(0, inspection.nowMs() - segment.sealedMs())) + " ago");
    }
    card(
        "Segments waiting",
        "sealed, and not in a batch yet",
        table.isEmpty() ? "<p class=\"muted\">None.</p>" : table.toString());
  }

  void sessions() {
    Html.Table table = new Html.Table("session", "state", "-accepted up to");
    for (SessionView session : inspection.sessions()) {
      table.row(
          "<span class=\"mono\">" + session.id() + "</span>",
          session.state().isFenced()
              ? "<span class=\"muted\">fenced by batch " + session.state().fencedBy() + "</span>"
              : "open",
          session.state().accepted() < 0 ? "none" : Integer.toString(session.state().accepted()));
    }
    card(
        "Sessions",
        inspection.sessions().size() + " registered",
        table.isEmpty() ? "<p class=\"muted\">None.</p>" : table.toString());
  }

  void orphans() {
    Html.Table table = new Html.Table("+file", "-size", "+why");
    for (Orphan orphan : inspection.orphans()) {
      table.row(
          "<span class=\"mono\">" + Html.text(orphan.file()) + "</span>",
          Figures.bytes(orphan.bytes()),
          Html.text(orphan.why()));
    }
    if (!table.isEmpty()) {
      card("Orphans", "the clean-up after a later batch removes them", table.toString());
    }
  }

  void damages() {
    Html.Table table = new Html.Table("+file", "+what is wrong with it");
    inspection
        .damages()
        .forEach(
            damage ->
                table.row(
                    "<span class=\"mono bad\">" + Html.text(damage.path()) + "</span>",
                    Html.text(damage.why())));
    if (!table.isEmpty()) {
      card("Damaged files", "tidemark repair says what can be done", table.toString());
    }
  }

  void batches() {
    Html.Table table =
        new Html.Table("-batch", "decided", "-took", "-offsets", "-rows", "-segments", "versions");
    List<BatchView> batches = inspection.batches();
    for (int i = batches.size() - 1; i >= 0; i--) {
      BatchView batch = batches.get(i);
      table.row(
          Long.toString(batch.number()),
          Figures.time(batch.decidedMs()),
          batch.durationMs().isPresent()
              ? Figures.span(batch.durationMs().getAsLong())
              : "<span class=\"bad\">not done</span>",
          Figures.number(batch.offsets()),
          batch.rows() < 0 ? "-" : Figures.number(batch.rows()),
          batch.accepted() + (batch.rejected() == 0 ? "" : " + " + batch.rejected() + " rejected"),
          Html.text(
              batch.versions().entrySet().stream()
                  .map(version -> Figures.lastName(version.getKey()) + " " + version.getValue())
                  .collect(Collectors.joining(", "))));
    }
    card(
        "Batches",
        "newest first",
        "<details><summary>Show all " + batches.size() + "</summary>" + table + "</details>");
  }

  /** A card with any markup as its content. */
  void card(String name, String remark, String content) {
    html.append("<section class=\"card\"><header><h2>")
        .append(Html.text(name))
        .append("</h2><p>")
        .append(Html.text(remark))
        .append("</p></header>\n")
        .append(content)
        .append("</section>\n");
  }
}
