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
import io.tidemark.windows.config.DropDuplicatesConfig;
import io.tidemark.windows.fake.MemoryStorage;
import io.tidemark.windows.fold.GroupKey;
import io.tidemark.windows.fold.KeyFold;
import io.tidemark.windows.run.PlainRunStore;
import io.tidemark.windows.run.RunWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** Which rows stay, batch by batch. The delay is 100 ms. */
class DistinctRowsTest {

  private static final long DELAY_MS = 100;
  private static final TopicPartition P0 = new TopicPartition("orders", 0);

  private final Operator operator =
      new Operator(
          new DropDuplicatesConfig(
                  Map.of("keys", "id", "watermark.delay.ms", String.valueOf(DELAY_MS)))
              .aggregation("once"),
          new PlainRunStore(new MemoryStorage(), "state"));
  private OperatorState state = OperatorState.initial(operator.definition());
  private final List<String> dropped = new ArrayList<>();
  private long batch = -1;
  private int names;

  /** A segment of one file; each record is a key and its event time. */
  private Segment segment(Object... keysAndTimes) throws IOException {
    return segment(new KeyFold(), keysAndTimes);
  }

  private Segment segment(KeyFold fold, Object... keysAndTimes) throws IOException {
    long max = Long.MIN_VALUE;
    ByteWriter key = new ByteWriter(16);
    for (int i = 0; i < keysAndTimes.length; i += 2) {
      long ms = ((Number) keysAndTimes[i + 1]).longValue();
      key.truncate(0);
      GroupKey.write(keysAndTimes[i], key);
      if (fold.isNew(key.array(), key.length(), ms)) {
        fold.written(0, i / 2);
      }
      max = Math.max(max, ms);
    }
    List<Run> runs = new ArrayList<>();
    if (fold.rows() > 0) {
      try (RunWriter writer = operator.runs().create("run" + names++)) {
        runs.add(fold.write(writer));
      }
    }
    OperatorSegment part =
        new OperatorSegment(
            operator.definition(),
            keysAndTimes.length / 2,
            0,
            new TreeMap<>(Offsets.sorted(Map.of(P0, max))),
            new TreeMap<>(),
            runs);
    return new Segment(
        new SegmentId(new SessionId(0, 1, 0, "00000000"), names++),
        0,
        Offsets.sorted(Map.of(P0, new OffsetRange(0, 1))),
        new TreeMap<>(),
        List.of(),
        new TreeMap<>(Map.of("once", part)),
        new TreeMap<>(Offsets.ORDER));
  }

  /** Drops duplicates of a batch; each dropped row is the number of its segment and its own. */
  private List<String> step(Segment... segments) throws IOException {
    dropped.clear();
    List<Segment> all = List.of(segments);
    state =
        new OperatorStep(
                operator,
                row -> {
                  throw new AssertionError("a row");
                },
                (segment, file, position) -> dropped.add(all.indexOf(segment) + ":" + position))
            .next(state, ++batch, all, List.of(P0), true, () -> "run" + names++);
    return dropped;
  }

  @Test
  void keepsTheFirstOfTheBatchInTheOrderOfItsSegments() throws IOException {
    assertThat(step(segment("a", 500, "b", 500), segment("b", 400, "c", 400, "a", 600)))
        .containsExactlyInAnyOrder("1:0", "1:2");
    assertThat(state.counts().closed()).isEqualTo(3);
  }

  @Test
  void keepsNothingThatAnEarlierBatchHas() throws IOException {
    step(segment("a", 500));
    assertThat(step(segment("a", 550, "b", 550))).containsExactly("0:0");
  }

  @Test
  void forgetsAKeyWhenTheWatermarkHasPassedItByTheDelay() throws IOException {
    step(segment("a", 500));
    // The watermark becomes 600, at which the key of 500 is over, and counts from the next batch.
    assertThat(step(segment("b", 700, "a", 599))).containsExactly("0:1");
    assertThat(step(segment("a", 700))).isEmpty();
  }

  @Test
  void keepsAKeyUntilThen() throws IOException {
    step(segment("a", 500));
    step(segment("b", 699));
    assertThat(step(segment("a", 700))).containsExactly("0:0");
  }

  @Test
  void aRepeatedRecordDoesNotKeepItsKeyInTheState() throws IOException {
    step(segment("a", 500));
    assertThat(step(segment("a", 590, "b", 700))).containsExactly("0:0");
    assertThat(step(segment("a", 650))).isEmpty();
  }

