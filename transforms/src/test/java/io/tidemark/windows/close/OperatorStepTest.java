package io.tidemark.windows.close;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.checkpoint.log.EventProgress;
import io.tidemark.checkpoint.log.LiveRun;
import io.tidemark.checkpoint.log.OffsetRange;
import io.tidemark.checkpoint.log.Offsets;
import io.tidemark.checkpoint.log.OperatorSegment;
import io.tidemark.checkpoint.log.OperatorState;
import io.tidemark.checkpoint.log.Run;
import io.tidemark.checkpoint.log.Segment;
import io.tidemark.checkpoint.log.SegmentId;
import io.tidemark.checkpoint.log.SessionId;
import io.tidemark.common.TidemarkException;
import io.tidemark.windows.bytes.ByteWriter;
import io.tidemark.windows.config.WatermarkSpec;
import io.tidemark.windows.config.WindowSpec;
import io.tidemark.windows.fold.Fold;
import io.tidemark.windows.fold.GroupKey;
import io.tidemark.windows.function.Occurrence;
import io.tidemark.windows.run.RunMissingException;
import io.tidemark.windows.run.RunWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.data.Struct;
import org.junit.jupiter.api.Test;

/** Batch by batch: what is late, what waits, and what leaves the manifest. All times in ms. */
class OperatorStepTest {

  private static final TopicPartition P0 = new TopicPartition("orders", 0);
  private static final TopicPartition P1 = new TopicPartition("orders", 1);

  private final List<String> rows = new ArrayList<>();
  private Operator operator = operator(WindowSpec.tumbling(10_000_000));
  private OperatorState state = OperatorState.initial(operator.definition());
  private long batch = -1;
  private int names;

  private static Operator operator(WindowSpec window) {
    return Aggregations.operator(Aggregations.of(window, "g", "n=count(*)"));
  }

  private void use(WindowSpec window) {
    operator = operator(window);
    state = OperatorState.initial(operator.definition());
  }

  private OperatorSegment part(TopicPartition partition, long... ms) throws IOException {
    Fold fold = operator.fold();
    ByteWriter key = new ByteWriter(16);
    GroupKey.write("g", key);
    Occurrence at = new Occurrence();
    long max = Long.MIN_VALUE;
    for (long time : ms) {
      at.eventMicros = time * 1000;
      fold.add(key.array(), key.length(), new Object[] {true}, at);
      max = Math.max(max, time);
    }
    List<Run> runs = new ArrayList<>();
    SortedMap<TopicPartition, Long> maxMs = new TreeMap<>(Offsets.ORDER);
    if (ms.length > 0) {
      maxMs.put(partition, max);
      try (RunWriter writer = operator.runs().create("run" + names++)) {
        runs.add(fold.write(writer));
      }
    }
    return new OperatorSegment(
        operator.definition(), ms.length, 0, maxMs, new TreeMap<>(Map.of("g", "string")), runs);
  }

  private Segment segment(
      OperatorSegment part,
      TopicPartition partition,
      int records,
      Map<TopicPartition, Long> silent) {
    return new Segment(
        new SegmentId(new SessionId(partition.partition(), 1, 0, "00000000"), names++),
        5_000,
        new TreeMap<>(Offsets.sorted(Map.of(partition, new OffsetRange(0, records)))),
        new TreeMap<>(),
        List.of(),
        part == null ? new TreeMap<>() : new TreeMap<>(Map.of(operator.name(), part)),
        Offsets.sorted(silent));
  }

  private Segment records(TopicPartition partition, long... ms) throws IOException {
    return segment(part(partition, ms), partition, ms.length, Map.of());
  }

  private void step(Segment... segments) throws IOException {
    step(true, segments);
  }

  private void step(boolean mayBegin, Segment... segments) throws IOException {
    rows.clear();
    state =
        new OperatorStep(operator, row -> rows.add(text(row.value())))
            .next(state, ++batch, List.of(segments), List.of(P0), mayBegin, () -> "run" + names++);
  }

  private static String text(Struct row) {
    Struct window = row.getStruct("window");
    return window.getInt64("start") / 1000
        + ".."
        + window.getInt64("end") / 1000
        + "="
        + row.get("n");
  }

  @Test
  void closesByTheNewWatermarkAndJudgesLateByTheOneBefore() throws IOException {
    step(records(P0, 1_000, 25_000));
    assertThat(state.watermarkMs()).hasValue(25_000);
    assertThat(rows).containsExactly("0..10000=1");
    // 9 s is late now, 19 s is older than the watermark and its window is open: was closed no more.
    step(records(P0, 9_000, 20_000, 41_000));
    assertThat(rows).containsExactly("20000..30000=2");
    assertThat(state.counts()).isEqualTo(new OperatorState.Counts(3, 3, 1, 1));
  }

  @Test
  void takesARecordOnTimeThatTheSameBatchesWatermarkPasses() throws IOException {
    step(records(P0, 5_000));
    step(records(P0, 60_000, 7_000));
    assertThat(rows).containsExactly("0..10000=2");
    assertThat(state.counts().lateRows()).isZero();
  }

