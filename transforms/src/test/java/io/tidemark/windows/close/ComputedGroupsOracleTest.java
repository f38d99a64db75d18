package io.tidemark.windows.close;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.checkpoint.log.OffsetRange;
import io.tidemark.checkpoint.log.Offsets;
import io.tidemark.checkpoint.log.OperatorSegment;
import io.tidemark.checkpoint.log.OperatorState;
import io.tidemark.checkpoint.log.Run;
import io.tidemark.checkpoint.log.Segment;
import io.tidemark.checkpoint.log.SegmentId;
import io.tidemark.checkpoint.log.SessionId;
import io.tidemark.common.TidemarkException;
import io.tidemark.windows.config.WindowedAggregateConfig;
import io.tidemark.windows.fake.MemoryStorage;
import io.tidemark.windows.fake.Records;
import io.tidemark.windows.fold.Fold;
import io.tidemark.windows.function.Occurrence;
import io.tidemark.windows.run.PlainRunStore;
import io.tidemark.windows.run.RunWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;

/**
 * Random records through expressions, windows and the condition over rows, against one that keeps
 * all records and writes the expressions in Java.
 */
class ComputedGroupsOracleTest {

  private static final long SIZE = 100;
  private static final long FROM = -30;

  private static final Schema ORDER =
      SchemaBuilder.struct()
          .field("at", Schema.INT64_SCHEMA)
          .field("country", Schema.OPTIONAL_STRING_SCHEMA)
          .field("price", Schema.OPTIONAL_INT64_SCHEMA)
          .field("quantity", Schema.OPTIONAL_INT64_SCHEMA)
          .build();

  private static final TopicPartition PARTITION = new TopicPartition("orders", 0);

  private final List<String> found = new ArrayList<>();

  private record Order(long at, String country, Long price, Long quantity) {

    Object value(boolean hasSchema) {
      if (hasSchema) {
        return new Struct(ORDER)
            .put("at", at)
            .put("country", country)
            .put("price", price)
            .put("quantity", quantity);
      }
      Map<String, Object> map = new HashMap<>();
      map.put("at", at);
      map.put("country", country);
      map.put("price", price);
      map.put("quantity", quantity);
      return map;
    }

    String group() {
      String lower = country == null ? null : country.toLowerCase(Locale.ROOT);
      Boolean big = price == null ? null : price > 5;
      return window() + " " + lower + " " + big;
    }

    long window() {
      return Math.floorDiv(at - FROM, SIZE) * SIZE + FROM;
    }
  }

  @Property(tries = 100)
  void writesTheRowsOfSingleRecords(@ForAll boolean hasSchema, @ForAll long seed)
      throws IOException {
    found.clear();
    Operator operator =
        new Operator(
            new WindowedAggregateConfig(
                    Map.of(
                        "group.by", "lower(country) AS country, price > 5 AS big",
                        "aggregates", "n=count(*), sum(100 * quantity / (price - 3)) AS t",
                        "having", "n > 1 AND t IS NOT NULL",
                        "event.time.field", "at",
                        "window.size.ms", String.valueOf(SIZE),
                        "window.start.offset.ms", String.valueOf(FROM),
                        "watermark.delay.ms", "0",
                        "watermark.policy", "max"))
                .aggregation("revenue"),
            new PlainRunStore(new MemoryStorage(), "state"));
    Random random = new Random(seed);
    Map<String, List<Order>> groups = new TreeMap<>();
    OperatorState state = OperatorState.initial(operator.definition());
    for (int batch = 0; batch < 5; batch++) {
      List<Order> orders = new ArrayList<>();
      for (int i = random.nextInt(60); i >= 0; i--) {
        orders.add(order(random, batch));
      }
      state = step(operator, state, batch, hasSchema, orders, groups);
    }
    step(operator, state, 5, hasSchema, List.of(new Order(100_000, null, null, null)), groups);
    groups.values().removeIf(orders -> orders.get(0).at() == 100_000);

    List<String> expected = new ArrayList<>();
    groups.forEach(
        (group, orders) -> {
          List<Order> summed =
              orders.stream()
                  .filter(order -> order.price() != null && order.quantity() != null)
                  .toList();
          if (orders.size() > 1 && !summed.isEmpty()) {
            double sum =
                summed.stream()
                    .mapToDouble(order -> 100.0 * order.quantity() / (order.price() - 3))
                    .sum();
            expected.add("%s %d %d".formatted(group, orders.size(), Math.round(sum * 1e6)));
          }
        });
    assertThat(found).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(expected);
  }

