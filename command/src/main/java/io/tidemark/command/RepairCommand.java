package io.tidemark.command;

import io.tidemark.checkpoint.log.Batch;
import io.tidemark.command.location.LocationScan;
import io.tidemark.command.repair.Remedies;
import io.tidemark.command.repair.Remedy;
import io.tidemark.command.repair.Repair;
import io.tidemark.command.reset.Reset;
import io.tidemark.command.text.Figures;
import io.tidemark.command.text.TextTable;
import io.tidemark.common.ForwardClock;
import io.tidemark.delta.read.DeltaQueryLogs;
import io.tidemark.sink.batch.OffsetReset;
import io.tidemark.sink.recovery.OffsetRequests;
import io.tidemark.storage.MaintainedStorage;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Repairs damaged files. */
@Command(
    name = "repair",
    description = {
      "Says what depends on each damaged file and what can be done about it; with --execute, does"
          + " it. Damaged files are moved to damaged/ in the location, never deleted; offsets/ and"
          + " commits/ are written again from plans. If open windows need a file that nothing can"
          + " replace, the connector returns to a batch that does not need it, provided that no row"
          + " is then written twice; otherwise the command says what you can do.",
      "Stop the connector first (PUT /connectors/<name>/stop)."
    },
    mixinStandardHelpOptions = true)
final class RepairCommand implements Callable<Integer> {

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Mixin private LocationOptions location;
  @Mixin private ExecuteOptions options;

  @Override
  public Integer call() throws IOException {
    MaintainedStorage storage = location.storage();
    LocationScan scan = LocationScan.of(storage);
    Remedies found = new Remedies(scan, new DeltaQueryLogs(location.fileSystems()));
    List<Remedy> remedies = found.find();
    PrintWriter out = spec.commandLine().getOut();
    if (remedies.isEmpty()) {
      out.println("No file is damaged.");
      return ExitCode.FINE;
    }
    TextTable table = new TextTable("file", "what is wrong with it", "remedy", "why");
    remedies.forEach(
        remedy ->
            table.row(
                remedy.file().path(), remedy.file().why(), remedy.act().words(), remedy.why()));
    out.print(table);
    out.println();
    if (!options.execute()) {
      out.println("Nothing was changed. Run it again with --execute to do this.");
      out.flush();
      return ExitCode.FINDINGS;
    }
    long nowMs = ForwardClock.SYSTEM.nowMs();
    options.requireQuiet(storage, nowMs);
    Repair repair =
        new Repair(storage, Figures.time(nowMs).replaceAll("[-:]", "").replace(' ', '-'));
    for (Remedy remedy : remedies) {
      if (repair.carryOut(remedy)) {
        out.println("Moved " + remedy.file().path() + " to " + repair.target(remedy) + ".");
      }
    }
    if (found.returnsTo().isPresent()) {
      long batch = found.returnsTo().getAsLong();
      OffsetReset back =
          new OffsetRequests(scan.checkpoint())
              .returnTo(UUID.randomUUID().toString(), "tidemark repair", batch);
      Batch done = new Reset(scan.checkpoint(), back).carryOut(location.fileSystems());
      out.println("Returned to batch " + batch + " by batch " + done.number() + ".");
    }
    boolean left = remedies.stream().anyMatch(remedy -> remedy.act() == Remedy.Act.LEAVE);
    out.println(
        left ? "Some files were left: the table above says why, and what to do." : "All done.");
    out.flush();
    return left ? ExitCode.FINDINGS : ExitCode.FINE;
  }
}
