package io.tidemark.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** From a topic into windows. */
final class WindowsSuite {

  private static final int PARTITIONS = 4;

  private WindowsSuite() {}

  static Section run(Arena arena, List<Measurement> figures) {
    OrderTopic topic = arena.orders(PARTITIONS);
    Contest contest = new Contest(arena, Suite.WINDOWS, Contestants.windows(arena, topic));
    List<Measurement> measurements = contest.run(topic.records());
    figures.addAll(measurements);
    Section section =
        Sections.of(
            Suite.WINDOWS,
            "From a topic into windows",
            ("The same %,d orders over a day of event time: count and sum per product, 1,000 "
                    + "of them, in windows of five minutes.")
                .formatted(topic.records()),
            contest,
            measurements,
            List.of(
                "Kafka Streams sends every order through a repartition topic, because the "
                    + "orders have no key. In an application whose topics are keyed by product it "
                    + "would not.",
                "Kafka Streams writes updates into a topic; ours writes each window once, "
                    + "when it is closed, into a table. With another commit interval or cache "
                    + "there are fewer updates or more.",
                "Ours has ten minutes of watermark delay. Kafka Streams has a day of grace "
                    + "and keeps all windows, because its repartition topic mixes orders of "
                    + "different hours.",
                "Kafka Streams parses three fields by hand; ours goes through a converter "
                    + "that parses all of them."));
    return section.with(judge(arena, contest, topic));
  }

  private static List<String> judge(Arena arena, Contest contest, OrderTopic topic) {
    List<String> lines = new ArrayList<>();
    try (Judge judge = new Judge(arena.directory("windows-judge"))) {
      for (Contestant contestant : contest.contestants()) {
        if (contestant instanceof ConnectorContestant connector) {
          Path table = connector.kind().table().apply(contest.last(contestant));
          lines.add(
              ("%s: Spark finds %,d rows, which have %,d of %,d orders. The others are in "
                      + "windows that were still open, or were late.")
                  .formatted(
                      contestant.name(), judge.rows(table), judge.orders(table), topic.records()));
        }
      }
    }
    lines.forEach(arena::say);
    return lines;
  }
}
