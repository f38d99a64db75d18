package io.tidemark.benchmarks;

import java.util.ArrayList;
import java.util.List;

/** From a topic into a table. */
final class SinkSuite {

  private static final int PARTITIONS = 4;

  private SinkSuite() {}

  static Section run(Arena arena, List<Measurement> figures) {
    OrderTopic topic = arena.orders(PARTITIONS);
    Contest contest = new Contest(arena, Suite.SINK, Contestants.sinks(arena, topic));
    List<Measurement> measurements = contest.run(topic.records());
    figures.addAll(measurements);
    List<String> judgements = judge(arena, contest, topic);
    Section section =
        Sections.of(
            Suite.SINK,
            "From a topic into a table",
            ("%,d schemaless JSON orders of %d bytes on average in %d partitions, from "
                    + "the moment the connector is posted until the last record is visible.")
                .formatted(topic.records(), topic.averageBytes(), topic.partitions()),
            contest,
            measurements,
            List.of(
                "Iceberg's sink commits through a control topic and a coordinator, and "
                    + "its figure has that; ours has the logs of its checkpoint location.",
                "Ours audits each commit and watches its topics, as it does by default. "
                    + "The sink that does nothing and the program by hand do neither.",
                "The program by hand knows the fields of the orders; all others learn them.",
                "All processes share the cores with the broker, which slows the wall "
                    + "clock of those that need them most; CPU-seconds are less affected."));
    return section.with(judgements);
  }

  private static List<String> judge(Arena arena, Contest contest, OrderTopic topic) {
    List<String> lines = new ArrayList<>();
    try (Judge judge = new Judge(arena.directory("sink-judge"))) {
      for (Contestant contestant : contest.contestants()) {
        if (contestant instanceof ConnectorContestant connector
            && connector.kind().table() != null) {
          lines.add(
              contestant.name()
                  + ": "
                  + judge.requireEachOnce(
                      contestant.name(),
                      connector.kind().table().apply(contest.last(contestant)),
                      topic.records())
                  + ".");
        }
      }
    }
    lines.forEach(arena::say);
    return lines;
  }
}
