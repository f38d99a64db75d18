package io.tidemark.windows.close;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.checkpoint.log.LiveRun;
import io.tidemark.checkpoint.log.OffsetRange;
import io.tidemark.checkpoint.log.Offsets;
import io.tidemark.checkpoint.log.OperatorSegment;
import io.tidemark.checkpoint.log.OperatorState;
import io.tidemark.checkpoint.log.Run;
import io.tidemark.checkpoint.log.Segment;
import io.tidemark.checkpoint.log.SegmentId;
import io.tidemark.checkpoint.log.SessionId;
import io.tidemark.windows.bytes.ByteWriter;
import io.tidemark.windows.config.Aggregation;
import io.tidemark.windows.config.Input;
import io.tidemark.windows.config.WindowSpec;
import io.tidemark.windows.fold.Fold;
import io.tidemark.windows.fold.GroupKey;
import io.tidemark.windows.function.Occurrence;
import io.tidemark.windows.run.RunWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.data.Struct;

/**
 * Random records in random order, folded into random runs of random segments, closed at whatever
 * watermarks come of it and merged in between, against one that keeps all records and computes each
 * window from them.
 */
class OperatorOracleTest {

  private static final String AGGREGATES =
      "n=count(*), seen=count(v), s=sum(v), lo=min(v), hi=max(v), f=first(v), l=last(v),"
          + " d=approx_count_distinct(v), c=collect_set(v)";
  private static final int PARTITIONS = 3;

  private record Event(
      long micros, int partition, long offset, String group, Long value, long gap) {}

  private enum Windows {
    TUMBLING,
    HOPPING,
    OVERLAPPING,
    TUMBLING_FROM,
    HOPPING_FROM,
    OVERLAPPING_FROM,
    SESSION,
    SESSION_OF_RECORDS;

    private WindowSpec spec() {
      return switch (this) {
        case TUMBLING -> WindowSpec.tumbling(10_000);
        case HOPPING -> WindowSpec.hopping(12_000, 5_000);
        case OVERLAPPING -> WindowSpec.hopping(12_000, 3_000);
        case TUMBLING_FROM -> WindowSpec.tumbling(10_000).startingAt(3_000);
        case HOPPING_FROM -> WindowSpec.hopping(12_000, 5_000).startingAt(4_000);
        case OVERLAPPING_FROM -> WindowSpec.hopping(12_000, 3_000).startingAt(-1_000);
        case SESSION -> WindowSpec.session(4_000);
        case SESSION_OF_RECORDS -> WindowSpec.session(Input.parse("gap"));
      };
    }
  }

  private final List<String> found = new ArrayList<>();
  private final List<String> expected = new ArrayList<>();
  private Operator operator;
  private OperatorState state;
  private long expectedLate;
  private long foundLate;
  private long foundClosed;
  private int names;

  /** Open windows of the oracle; a session is one, too. */
  private final List<Window> open = new ArrayList<>();

  private static final class Window {
    private final String group;
    private long start;
    private long end;
    private final List<Event> events = new ArrayList<>();

    private Window(String group, long start, long end) {
      this.group = group;
      this.start = start;
      this.end = end;
    }
  }