  @Test
  void isLateAtTheEndOfAWindowExactly() throws IOException {
    step(records(P0, 9_999));
    step(records(P0, 10_000));
    assertThat(rows).containsExactly("0..10000=1");
    step(records(P0, 9_999));
    assertThat(rows).isEmpty();
    assertThat(state.counts().lateRows()).isEqualTo(1);
  }

  @Test
  void countsALateRecordOfHoppingWindowsInThoseThatAreOpen() throws IOException {
    use(WindowSpec.hopping(10_000_000, 5_000_000));
    step(records(P0, 12_000));
    step(records(P0, 7_000));
    assertThat(state.counts().lateRows()).isZero();
    step(records(P0, 100_000));
    assertThat(rows).containsExactly("5000..15000=2", "10000..20000=1");
  }

  @Test
  void addsWhatTasksLeftOut() throws IOException {
    OperatorSegment part = part(P0, 5_000);
    step(
        segment(
            new OperatorSegment(
                part.definition(), 1, 7, part.maxEventMs(), part.types(), part.runs()),
            P0,
            8,
            Map.of()));
    assertThat(state.counts()).isEqualTo(new OperatorState.Counts(1, 1, 0, 7));
  }

  @Test
  void forgetsRunsWithoutOpenWindowsAlsoThoseThatCameTooLate() throws IOException {
    step(records(P0, 1_000));
    step(records(P0, 11_000));
    assertThat(files()).containsExactly("run2.run");
    step(records(P0, 2_000));
    assertThat(files()).containsExactly("run2.run");
    step(records(P0, 1_000_000));
    assertThat(files()).hasSize(1).doesNotContain("run2.run");
  }

  private List<String> files() {
    return state.runs().stream().map(live -> live.run().file()).toList();
  }

  @Test
  void waitsWithTheFirstWatermarkButNotWithLaterOnes() throws IOException {
    step(false, records(P0, 1_000, 50_000));
    assertThat(state.watermarkMs()).isEmpty();
    assertThat(rows).isEmpty();
    step(true);
    assertThat(state.watermarkMs()).hasValue(50_000);
    assertThat(rows).containsExactly("0..10000=1");
    step(false, records(P0, 70_000));
    assertThat(rows).containsExactly("50000..60000=1");
  }

  @Test
  void holdsTheWatermarkForAPartitionThatTheBatchesHaveNamed() throws IOException {
    step(records(P0, 50_000), segment(null, P1, 0, Map.of()));
    assertThat(state.partitions()).containsOnlyKeys(P0);
    assertThat(state.watermarkMs()).hasValue(50_000);
    // With a record it is read, even if the record had no event time.
    step(records(P0, 90_000), segment(null, P1, 1, Map.of()));
    assertThat(state.partitions()).containsEntry(P1, EventProgress.NONE);
    assertThat(state.watermarkMs()).hasValue(50_000);
    step(records(P1, 60_000));
    assertThat(state.watermarkMs()).hasValue(60_000);
  }

  @Test
  void doesNotWaitForATopicThatIsReadNoMore() throws IOException {
    TopicPartition former = new TopicPartition("former", 2);
    step(records(P0, 50_000), records(former, 20_000));
    assertThat(state.watermarkMs()).hasValue(20_000);
    operator = new Operator(operator.aggregation(), operator.runs(), "orders"::equals);
    step(records(P0, 90_000));
    assertThat(state.watermarkMs()).hasValue(90_000);
  }

  @Test
  void letsAPartitionBeSilentFromItsTimeOutOnUntilItsNextRecord() throws IOException {
    step(records(P0, 50_000), records(P1, 20_000));
    assertThat(state.watermarkMs()).hasValue(20_000);
    // Sealed at 5,000; the time-out is 1,000.
    step(records(P0, 60_000), segment(null, P1, 0, Map.of(P1, 4_001L)));
    assertThat(state.watermarkMs()).hasValue(20_000);
    step(segment(null, P1, 0, Map.of(P1, 4_000L)));
    assertThat(state.watermarkMs()).hasValue(60_000);
    assertThat(state.partitions().get(P1).silent()).isTrue();
    step(records(P0, 90_000), records(P1, 30_000));
    assertThat(state.partitions().get(P1).silent()).isFalse();
    assertThat(state.watermarkMs()).hasValue(60_000);
    assertThat(state.counts().lateRows()).isEqualTo(1);
  }

  @Test
  void neverBelievesInSilenceWithoutATimeOut() throws IOException {
    operator =
        Aggregations.operator(
            Aggregations.of(
                WindowSpec.tumbling(10_000_000),
                new WatermarkSpec(0, WatermarkSpec.Policy.MIN, 0, 0),
                "g",
                "n=count(*)"));
    step(records(P0, 50_000), records(P1, 20_000));
    step(records(P0, 60_000), segment(null, P1, 0, Map.of(P1, 0L)));
    assertThat(state.watermarkMs()).hasValue(20_000);
  }

