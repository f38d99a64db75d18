package io.tidemark.command.inspect;

import io.tidemark.checkpoint.log.Segment;
import io.tidemark.checkpoint.log.SessionState;
import io.tidemark.command.text.Figures;
import io.tidemark.command.text.TextTable;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;

/** An inspection as text for a terminal. */
public final class TextReport {

  private final Inspection inspection;
  private final StringBuilder text = new StringBuilder();

  private TextReport(Inspection inspection) {
    this.inspection = inspection;
  }

  /** The whole report, with a newline at the end. */
  public static String of(Inspection inspection) {
    return new TextReport(inspection).render();
  }

  private String render() {
    text.append("Checkpoint location  ").append(inspection.location()).append('\n');
    text.append("Query id             ").append(inspection.queryId()).append('\n');
    inspection
        .owner()
        .ifPresent(
            owner ->
                text.append("Connector            ")
                    .append(owner.connector())
                    .append(", since ")
                    .append(Figures.time(owner.sinceMs()))
                    .append(" UTC\n"));
    text.append("Read at              ")
        .append(Figures.time(inspection.nowMs()))
        .append(" UTC\n\n");
    text.append(Headline.of(inspection)).append('\n');
    batches();
    partitions();
    tables();
    operators();
    waiting();
    sessions();
    orphans();
    damages();
    return text.toString();
  }

  private void batches() {
    TextTable table =
        new TextTable(
            "-batch",
            "decided (UTC)",
            "-took",
            "-offsets",
            "-rows",
            "watermark (UTC)",
            "-state",
            "versions");
    for (int i = inspection.batches().size() - 1; i >= 0; i--) {
      BatchView batch = inspection.batches().get(i);
      table.row(
          Long.toString(batch.number()),
          Figures.time(batch.decidedMs()),
          batch.durationMs().isPresent()
              ? Figures.span(batch.durationMs().getAsLong())
              : "not done",
          Figures.number(batch.offsets()),
          batch.rows() < 0 ? "-" : Figures.number(batch.rows()),
          time(batch.watermarkMs()),
          batch.operators().isEmpty() ? "-" : Figures.bytes(batch.stateBytes()),
          remark(batch));
    }
    section(
        "Batches, newest first: "
            + inspection.batches().size()
            + " of "
            + inspection.retained()
            + " retained",
        table);
  }

  private static String remark(BatchView batch) {
    String versions =
        batch.versions().entrySet().stream()
            .map(version -> Figures.lastName(version.getKey()) + " " + version.getValue())
            .collect(Collectors.joining(", "));
    String reset = batch.reset().isEmpty() ? "" : "offsets reset: " + batch.reset();
    return versions.isEmpty() || reset.isEmpty() ? versions + reset : versions + "; " + reset;
  }

  private void partitions() {
    boolean asked = !inspection.logEnds().isEmpty();
    TextTable table =
        asked
            ? new TextTable("partition", "-end", "-in Kafka", "-lag")
            : new TextTable("partition", "-end");
    for (var end : inspection.frontier().ends().entrySet()) {
      TopicPartition partition = end.getKey();
      String offset = Figures.number(end.getValue());
      if (asked) {
        OptionalLong lag = inspection.lag(partition);
        table.row(
            partition.toString(),
            offset,
            lag.isEmpty() ? "-" : Figures.number(inspection.logEnds().get(partition)),
            lag.isEmpty() ? "-" : Figures.number(lag.getAsLong()));
      } else {
        table.row(partition.toString(), offset);
      }
    }
    section("Partitions, up to the newest committed batch", table);
  }

  private void tables() {
    TextTable table = new TextTable("table", "-version", "-txn", "id", "");
    for (TableView view : inspection.tables()) {
      table.row(
          view.location(), number(view.version()), number(view.batch()), view.id(), view.remark());
    }
    section("Tables", table);
  }

  private void operators() {
    TextTable table =
        new TextTable(
            "operator", "watermark (UTC)", "-lag", "-runs", "-partials", "-state", "-late");
    inspection
        .operators()
        .forEach(
            (name, state) ->
                table.row(
                    name,
                    time(state.watermarkMs()),
                    state.watermarkMs().isEmpty()
                        ? "-"
                        : Figures.span(
                            Math.max(0, inspection.nowMs() - state.watermarkMs().getAsLong())),
                    Integer.toString(state.runs().size()),
                    Figures.number(state.partials()),
                    Figures.bytes(state.bytes()),
                    Figures.number(state.counts().lateRows())));
    if (!table.isEmpty()) {
      section("Operators, after the newest committed batch", table);
    }
  }

  private void waiting() {
    TextTable table = new TextTable("segment", "sealed (UTC)", "-rows", "ranges");
    for (Segment segment : inspection.waiting()) {
      table.row(
          segment.id().toString(),
          Figures.time(segment.sealedMs()),
          Figures.number(segment.rows()),
          segment.ranges().entrySet().stream()
              .map(range -> range.getKey() + " " + range.getValue())
              .collect(Collectors.joining(", ")));
    }
    section("Segments waiting: " + inspection.waiting().size(), table);
  }

  private void sessions() {
    TextTable table = new TextTable("session", "state", "-accepted", "-waiting");
    for (SessionView session : inspection.sessions()) {
      SessionState state = session.state();
      table.row(
          session.id().toString(),
          state.isFenced() ? "fenced by batch " + state.fencedBy() : "open",
          state.accepted() < 0 ? "none" : "up to " + state.accepted(),
          Integer.toString(session.waiting()));
    }
    section("Sessions: " + inspection.sessions().size(), table);
  }

  private void orphans() {
    List<Orphan> orphans = inspection.orphans();
    TextTable table = new TextTable("file", "-size", "why");
    orphans.forEach(
        orphan -> table.row(orphan.file(), Figures.bytes(orphan.bytes()), orphan.why()));
    section(
        "Orphans: "
            + orphans.size()
            + (orphans.isEmpty()
                ? ""
                : ", " + Figures.bytes(orphans.stream().mapToLong(Orphan::bytes).sum())),
        table);
  }

  private void damages() {
    TextTable table = new TextTable("file", "what is wrong with it");
    inspection.damages().forEach(damage -> table.row(damage.path(), damage.why()));
    section("Damaged files: " + inspection.damages().size(), table);
  }

  /** A heading, and the table unless it is empty. */
  private void section(String heading, TextTable table) {
    text.append('\n').append(heading).append('\n');
    if (!table.isEmpty()) {
      text.append(table);
    }
  }

  private static String time(OptionalLong epochMs) {
    return epochMs.isEmpty() ? "-" : Figures.time(epochMs.getAsLong());
  }

  private static String number(OptionalLong number) {
    return number.isEmpty() ? "-" : Long.toString(number.getAsLong());
  }
}