  @Property(tries = 300)
  void writesTheRowsOfSingleRecords(@ForAll Windows windows, @ForAll long seed) throws IOException {
    Random random = new Random(seed);
    Aggregation aggregation = Aggregations.of(windows.spec(), "g", AGGREGATES);
    operator = Aggregations.operator(aggregation);
    state = OperatorState.initial(operator.definition());
    found.clear();
    expected.clear();
    open.clear();
    expectedLate = 0;
    foundLate = 0;
    foundClosed = 0;
    long[] offsets = new long[PARTITIONS];
    long base = random.nextInt(200_000) - 100_000L;
    boolean isWhole = random.nextBoolean();
    for (int batch = 0; batch < 12; batch++) {
      OptionalLong closed = state.watermarkMs();
      List<Segment> segments = new ArrayList<>();
      for (int task = 0; task < 2; task++) {
        List<List<Event>> runs = new ArrayList<>();
        for (int run = random.nextInt(3); run >= 0; run--) {
          runs.add(new ArrayList<>());
        }
        for (int i = random.nextInt(30); i > 0; i--) {
          base += random.nextInt(600);
          int partition = task == 0 ? 0 : 1 + random.nextInt(PARTITIONS - 1);
          long time = base - (long) (Math.abs(random.nextGaussian()) * 8_000);
          // Whole milliseconds fall on the bounds of windows, gaps and watermarks.
          time = isWhole ? Math.floorDiv(time, 1_000L) * 1_000 : time;
          Event event =
              new Event(
                  time,
                  partition,
                  offsets[partition]++,
                  random.nextInt(5) == 0 ? null : "g" + random.nextInt(3),
                  random.nextInt(4) == 0 ? null : (long) random.nextInt(20),
                  500L * (1 + random.nextInt(random.nextInt(5) == 0 ? 60 : 10)));
          runs.get(random.nextInt(runs.size())).add(event);
        }
        if (runs.stream().anyMatch(events -> !events.isEmpty())) {
          segments.add(segment(task, batch, runs));
          expect(runs, micros(closed));
        }
      }
      step(batch, segments);
      closeExpected(micros(state.watermarkMs()));
      if (random.nextInt(3) == 0) {
        compact(random, batch);
      }
    }
    // Far after everything, so that all windows end.
    List<List<Event>> last = List.of(new ArrayList<>());
    for (int partition = 0; partition < PARTITIONS; partition++) {
      last.get(0).add(new Event(base + 1_000_000, partition, offsets[partition], "end", 1L, 4_000));
    }
    expect(last, micros(state.watermarkMs()));
    step(12, List.of(segment(0, 12, last)));
    closeExpected(micros(state.watermarkMs()));

    assertThat(found).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(foundLate).isEqualTo(expectedLate);
    assertThat(foundClosed).isEqualTo(expected.size());
    // Of what was closed nothing stays: the last record's windows are all there is.
    assertThat(state.runs()).hasSize(1);
  }

  private static long micros(OptionalLong ms) {
    return ms.isEmpty() ? Long.MIN_VALUE : ms.getAsLong() * 1000;
  }

  private Segment segment(int task, int number, List<List<Event>> runs) throws IOException {
    SegmentId id = new SegmentId(new SessionId(task, 1, 0, "0000000" + task), number);
    TreeMap<TopicPartition, OffsetRange> ranges = new TreeMap<>(Offsets.ORDER);
    TreeMap<TopicPartition, Long> maxMs = new TreeMap<>(Offsets.ORDER);
    List<Run> written = new ArrayList<>();
    Fold fold = operator.fold();
    ByteWriter key = new ByteWriter(16);
    Occurrence at = new Occurrence();
    long rows = 0;
    for (List<Event> events : runs) {
      for (Event event : events) {
        TopicPartition partition = new TopicPartition("orders", event.partition());
        ranges.merge(
            partition,
            new OffsetRange(event.offset(), event.offset() + 1),
            (a, b) -> new OffsetRange(Math.min(a.from(), b.from()), Math.max(a.to(), b.to())));
        maxMs.merge(partition, Math.floorDiv(event.micros(), 1000L), Math::max);
        key.truncate(0);
        GroupKey.write(event.group(), key);
        at.eventMicros = event.micros();
        at.offset = event.offset();
        at.partition = event.partition();
        at.gapMicros = event.gap();
        Long v = event.value();
        fold.add(key.array(), key.length(), new Object[] {true, v, v, v, v, v, v, v, v}, at);
        rows++;
      }
      if (!fold.isEmpty()) {
        try (RunWriter writer = operator.runs().create("run" + names++)) {
          written.add(fold.write(writer));
        }
        fold.clear();
      }
    }
    OperatorSegment part =
        new OperatorSegment(
            operator.definition(),
            rows,
            0,
            maxMs,
            new TreeMap<>(Map.of("g", "string", "v", "long")),
            written);
    return new Segment(
        id,
        1_000,
        ranges,
        new TreeMap<>(),
        List.of(),
        new TreeMap<>(Map.of(operator.name(), part)),
        new TreeMap<>(Offsets.ORDER));
  }

  private void step(long batch, List<Segment> segments) throws IOException {
    OperatorStep step = new OperatorStep(operator, row -> found.add(text(row.value())));
    List<TopicPartition> partitions = new ArrayList<>();
    for (int i = 0; i < PARTITIONS; i++) {
      partitions.add(new TopicPartition("orders", i));
    }
    state = step.next(state, batch, segments, partitions, true, () -> "run" + names++);
    foundLate += state.counts().lateRows();
    foundClosed += state.counts().closed();
  }