  @Test
  void staysAfterByTheDelay() throws IOException {
    operator =
        Aggregations.operator(
            Aggregations.of(
                WindowSpec.tumbling(10_000_000),
                new WatermarkSpec(15_000, WatermarkSpec.Policy.MIN, 0, 0),
                "g",
                "n=count(*)"));
    step(records(P0, 1_000, 24_999));
    assertThat(rows).isEmpty();
    step(records(P0, 25_000));
    assertThat(rows).containsExactly("0..10000=1");
  }

  @Test
  void givesOnlyTheRowsThatMeetTheCondition() throws IOException {
    operator =
        Aggregations.operator(
            Aggregations.of(
                WindowSpec.tumbling(10_000_000),
                new WatermarkSpec(0, WatermarkSpec.Policy.MIN, 0, 0),
                "g",
                "n=count(*)",
                Optional.of("n >= 2")));
    state = OperatorState.initial(operator.definition());
    step(records(P0, 1_000, 11_000, 12_000));
    assertThat(rows).isEmpty();
    assertThat(state.counts().closed()).as("the window is closed for good").isEqualTo(1);
    step(records(P0, 25_000));
    assertThat(rows).containsExactly("10000..20000=2");
  }

  @Test
  void keepsOpenSessionsInOneRunAndLeavesRunsAloneUntilOneEnds() throws IOException {
    use(WindowSpec.session(10_000_000));
    step(records(P0, 0));
    step(records(P0, 8_000));
    assertThat(state.runs()).hasSize(2);
    step(records(P0, 16_000));
    // 0 and 8 s and 16 s are one session, open till 26 s: the piece of 0 s alone has ended.
    assertThat(rows).isEmpty();
    assertThat(state.runs()).hasSize(1);
    assertThat(state.runs().get(0).run().minMicros()).isEqualTo(26_000_000);
    step(records(P0, 40_000));
    assertThat(rows).containsExactly("0..26000=3");
    step(records(P0, 29_000, 60_000));
    assertThat(rows).containsExactly("40000..50000=1");
    assertThat(state.counts().lateRows()).isEqualTo(1);
  }

  @Test
  void takesALateRecordThatIsInAPieceWithOneThatIsNot() throws IOException {
    use(WindowSpec.session(10_000_000));
    step(records(P0, 100_000));
    step(records(P0, 89_000, 95_000));
    assertThat(state.counts().lateRows()).isZero();
    step(records(P0, 200_000));
    assertThat(rows).containsExactly("89000..110000=3");
  }

  @Test
  void mergesRunsOfSessionsBeforeTheyAreTooMany() throws IOException {
    use(WindowSpec.session(1_000_000_000));
    for (int i = 0; i < 32; i++) {
      step(records(P0, i));
    }
    assertThat(state.runs()).hasSize(32);
    step(records(P0, 32));
    assertThat(state.runs()).hasSize(1);
    assertThat(rows).isEmpty();
    step(records(P0, 3_000_000));
    assertThat(rows).containsExactly("0..1000032=33");
  }

  @Test
  void readsTheSourcesOfAMergedRunThatIsGone() throws IOException {
    step(false, records(P0, 1_000), records(P0, 2_000));
    List<LiveRun> sources = state.runs();
    Run merged = new Compaction(operator).merge(sources, Long.MIN_VALUE, "merged").orElseThrow();
    state =
        state.withRuns(
            List.of(new LiveRun(merged, batch, sources.stream().map(LiveRun::run).toList())));
    operator.runs().delete(merged.file());
    step(records(P0, 15_000));
    assertThat(rows).containsExactly("0..10000=2");
  }

  @Test
  void saysThatARunIsMissing() throws IOException {
    step(records(P0, 1_000));
    operator.runs().delete(files().get(0));
    assertThatThrownBy(() -> step(records(P0, 15_000)))
        .isInstanceOf(RunMissingException.class)
        .hasMessageContaining("run0.run");
  }

  @Test
  void refusesRunsOfAnotherDefinition() throws IOException {
    step(records(P0, 1_000));
    Segment foreign = records(P0, 2_000);
    operator =
        new Operator(
            Aggregations.of(WindowSpec.tumbling(20_000_000), "g", "n=count(v)"), operator.runs());
    String message =
        "Cannot continue the open windows of revenue: they were aggregated with another"
            + " configuration than it has now (aggregates: count(*) became count(v);"
            + " window: tumbling 10000 ms became tumbling 20000 ms). Nothing was written.";
    assertThatThrownBy(() -> step(records(P0, 15_000)))
        .isInstanceOf(TidemarkException.class)
        .hasMessageStartingWith("TM-441")
        .hasMessageContaining(message);
    state = OperatorState.initial(operator.definition());
    assertThatThrownBy(() -> step(foreign)).hasMessageContaining(message);
  }

  @Test
  void takesAnotherDefinitionWhenNothingIsOpen() throws IOException {
    step(records(P0, 1_000));
    state = state.withRuns(List.of());
    operator = operator(WindowSpec.tumbling(20_000_000));
    step(records(P0, 50_000));
    assertThat(state.definition()).containsEntry("window", "tumbling 20000 ms");
    assertThat(state.watermarkMs()).isEqualTo(OptionalLong.of(50_000));
  }
}
