package io.tidemark.benchmarks;

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
    return Sections.of(
        Suite.WINDOWS,
        "From a topic into windows",
        "The same %,d orders over a day of event time: count and sum per product, 1,000 of them, in windows of five minutes with ten minutes of watermark delay or grace."
            .formatted(topic.records()),
        contest,
        measurements,
        List.of(
            "Kafka Streams sends every order through a repartition topic, because the orders have no key. In an application whose topics are keyed by product it would not.",
            "Kafka Streams writes updates into a topic; ours writes each window once, when it is closed, into a table. With another commit interval or cache there are fewer updates or more.",
            "Kafka Streams parses three fields by hand; ours goes through a converter that parses all of them."));
  }
}
