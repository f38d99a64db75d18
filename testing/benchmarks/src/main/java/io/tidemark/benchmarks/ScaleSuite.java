package io.tidemark.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** More tasks, and more versions. */
final class ScaleSuite {

  static final int PARTITIONS = 8;

  private static final int RATE = 2000;
  private static final int FIRST_VERSION = 10;
  private static final String COMMITS = "a commit every 100 ms";

  private ScaleSuite() {}

  static List<Section> run(Arena arena, List<Measurement> figures) {
    return List.of(tasks(arena, figures), commits(arena, figures));
  }

  private static Section tasks(Arena arena, List<Measurement> figures) {
    OrderTopic topic = arena.orders(PARTITIONS);
    List<Contestant> contestants =
        arena.options().tasks.stream()
            .map(tasks -> Contestants.tasks(arena, topic, tasks))
            .toList();
    Contest contest = new Contest(arena, Suite.SCALE, contestants);
    List<Measurement> measurements = contest.run(topic.records());
    figures.addAll(measurements);
    return Sections.of(
        Suite.SCALE,
        "More tasks",
        "%,d orders in %d partitions, one worker.".formatted(topic.records(), PARTITIONS),
        contest,
        measurements,
        List.of(
            "All tasks share one worker and the cores of this machine with the broker. "
                + "More tasks than cores cannot show more records a second."));
  }

  /** What a version costs while the table grows. */
  private static Section commits(Arena arena, List<Measurement> figures) {
    List<List<String>> rows = new ArrayList<>();
    List<Bar> bars = new ArrayList<>();
    for (Commits span : spans(arena)) {
      Measurement figure =
          new Measurement(
              Suite.SCALE,
              COMMITS,
              "versions %d to %d".formatted(span.from(), span.to()),
              1,
              span.records(),
              span.usage(),
              "");
      figures.add(figure);
      Spread spread = Spread.of(List.of(span.milliseconds()));
      rows.add(List.of(figure.phase(), spread.text(), Long.toString(span.records())));
      bars.add(new Bar(figure.phase(), spread, true));
    }
    String title = "What a version costs";
    return new Section(
        "commits",
        title,
        ("commit.interval.ms=100 while %,d orders a second arrive, one task: "
                + "CPU-milliseconds of the whole worker per version, with its orders.")
            .formatted(RATE),
        List.of("versions", "CPU-milliseconds per version", "records"),
        rows,
        new BarChart(title, "CPU-milliseconds per version, less is better", bars),
        List.of(),
        List.of(
            "The first versions are those of a cold worker, so later ones can cost less "
                + "although the table is longer."));
  }

  /**
   * What the worker used between two versions.
   *
   * @param records that came meanwhile
   */
  private record Commits(long from, long to, long records, Usage usage) {

    double milliseconds() {
      return usage.cpuSeconds() * 1000 / (to - from);
    }
  }

  private static List<Commits> spans(Arena arena) {
    String run = "scale-commits";
    OrderTopic empty = new OrderTopic(run, 1, 0, 0);
    arena.topics().create(run, 1);
    ConnectorContestant sink =
        ConnectorContestant.of(
            arena,
            run,
            "",
            ConnectorKind.tidemark(arena),
            arena.local(),
            empty,
            Map.of("commit.interval.ms", "100"));
    List<Commits> spans = new ArrayList<>();
    try (ConnectorSession worker = sink.start(run + "-worker");
        SteadyLoad load = SteadyLoad.start(arena.bootstrapServers(), run, 1, RATE)) {
      Place place = worker.prepare(run);
      DeltaRows table = new DeltaRows(sink.kind().table().apply(place));
      worker.post(place);
      long from = reach(worker, place, table, FIRST_VERSION);
      for (int version : arena.options().versions) {
        long before = table.records();
        ProcessMeter meter = worker.meter();
        long to = reach(worker, place, table, version);
        spans.add(new Commits(from, to, table.records() - before, meter.usage()));
        arena.say("scale    %d versions".formatted(to));
        from = to;
      }
      load.requireAlive();
      worker.end(place);
    } catch (IOException e) {
      throw BenchmarkErrors.fileFailed("read the table of", arena.directory(run), e);
    }
    return spans;
  }

  private static long reach(ConnectorSession worker, Place place, DeltaRows table, long version) {
    worker.await(
        place,
        "has committed %d versions".formatted(version),
        () -> {
          table.records();
          return table.versions() >= version;
        });
    return table.versions();
  }
}
