package io.tidemark.windows.close;

import io.tidemark.delta.schema.FieldRef;
import io.tidemark.windows.config.Aggregates;
import io.tidemark.windows.config.Aggregation;
import io.tidemark.windows.config.EventTime;
import io.tidemark.windows.config.GroupField;
import io.tidemark.windows.config.WatermarkSpec;
import io.tidemark.windows.config.WindowSpec;
import io.tidemark.windows.fake.MemoryStorage;
import io.tidemark.windows.run.PlainRunStore;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Aggregations over records of {@code at}, as tests want them. */
final class Aggregations {

  private Aggregations() {}

  static Aggregation of(
      WindowSpec window, WatermarkSpec watermark, String groupBy, String aggregates) {
    return of(window, watermark, groupBy, aggregates, Optional.empty());
  }

  static Aggregation of(
      WindowSpec window,
      WatermarkSpec watermark,
      String groupBy,
      String aggregates,
      Optional<String> having) {
    List<GroupField> groups =
        Arrays.stream(groupBy.split(",", -1))
            .filter(name -> !name.isEmpty())
            .map(name -> new GroupField(name, FieldRef.parse(name)))
            .toList();
    return new Aggregation(
        "revenue",
        new EventTime(Optional.of(FieldRef.parse("at")), EventTime.Format.MICROS),
        window,
        "window",
        groups,
        Aggregates.parse(aggregates),
        having,
        watermark,
        "revenue",
        false,
        false,
        0,
        true);
  }

  static Aggregation of(WindowSpec window, String groupBy, String aggregates) {
    return of(
        window,
        new WatermarkSpec(0, WatermarkSpec.Policy.MIN, 1_000, 86_400_000),
        groupBy,
        aggregates);
  }

  static Operator operator(Aggregation aggregation) {
    return new Operator(aggregation, new PlainRunStore(new MemoryStorage(), "state"));
  }
}