  @Test
  void dropsWhatIsLateByThePreviousBatch() throws IOException {
    step(segment("a", 500));
    assertThat(step(segment("x", 400, "y", 401, "z", 900))).containsExactly("0:0");
    assertThat(state.counts().lateRows()).isEqualTo(1);
  }

  @Test
  void theRowOfALateRecordStaysForALaterOneThatItsTaskDropped() throws IOException {
    step(segment("a", 500));
    assertThat(step(segment("x", 300, "x", 450))).isEmpty();
    // Its time is that of the later record: 450 plus 100 is above the watermark 520.
    step(segment("b", 620));
    assertThat(step(segment("x", 540))).containsExactly("0:0");
  }

  @Test
  void aKeyWhoseRecordWasRejectedIsNew() throws IOException {
    KeyFold fold = new KeyFold();
    ByteWriter key = new ByteWriter(16);
    GroupKey.write("a", key);
    assertThat(fold.isNew(key.array(), key.length(), 500)).isTrue();
    assertThat(step(segment(fold, "b", 500, "a", 501))).isEmpty();
    assertThat(state.counts().closed()).isEqualTo(2);
  }

  @Test
  void runsLeaveTheStateAsAWhole() throws IOException {
    step(segment("a", 500));
    assertThat(state.runs()).hasSize(1);
    step(segment("b", 700));
    assertThat(state.runs()).hasSize(1);
    assertThat(state.runs().get(0).batch()).isEqualTo(1);
  }

  @Test
  void mergedRunsDecideAsTheirSources() throws IOException {
    for (int i = 0; i < 20; i++) {
      step(segment("k" + i, 500 + 5 * i, "shared" + i % 3, 500 + 5 * i));
    }
    long watermark = state.watermarkMs().orElseThrow();
    Optional<Run> merged = new Compaction(operator).merge(state.runs(), watermark * 1000, "merged");
    OperatorState sources = state;
    List<String> expected = List.copyOf(step(all()));
    state = sources.withRuns(List.of(LiveRun.of(merged.orElseThrow(), batch)));
    assertThat(step(all())).isEqualTo(expected).isNotEmpty();
  }

  private Segment all() throws IOException {
    List<Object> records = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      records.addAll(List.of("k" + i, 600L, "new" + i, 600L));
    }
    return segment(records.toArray());
  }

  @Test
  void agreesWithAMapOfKeys() throws IOException {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    Map<Object, Long> times = new HashMap<>();
    long now = 1_000;
    for (int round = 0; round < 200; round++) {
      long before = state.watermarkMs().orElse(Long.MIN_VALUE);
      List<Segment> segments = new ArrayList<>();
      List<String> expected = new ArrayList<>();
      for (int s = 0; s < random.nextInt(3) + 1; s++) {
        Map<Object, Object> own = new HashMap<>();
        List<Object> records = new ArrayList<>();
        for (int i = 0; i < random.nextInt(40); i++) {
          Object key = random.nextBoolean() ? "k" + random.nextInt(60) : random.nextInt(9) + 0L;
          long ms = now - random.nextInt(250);
          if (own.putIfAbsent(key, ms) == null) {
            boolean late = before != Long.MIN_VALUE && ms <= before;
            Long had = times.get(key);
            boolean lives = had != null && (before == Long.MIN_VALUE || had + DELAY_MS > before);
            if (late || lives) {
              expected.add(s + ":" + records.size() / 2);
            } else {
              times.put(key, ms);
            }
            records.addAll(List.of(key, ms));
          }
        }
        if (!records.isEmpty()) {
          segments.add(segment(records.toArray()));
        } else {
          String key = "none" + round + "-" + s;
          segments.add(segment(key, now));
          times.put(key, now);
        }
      }
      assertThat(step(segments.toArray(Segment[]::new)))
          .as("seed %d, round %d", seed, round)
          .containsExactlyInAnyOrderElementsOf(expected);
      now += random.nextInt(60);
      if (random.nextInt(10) == 0 && state.runs().size() > 2) {
        Optional<Run> merged =
            new Compaction(operator)
                .merge(state.runs(), state.watermarkMs().orElseThrow() * 1000, "m" + names++);
        state =
            state.withRuns(merged.map(run -> List.of(LiveRun.of(run, batch))).orElse(List.of()));
      }
    }
  }
}