  /** Any of the live runs become one, which changes nothing. */
  private void compact(Random random, long batch) throws IOException {
    if (operator.isSession() || state.runs().size() < 2) {
      return;
    }
    List<LiveRun> merged = state.runs().stream().filter(any -> random.nextBoolean()).toList();
    List<LiveRun> rest = new ArrayList<>(state.runs());
    rest.removeAll(merged);
    Optional<Run> run =
        new Compaction(operator).merge(merged, micros(state.watermarkMs()), "run" + names++);
    run.ifPresent(any -> rest.add(LiveRun.of(any, batch)));
    state = state.withRuns(rest);
  }

  private void expect(List<List<Event>> runs, long closed) {
    for (List<Event> events : runs) {
      if (operator.isSession()) {
        List<Window> pieces = new ArrayList<>();
        events.forEach(event -> joinSession(pieces, piece(event)));
        for (Window piece : pieces) {
          if (piece.end <= closed) {
            expectedLate += piece.events.size();
          } else {
            joinSession(open, piece);
          }
        }
      } else {
        events.forEach(event -> expectInWindows(event, closed));
      }
    }
  }

  private Window piece(Event event) {
    WindowSpec spec = operator.aggregation().window();
    long gap = spec.gap().isPresent() ? event.gap() : spec.sizeMicros();
    Window piece = new Window(event.group(), event.micros(), event.micros() + gap);
    piece.events.add(event);
    return piece;
  }

  private static void joinSession(List<Window> windows, Window added) {
    windows.removeIf(
        window -> {
          boolean touches =
              Objects.equals(window.group, added.group)
                  && window.start <= added.end
                  && added.start <= window.end;
          if (touches) {
            added.start = Math.min(added.start, window.start);
            added.end = Math.max(added.end, window.end);
            added.events.addAll(window.events);
          }
          return touches;
        });
    windows.add(added);
  }

  private void expectInWindows(Event event, long closed) {
    WindowSpec spec = operator.aggregation().window();
    boolean late = true;
    long from = spec.startMicros();
    for (long start =
            Math.floorDiv(event.micros() - from, spec.advanceMicros()) * spec.advanceMicros()
                + from;
        event.micros() < start + spec.sizeMicros();
        start -= spec.advanceMicros()) {
      if (start + spec.sizeMicros() > closed) {
        late = false;
        window(event.group(), start, start + spec.sizeMicros()).events.add(event);
      }
    }
    expectedLate += late ? 1 : 0;
  }

  private Window window(String group, long start, long end) {
    for (Window window : open) {
      if (window.start == start && Objects.equals(window.group, group)) {
        return window;
      }
    }
    Window window = new Window(group, start, end);
    open.add(window);
    return window;
  }

  private void closeExpected(long upto) {
    open.removeIf(
        window -> {
          if (window.end <= upto) {
            expected.add(text(window));
          }
          return window.end <= upto;
        });
  }

  private static String text(Window window) {
    List<Event> events =
        window.events.stream()
            .filter(event -> event.value() != null)
            .sorted(
                Comparator.comparingLong(Event::micros)
                    .thenComparingLong(Event::offset)
                    .thenComparingInt(Event::partition))
            .toList();
    List<Long> sorted = events.stream().map(Event::value).distinct().sorted().toList();
    boolean none = events.isEmpty();
    Map<String, Object> row = new HashMap<>();
    row.put("n", (long) window.events.size());
    row.put("seen", (long) events.size());
    row.put("s", none ? null : events.stream().mapToLong(Event::value).sum());
    row.put("lo", none ? null : sorted.get(0));
    row.put("hi", none ? null : sorted.get(sorted.size() - 1));
    row.put("f", none ? null : events.get(0).value());
    row.put("l", none ? null : events.get(events.size() - 1).value());
    row.put("d", (long) sorted.size());
    row.put("c", sorted);
    return window.start + ".." + window.end + " " + window.group + " " + new TreeMap<>(row);
  }

  private static String text(Struct row) {
    Map<String, Object> cells = new TreeMap<>();
    for (String name : List.of("n", "seen", "s", "lo", "hi", "f", "l", "d", "c")) {
      cells.put(name, row.get(name));
    }
    Struct window = row.getStruct("window");
    return window.get("start") + ".." + window.get("end") + " " + row.get("g") + " " + cells;
  }
}
