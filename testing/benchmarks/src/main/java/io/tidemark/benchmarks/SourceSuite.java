package io.tidemark.benchmarks;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** From a table into a topic. */
final class SourceSuite {

  private static final int PARTITIONS = 4;

  private SourceSuite() {}

  static Section run(Arena arena, List<Measurement> figures) {
    OrderTopic topic = arena.orders(PARTITIONS);
    Path table = table(arena, topic);
    Contest contest = new Contest(arena, Suite.SOURCE, Contestants.sources(arena, topic, table));
    List<Measurement> measurements = contest.run(topic.records());
    figures.addAll(measurements);
    return Sections.of(
        Suite.SOURCE,
        "From a table into a topic",
        ("A table of the same %,d orders, which the sink has written, into a topic of %d "
                + "partitions as JSON, until a consumer of committed records has read the last one.")
            .formatted(topic.records(), topic.partitions()),
        contest,
        measurements,
        List.of(
            "Ours writes transactions and is exactly once; Spark writes without them and "
                + "may repeat rows after a failure.",
            "The consumer that counts runs on the same cores. It slows the wall clock of "
                + "all contestants."));
  }

  private static Path table(Arena arena, OrderTopic topic) {
    arena.say("Writing the table that is read");
    ConnectorContestant sink =
        ConnectorContestant.of(
            arena,
            "source-table",
            "",
            ConnectorKind.tidemark(arena),
            arena.local(),
            topic,
            Map.of());
    try (Contestant.Session worker = sink.start("source-table-worker")) {
      return sink.kind().table().apply(worker.run("source-table").place());
    }
  }
}
