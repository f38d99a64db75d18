package io.tidemark.sink.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.checkpoint.log.Batch;
import io.tidemark.checkpoint.log.Continuity;
import io.tidemark.checkpoint.log.DecidedSegments;
import io.tidemark.checkpoint.log.Frontier;
import io.tidemark.checkpoint.log.OffsetRange;
import io.tidemark.checkpoint.log.OffsetResets;
import io.tidemark.checkpoint.log.Offsets;
import io.tidemark.checkpoint.log.Origin;
import io.tidemark.checkpoint.log.PastReset;
import io.tidemark.checkpoint.log.PastResets;
import io.tidemark.checkpoint.log.WindowStates;
import io.tidemark.checkpoint.log.WrittenTables;
import io.tidemark.common.DataFile;
import io.tidemark.common.TidemarkException;
import io.tidemark.delta.table.Append;
import io.tidemark.sink.fake.Faults;
import io.tidemark.sink.fake.MemoryTable;
import io.tidemark.sink.fake.MemoryTables;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OffsetContinuityTest {

  private static final TopicPartition P0 = new TopicPartition("orders-eu", 0);
  private static final String TABLE = "memory:/orders";

  private final MemoryTables tables = new MemoryTables(new Faults());
  private final LongAdder findings = new LongAdder();
  private final SortedMap<Long, Batch> plans = new TreeMap<>();
  private MemoryTable table;

  @BeforeEach
  void prepare() {
    tables.add(TABLE, "id-1");
    table = tables.table(TABLE);
  }

  @Test
  void findsNothingWhileRangesJoin() throws IOException {
    OffsetContinuity audit = audit(OffsetContinuity.Mode.FAIL);
    commit(audit, 0, 0, 10);
    commit(audit, 1, 10, 10);
    commit(audit, 2, 10, 25);
    assertThat(findings.sum()).isZero();
    assertThat(table.versions()).hasSize(3);
  }

  @Test
  void failsBeforeAnythingIsCommittedAfterAGap() throws IOException {
    OffsetContinuity audit = audit(OffsetContinuity.Mode.FAIL);
    commit(audit, 0, 0, 10);
    assertThatThrownBy(() -> commit(audit, 1, 12, 20))
        .isInstanceOf(TidemarkException.class)
        .hasMessageContaining("TM-160")
        .hasMessageContaining("orders-eu-0: batch 0 ended at 10, batch 1 begins at 12");
    assertThat(table.versions()).hasSize(1);
    assertThat(findings.sum()).isEqualTo(1);
  }

  @Test
  void readsTheTableBackAfterAStart() throws IOException {
    commit(audit(OffsetContinuity.Mode.FAIL), 0, 0, 10);
    assertThatThrownBy(() -> commit(audit(OffsetContinuity.Mode.FAIL), 1, 5, 20))
        .hasMessageContaining("TM-160");
  }

  @Test
  void readsTheTableBackWhenAnotherDriverWasAtWork() throws IOException {
    OffsetContinuity audit = audit(OffsetContinuity.Mode.FAIL);
    commit(audit, 0, 0, 10);
    commit(audit(OffsetContinuity.Mode.FAIL), 1, 10, 20);
    assertThatThrownBy(() -> commit(audit, 2, 10, 30)).hasMessageContaining("TM-160");
    commit(audit, 2, 20, 30);
  }

  @Test
  void continuesAndCountsWhenItOnlyLogs() throws IOException {
    OffsetContinuity audit = audit(OffsetContinuity.Mode.LOG);
    commit(audit, 0, 0, 10);
    commit(audit, 1, 12, 20);
    commit(audit, 2, 20, 30);
    assertThat(findings.sum()).isEqualTo(1);
    assertThat(table.versions()).hasSize(3);
  }

  @Test
  void asksPlansAboutBatchesThatWroteNothing() throws IOException {
    OffsetContinuity audit = audit(OffsetContinuity.Mode.FAIL);
    commit(audit, 0, 0, 10);
    plan(0, 10);
    plan(1, 40);
    audit.begin(1);
    commit(audit, 2, 40, 50);
    assertThat(findings.sum()).isZero();
    plan(2, 50);
    plan(3, 60);
    audit.begin(3);
    assertThatThrownBy(() -> commit(audit, 4, 70, 80))
        .hasMessageContaining("was planned to end at 60");
  }

  @Test
  void takesTheWordOfThePlanForAResetWhosePlanIsGone() throws IOException {
    commit(audit(OffsetContinuity.Mode.FAIL), 0, 0, 10);
    PastResets reset =
        new PastResets(
            Offsets.sorted(Map.of(P0, new PastReset(4, "somebody asked", OptionalLong.of(3)))));
    commit(audit(OffsetContinuity.Mode.FAIL), 90, 3, 5, reset);
    assertThat(findings.sum()).isZero();
  }

  @Test
  void findsAResetInPlansThatDoNotNameEarlierOnes() throws IOException {
    commit(audit(OffsetContinuity.Mode.FAIL), 0, 0, 10);
    plan(0, 10);
    plan(1, 10);
    plans.computeIfPresent(1L, (number, plan) -> reset(plan, 3));
    plan(2, 3);
    plans.computeIfPresent(2L, (number, plan) -> afterAReset(plan, 1));
    commit(audit(OffsetContinuity.Mode.FAIL), 3, 3, 5);
    assertThat(findings.sum()).isZero();
  }

  private static Batch reset(Batch plan, long to) {
    return plan.reset(
        new OffsetResets(
            "request",
            "somebody asked",
            Offsets.sorted(
                Map.of(P0, new OffsetResets.Reset(plan.frontier().end(P0), OptionalLong.of(to))))),
        Origin.UNKNOWN,
        new TreeMap<>());
  }

  /** As releases wrote it that did not keep resets. */
  private static Batch afterAReset(Batch plan, long resetBy) {
    return new Batch(
        plan.number(),
        plan.writer(),
        plan.timestampMs(),
        DecidedSegments.NONE,
        plan.frontier(),
        new WrittenTables(plan.tables(), new TreeMap<>()),
        plan.sessions(),
        WindowStates.NONE,
        new Continuity(
            Origin.UNKNOWN,
            new TreeMap<>(Offsets.ORDER),
            OffsetResets.NONE,
            resetBy,
            PastResets.NONE));
  }

  @Test
  void doesNotExcuseABatchByAResetToElsewhere() throws IOException {
    OffsetContinuity audit = audit(OffsetContinuity.Mode.FAIL);
    commit(audit, 0, 0, 10);
    PastResets reset =
        new PastResets(
            Offsets.sorted(Map.of(P0, new PastReset(0, "somebody asked", OptionalLong.of(6)))));
    assertThatThrownBy(() -> commit(audit, 1, 3, 5, reset))
        .hasMessageContaining("TM-160")
        .hasMessageContaining("batch 0 reset it to 6");
  }

  @Test
  void doesNotExcuseABatchByAResetBeforeTheLastVersion() throws IOException {
    OffsetContinuity audit = audit(OffsetContinuity.Mode.FAIL);
    commit(audit, 5, 0, 10);
    PastResets reset =
        new PastResets(
            Offsets.sorted(Map.of(P0, new PastReset(4, "somebody asked", OptionalLong.of(3)))));
    assertThatThrownBy(() -> commit(audit, 6, 3, 5, reset)).hasMessageContaining("TM-160");
  }

  @Test
  void looksAtNothingWhenItIsOff() throws IOException {
    OffsetContinuity audit = audit(OffsetContinuity.Mode.OFF);
    commit(audit, 0, 0, 10);
    commit(audit, 1, 5, 7);
    assertThat(findings.sum()).isZero();
  }

  @Test
  void understandsOnlyRangesOfPartitions() {
    assertThat(
            NamedRanges.parse(
                Map.of("orders-eu-0", "[5, 9)", "comment", "by hand", "orders-1", "[9, 5)")))
        .containsOnly(Map.entry(P0, new OffsetRange(5, 9)));
  }

  private OffsetContinuity audit(OffsetContinuity.Mode mode) {
    return new OffsetContinuity(
        mode, "query", batch -> Optional.ofNullable(plans.get(batch)), findings);
  }

  private void plan(long number, long end) {
    plans.put(
        number,
        new Batch(
            number,
            "",
            0,
            DecidedSegments.NONE,
            new Frontier(Offsets.sorted(Map.of(P0, end))),
            new TreeMap<>(),
            new TreeMap<>()));
  }

  private void commit(OffsetContinuity audit, long batch, long from, long to) throws IOException {
    commit(audit, batch, from, to, PastResets.NONE);
  }

  private void commit(OffsetContinuity audit, long batch, long from, long to, PastResets resets)
      throws IOException {
    SortedMap<TopicPartition, OffsetRange> ranges =
        Offsets.sorted(Map.of(P0, new OffsetRange(from, to)));
    audit.begin(batch);
    audit.before(table, batch, ranges, resets);
    var unused =
        table.append(
            new Append(
                "query",
                batch,
                List.of(
                    new DataFile(TABLE, "part-" + batch, Map.of(), 1, 1, 1, "{\"numRecords\":1}")),
                Map.of(P0.toString(), new OffsetRange(from, to).toString())));
    audit.after(table, batch, ranges);
  }
}
