package io.tidemark.command;

import io.tidemark.command.error.CommandErrors;
import io.tidemark.command.inspect.Headline;
import io.tidemark.command.inspect.Inspection;
import io.tidemark.command.inspect.Inspector;
import io.tidemark.command.inspect.TableFolder;
import io.tidemark.command.inspect.TextReport;
import io.tidemark.command.location.LocationScan;
import io.tidemark.command.page.Page;
import io.tidemark.common.ForwardClock;
import io.tidemark.delta.read.DeltaQueryLogs;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.OffsetSpec;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows a checkpoint location. */
@Command(
    name = "inspect",
    description =
        "Shows batches, partitions, tables, state, waiting segments, sessions and orphans. It"
            + " changes nothing, and may run while the connector runs.",
    mixinStandardHelpOptions = true)
final class InspectCommand implements Callable<Integer> {

  private static final int IN_TEXT = 20;
  private static final int IN_PAGE = 1_000;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Mixin private LocationOptions location;
  @Mixin private KafkaOptions kafka;

  @Option(
      names = "--batches",
      paramLabel = "N",
      description = "How many of the newest batches to show (default: 20, and 1000 with --html).")
  private Integer batches;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "Write a page for a browser instead, as one self-contained file.")
  private Path html;

  @Override
  public Integer call() throws IOException {
    LocationScan scan = LocationScan.of(location.storage());
    int limit = batches != null ? batches : html == null ? IN_TEXT : IN_PAGE;
    if (limit < 1) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "Invalid value " + limit + " for --batches: must be at least 1.");
    }
    Inspection inspection =
        new Inspector(
                scan,
                new DeltaQueryLogs(location.fileSystems()),
                new TableFolder(location.fileSystems()),
                limit)
            .inspect(
                ForwardClock.SYSTEM.nowMs(),
                kafka.offsets(scan.committed().frontier(), OffsetSpec.latest()));
    PrintWriter out = spec.commandLine().getOut();
    if (html == null) {
      out.print(TextReport.of(inspection));
    } else {
      write(Page.of(inspection));
      out.println(Headline.of(inspection));
      out.println("Wrote " + html + ".");
    }
    out.flush();
    return inspection.damages().isEmpty() ? ExitCode.FINE : ExitCode.FINDINGS;
  }

  private void write(String page) {
    try {
      Files.writeString(html, page);
    } catch (IOException e) {
      throw CommandErrors.fileUnusable("--html", html, e);
    }
  }
}