  /** Batches do not overlap in time, so that no record is late. */
  private static Order order(Random random, int batch) {
    return new Order(
        batch * 1_000L - 1_000 + random.nextInt(700),
        random.nextInt(6) == 0 ? null : List.of("BE", "be", "De", "DE").get(random.nextInt(4)),
        random.nextInt(6) == 0 ? null : (long) random.nextInt(10),
        random.nextInt(6) == 0 ? null : (long) random.nextInt(5));
  }

  private OperatorState step(
      Operator operator,
      OperatorState state,
      int batch,
      boolean hasSchema,
      List<Order> orders,
      Map<String, List<Order>> groups)
      throws IOException {
    GroupReader reader = new GroupReader(operator.aggregation());
    ShownTypes types = new ShownTypes(operator.aggregation());
    Fold fold = operator.fold();
    Occurrence at = new Occurrence();
    for (Order order : orders) {
      types.forget();
      try {
        reader.read(Records.of(order.value(hasSchema)), types);
      } catch (TidemarkException e) {
        // By what the expression divides; a quantity that is null comes to null before.
        assertThat(e.code()).isEqualTo("TM-409");
        assertThat(order.price()).isEqualTo(3L);
        continue;
      }
      types.keep();
      groups.computeIfAbsent(order.group(), absent -> new ArrayList<>()).add(order);
      at.eventMicros = reader.micros();
      at.offset++;
      fold.add(reader.key().array(), reader.key().length(), reader.arguments(), at);
    }
    List<Run> runs = new ArrayList<>();
    if (!fold.isEmpty()) {
      try (RunWriter writer = operator.runs().create("run" + batch)) {
        runs.add(fold.write(writer));
      }
    }
    long maxMs = orders.stream().mapToLong(Order::at).max().orElseThrow();
    TreeMap<TopicPartition, OffsetRange> ranges = new TreeMap<>(Offsets.ORDER);
    ranges.put(PARTITION, new OffsetRange(batch, batch + 1));
    Segment segment =
        new Segment(
            new SegmentId(new SessionId(0, 1, 0, "00000000"), batch),
            1_000,
            ranges,
            new TreeMap<>(),
            List.of(),
            new TreeMap<>(
                Map.of(
                    operator.name(),
                    new OperatorSegment(
                        operator.definition(),
                        orders.size(),
                        0,
                        maxMs(maxMs),
                        types.texts(),
                        runs))),
            new TreeMap<>(Offsets.ORDER));
    return new OperatorStep(operator, row -> found.add(text(row)))
        .next(state, batch, List.of(segment), List.of(PARTITION), true, () -> "merged" + batch);
  }

  private static SortedMap<TopicPartition, Long> maxMs(long ms) {
    SortedMap<TopicPartition, Long> max = new TreeMap<>(Offsets.ORDER);
    max.put(PARTITION, ms);
    return max;
  }

  private static String text(ResultRow row) {
    assertThat(row.failure()).isEmpty();
    Struct value = row.value();
    return "%d %s %s %d %d"
        .formatted(
            row.startMicros() / 1_000,
            value.get("country"),
            value.get("big"),
            value.getInt64("n"),
            Math.round(value.getFloat64("t") * 1e6));
  }
}
