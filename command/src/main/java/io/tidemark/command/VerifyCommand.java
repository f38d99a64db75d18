package io.tidemark.command;

import io.tidemark.checkpoint.log.Batch;
import io.tidemark.command.location.Damage;
import io.tidemark.command.location.LocationScan;
import io.tidemark.command.location.StateScan;
import io.tidemark.command.text.Figures;
import io.tidemark.command.text.TextTable;
import io.tidemark.command.verify.Finding;
import io.tidemark.command.verify.OffsetAudit;
import io.tidemark.command.verify.RowAudit;
import io.tidemark.command.verify.TableTrail;
import io.tidemark.common.TidemarkException;
import io.tidemark.delta.read.DeltaQueryLogs;
import io.tidemark.delta.read.DeltaReadableTables;
import io.tidemark.delta.read.QueryLog;
import io.tidemark.delta.read.ReadableTable;
import io.tidemark.delta.schema.TemporalMode;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Verifies that tables hold every offset once. */
@Command(
    name = "verify",
    description =
        "Checks in the logs of the tables that the offset ranges of successive batches join, for"
            + " every topic-partition. It changes nothing, and may run while the connector runs.",
    mixinStandardHelpOptions = true)
final class VerifyCommand implements Callable<Integer> {

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Mixin private LocationOptions location;

  @Option(
      names = "--from-batch",
      paramLabel = "N",
      defaultValue = "0",
      description = "Check only this batch and later ones.")
  private long fromBatch;

  @Option(
      names = "--rows",
      description =
          "Also read the rows of tables that have _kafka_topic, _kafka_partition and _kafka_offset"
              + " (metadata.columns), and find offsets that are there twice or not at all.")
  private boolean rows;

  @Option(
      names = "--dense",
      description =
          "With --rows: report every offset without a row. Use it only without transactions,"
              + " compacted topics, null values, rejected records and deleted rows.")
  private boolean dense;

  @Override
  public Integer call() throws IOException {
    if (fromBatch < 0) {
      throw new CommandLine.ParameterException(
          spec.commandLine(),
          "Invalid value " + fromBatch + " for --from-batch: must be at least 0.");
    }
    LocationScan scan = LocationScan.of(location.storage());
    PrintWriter out = spec.commandLine().getOut();
    List<Finding> findings = new ArrayList<>();
    List<Damage> damages = new ArrayList<>(scan.damages());
    damages.addAll(new StateScan(scan).listed());
    damages.forEach(
        damage -> findings.add(new Finding(Finding.Kind.DAMAGED, damage.path(), damage.why())));
    List<QueryLog> logs = open(scan, findings);
    List<TableTrail> trails = new ArrayList<>();
    for (QueryLog log : logs) {
      trails.add(TableTrail.read(log, scan.queryId(), fromBatch));
    }
    OffsetAudit audit = new OffsetAudit(trails, scan.plans(), scan.newestCommitted(), newest(scan));
    findings.addAll(audit.run());
    out.println(
        "Checked "
            + Figures.number(audit.batches())
            + " batches in "
            + trails.size()
            + (trails.size() == 1 ? " table, " : " tables, ")
            + audit.ends().size()
            + " topic-partitions.");
    if (rows) {
      for (QueryLog log : logs) {
        rows(log, audit, findings, out);
      }
    }
    print(findings, out);
    boolean bad = findings.stream().anyMatch(finding -> finding.kind().isBad());
    out.println(bad ? "Found errors: see the table above." : "Every offset is accounted for.");
    out.flush();
    return bad ? ExitCode.FINDINGS : ExitCode.FINE;
  }

  private List<QueryLog> open(LocationScan scan, List<Finding> findings) throws IOException {
    List<QueryLog> logs = new ArrayList<>();
    Batch newest = scan.newestPlan().orElse(Batch.NONE);
    for (Map.Entry<String, String> table : newest.tables().entrySet()) {
      try {
        Optional<QueryLog> log = new DeltaQueryLogs(location.fileSystems()).open(table.getKey());
        if (log.isEmpty() || !log.get().tableId().equals(table.getValue())) {
          findings.add(
              new Finding(
                  Finding.Kind.REPLACED,
                  table.getKey(),
                  log.isEmpty()
                      ? "there is no table"
                      : "its id is "
                          + log.get().tableId()
                          + ", but batches went to "
                          + table.getValue()));
        } else {
          logs.add(log.get());
        }
      } catch (TidemarkException e) {
        findings.add(new Finding(Finding.Kind.REPLACED, table.getKey(), e.getMessage()));
      }
    }
    return logs;
  }

  /** The newest batch now, since the connector may have continued. */
  private static long newest(LocationScan scan) throws IOException {
    return Math.max(
        scan.checkpoint().commits().latest().orElse(-1),
        scan.checkpoint().batches().latest().orElse(-1));
  }

  private void rows(QueryLog log, OffsetAudit audit, List<Finding> findings, PrintWriter out)
      throws IOException {
    if (!RowAudit.isPossible(log.columns())) {
      out.println(
          log.location()
              + " has no columns _kafka_topic, _kafka_partition and _kafka_offset: its"
              + " rows cannot be checked.");
      return;
    }
    Optional<ReadableTable> table =
        new DeltaReadableTables(location.fileSystems(), TemporalMode.MICROS).open(log.location());
    if (table.isPresent()) {
      RowAudit rowAudit = new RowAudit(table.get());
      findings.addAll(rowAudit.run(log.newest(), audit, dense));
      out.println("Read " + Figures.number(rowAudit.rows()) + " rows of " + log.location() + ".");
    }
  }

  private static void print(List<Finding> findings, PrintWriter out) {
    TextTable table = new TextTable("what", "where", "");
    for (Finding finding : findings) {
      table.row(finding.kind().name().toLowerCase(Locale.ROOT), finding.where(), finding.what());
    }
    if (!table.isEmpty()) {
      out.println();
      out.print(table);
      out.println();
    }
  }
}
