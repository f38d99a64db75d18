package io.tidemark.benchmarks;

import io.tidemark.common.TidemarkException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.common.utils.AppInfoParser;
import picocli.CommandLine.ParameterException;

/** The command line: suites one after the other, their tables, and an exit code. */
public final class Benchmarks {

  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd-HHmmss", Locale.ROOT);

  private final Setup setup;
  private final PrintStream out;
  private final List<Measurement> figures = new ArrayList<>();

  private Benchmarks(Setup setup, PrintStream out) {
    this.setup = setup;
    this.out = out;
  }

  /** Expects the properties {@code tidemark.root} and {@code tidemark.plugin.zip}. */
  public static void main(String[] arguments) {
    try {
      Options options = Options.parse(arguments);
      Path root = Path.of(System.getProperty("tidemark.root"));
      Path target = root.resolve("testing/benchmarks/target");
      ZonedDateTime now = ZonedDateTime.now(ZoneOffset.UTC);
      Path directory =
          options.directory == null
              ? target.resolve("benchmarks").resolve(DATE.format(now))
              : options.directory;
      Setup setup =
          new Setup(
              root,
              Path.of(System.getProperty("tidemark.plugin.zip")),
              directory,
              target.resolve("peers"),
              options);
      new Benchmarks(setup, System.out).run(now);
      System.exit(0);
    } catch (TidemarkException | ParameterException e) {
      System.out.println();
      System.out.println(e.getMessage());
      System.exit(1);
    }
  }

  private void run(ZonedDateTime now) {
    setup.requireEmpty();
    List<String> machine = new ArrayList<>();
    machine.add(Machine.here().text());
    machine.add(
        "Tidemark %s, Kafka %s, measured on %s (UTC); a load of %s before the run."
            .formatted(
                setup.version(), AppInfoParser.getVersion(), now.toLocalDate(), Machine.load()));
    machine.add(
        "Heap %s per process. %s"
            .formatted(setup.options().heap, repetition(setup.options().repeat)));
    machine.forEach(out::println);
    List<Section> sections = new ArrayList<>();
    try (Arena arena = Arena.open(setup, out)) {
      for (Suite suite : setup.options().suites()) {
        sections.addAll(sections(suite, arena));
        // So that what has been measured is there, whatever happens to the next suite.
        new Report(machine, sections, figures).write(setup.directory());
      }
    }
    Report report = new Report(machine, sections, figures);
    if (setup.options().publish) {
      report.publish(setup.root().resolve("docs"));
    }
    out.println();
    out.println(report.markdown());
    out.println("Results, figures and charts are in " + setup.directory());
  }

  private static String repetition(int rounds) {
    return rounds == 1
        ? "Each figure is of one fresh process."
        : """
          The contestants ran in turns, %d rounds. A figure is the median of fresh processes, with \
          the smallest and the largest."""
            .formatted(rounds);
  }

  private List<Section> sections(Suite suite, Arena arena) {
    return switch (suite) {
      case SINK -> List.of(SinkSuite.run(arena, figures));
      case SOURCE -> List.of(SourceSuite.run(arena, figures));
      case WINDOWS -> List.of(WindowsSuite.run(arena, figures));
      case SCALE -> ScaleSuite.run(arena, figures);
      case LATENCY -> List.of(LatencySuite.run(arena, figures));
    };
  }
}
