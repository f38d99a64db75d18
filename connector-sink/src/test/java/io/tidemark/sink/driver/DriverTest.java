package io.tidemark.sink.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.checkpoint.log.Batch;
import io.tidemark.checkpoint.log.CheckpointLocation;
import io.tidemark.checkpoint.log.CommitLog;
import io.tidemark.checkpoint.log.DecidedSegments;
import io.tidemark.checkpoint.log.Frontier;
import io.tidemark.checkpoint.log.OffsetLog;
import io.tidemark.checkpoint.log.OffsetRange;
import io.tidemark.checkpoint.log.Offsets;
import io.tidemark.checkpoint.log.Origin;
import io.tidemark.checkpoint.log.Provenance;
import io.tidemark.checkpoint.log.Segment;
import io.tidemark.checkpoint.log.SegmentId;
import io.tidemark.checkpoint.log.SessionId;
import io.tidemark.common.DataFile;
import io.tidemark.sink.batch.OffsetReset;
import io.tidemark.sink.commit.BatchCommit;
import io.tidemark.sink.commit.Cleanup;
import io.tidemark.sink.commit.Rereading;
import io.tidemark.sink.fake.Faults;
import io.tidemark.sink.fake.MemoryStorage;
import io.tidemark.sink.fake.MemoryTables;
import io.tidemark.sink.file.DataFiles;
import io.tidemark.sink.file.TableFolders;
import io.tidemark.sink.recovery.OffsetRequests;
import io.tidemark.sink.window.WindowCloser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DriverTest {

  private static final TopicPartition P0 = new TopicPartition("orders", 0);
  private static final TopicPartition P1 = new TopicPartition("orders", 1);
  private static final String TABLE = "memory:/orders";
  private static final SessionId SESSION = new SessionId(0, 1, 0, "000000aa");
  private static final SessionId ZOMBIE = new SessionId(1, 1, 0, "000000bb");
  private static final DriverTiming TIMING = new DriverTiming(1_000, 100, 10_000, 200, 500, 5_000);

  private final Faults faults = new Faults();
  private final MemoryStorage storage = new MemoryStorage(faults);
  private final MemoryTables tables = new MemoryTables(faults);
  private final CheckpointLocation checkpoint = new CheckpointLocation(storage);
  private final List<Batch> heard = new ArrayList<>();
  private final List<String> removed = new ArrayList<>();
  private int sequence;
  private long sealedMs;

  @BeforeEach
  void prepare() throws IOException {
    tables.add(TABLE, "id-1");
    checkpoint.sessions().open(SESSION);
    checkpoint.sessions().open(ZOMBIE);
  }

  /** I/O budget: what one batch of one segment costs beyond looking for it. */
  @Test
  void spendsAFixedNumberOfOperationsOnABatch() throws IOException {
    Driver driver = driver(0, 1);
    run(driver, 0, 1_000);
    for (long batch = 1; batch <= 3; batch++) {
      long from = batch * 1_000;
      sealedMs = from;
      seal((batch - 1) * 10, batch * 10);
      int before = faults.operations().size();
      driver.wake();
      driver.step(from);
      assertThat(driver.step(from)).as("nothing to look for earlier").isEqualTo(from + 1_000);
      assertThat(heard.get(heard.size() - 1).number()).isEqualTo(batch - 1);
      List<String> spent =
          faults.operations().subList(before, faults.operations().size()).stream()
              .map(operation -> operation.replaceAll("/.*", ""))
              .toList();
      if (batch > 1) {
        assertThat(spent)
            .containsExactly(
                "list segments",
                "create batches",
                "read commits", // is the predecessor still the latest? The batch is not there yet,
                "read commits", // the predecessor is
                "create offsets",
                "append memory:",
                "create commits",
                "delete segments");
      }
      run(driver, from, from + 999);
    }
  }

  /** Else each segment would be late for its batch, for as long as the connector runs. */
  @Test
  void waitsForTheSegmentOfThisIntervalWhenThatOfThePreviousOneCameTooLate() throws IOException {
    Driver driver = driver(0, 1);
    sealedMs = 1_000;
    seal(0, 10);
    run(driver, 0, 1_500);
    assertThat(newestBatch().number()).isZero();
    sealedMs = 1_600;
    seal(10, 20);
    driver.wake();
    run(driver, 1_600, 2_100);
    assertThat(newestBatch().number()).isZero();
    sealedMs = 2_100;
    seal(20, 30);
    driver.wake();
    run(driver, 2_101, 2_110);
    assertThat(newestBatch().accepted()).hasSize(2);
    sealedMs = 2_900;
    seal(30, 40);
    run(driver, 2_111, 3_010 + TIMING.gatherMs());
    assertThat(newestBatch().number()).as("it does not wait for long").isEqualTo(2);
  }

  /** On an object store each look is paid for: a list as much as twelve reads. */
  @ParameterizedTest
  @ValueSource(ints = {1, 8})
  void looksEverMoreRarelyWhileNothingIsSealed(int tasks) throws IOException {
    long hourMs = 3_600_000;
    List<Driver> drivers = new ArrayList<>();
    for (int task = 0; task < tasks; task++) {
      drivers.add(driver(task, tasks, DriverTiming.of(60_000)));
    }
    seal(0, 10);
    for (Driver driver : drivers) {
      run(driver, 0, 200_000);
    }
    assertThat(newestBatch().number()).isZero();
    int before = faults.operations().size();
    for (Driver driver : drivers) {
      run(driver, 2 * hourMs, 3 * hourMs);
    }
    List<String> spent = faults.operations().subList(before, faults.operations().size());
    assertThat(spent)
        .filteredOn(operation -> operation.startsWith("list"))
        .hasSizeBetween(10 * tasks, 26 * tasks);
    assertThat(spent)
        .filteredOn(operation -> operation.startsWith("read"))
        .hasSizeBetween(10 * tasks, 40 * tasks);
  }

  @Test
  void looksOftenAgainOnceItIsWoken() throws IOException {
    Driver driver = driver(0, 1);
    run(driver, 0, 100_000);
    long nowMs = 200_000;
    assertThat(driver.step(nowMs) - nowMs).isEqualTo(TIMING.idleMs());
    driver.wake();
    assertThat(driver.step(nowMs) - nowMs).isEqualTo(TIMING.pollMs());
  }

  @Test
  void startsOverWhenTheBatchAfterItsLastOneWasRemovedWhileItRested() throws IOException {
    Driver first = driver(0, 2);
    Driver resting = driver(1, 2);
    run(first, 0, 999);
    run(resting, 0, 999);
    for (int batch = 0; batch <= 10; batch++) {
      seal(batch * 10L, batch * 10L + 10);
      run(first, 1_000 + batch * 1_000L, 1_999 + batch * 1_000L);
      if (batch == 0) {
        run(resting, 1_700, 1_999);
      }
    }
    assertThat(storage.paths()).contains("commits/10").doesNotContain("commits/0", "commits/1");
    int before = heard.size();
    run(resting, 20_000, 40_000);
    assertThat(heard).hasSizeGreaterThan(before);
    assertThat(newestBatch().number()).isEqualTo(10);
  }

  /** The task of the segment is gone, and nobody wakes this driver. */
  @Test
  void commitsInTheEndWhatATaskThatIsGoneHasSealed() throws IOException {
    Driver driver = driver(1, 2);
    run(driver, 0, 100_000);
    seal(0, 10);
    run(driver, 100_000, 100_000 + 2 * TIMING.idleMs());
    assertThat(newestBatch().number()).isZero();
  }

  @Test
  void decidesNothingThatACheckRefuses() throws IOException {
    Driver driver = driver(0, 1);
    driver.check(
        (committed, plan) -> {
          throw new IllegalStateException(
              "batch " + plan.number() + " after " + committed.number());
        });
    run(driver, 0, 999);
    seal(0, 10);
    assertThatThrownBy(() -> run(driver, 1_000, 2_000)).hasMessage("batch 0 after -1");
    assertThat(storage.paths()).noneMatch(path -> path.startsWith("batches/"));
    assertThat(tables.table(TABLE).versions()).isEmpty();
  }

  @Test
  void leavesTheFirstTurnToTheFirstTask() throws IOException {
    Driver first = driver(0, 2);
    Driver second = driver(1, 2);
    run(first, 0, 999);
    run(second, 0, 999);
    seal(0, 10);
    run(second, 1_000, 1_600);
    assertThat(storage.paths()).noneMatch(path -> path.startsWith("batches/"));
    run(first, 1_000, 1_600);
    assertThat(tables.table(TABLE).versions()).hasSize(1);
    run(second, 1_600, 3_000);
    assertThat(tables.table(TABLE).versions()).hasSize(1);
  }

  @Test
  void drivesFromAnyTaskWhenTheFirstOneIsGone() throws IOException {
    Driver third = driver(2, 3);
    run(third, 0, 999);
    seal(0, 10);
    run(third, 1_000, 4_000);
    assertThat(tables.table(TABLE).versions()).hasSize(1);
  }

  @Test
  void finishesWhatAnotherDriverPlannedAndLeft() throws IOException {
    seal(0, 10);
    Driver first = driver(0, 2);
    while (storage.paths().stream().noneMatch(path -> path.startsWith("batches/"))) {
      first.step(1_000 + faults.operations().size() * 100L);
    }
    assertThat(tables.table(TABLE).versions()).isEmpty();
    Driver second = driver(1, 2);
    run(second, 10_000, 20_000);
    assertThat(tables.table(TABLE).versions()).hasSize(1);
    assertThat(storage.paths()).contains("commits/0");
    run(first, 20_000, 22_000);
    assertThat(tables.table(TABLE).versions()).hasSize(1);
  }

  /**
   * A driver that sleeps between listing and deciding wakes when its batch number was used and
   * removed with old batches: create-if-absent then succeeds, and must not count.
   */
  @Test
  void doesNotActOnAPlanWhoseNumberWasRetiredWhileItSlept() throws IOException {
    Driver sleeper = driver(1, 2);
    run(sleeper, 0, 999);
    Driver awake = driver(0, 2);
    for (long batch = 0; batch < 3; batch++) {
      seal(batch * 10, batch * 10 + 10);
      run(awake, 1_000 + batch * 1_000, 1_999 + batch * 1_000);
    }
    run(sleeper, 4_000, 4_100);
    for (long batch = 3; batch < 30; batch++) {
      seal(batch * 10, batch * 10 + 10);
      run(awake, 5_000 + batch * 1_000, 5_999 + batch * 1_000);
    }
    assertThat(storage.paths()).doesNotContain("batches/3");
    checkpoint
        .segments()
        .create(
            Segment.of(
                new SegmentId(ZOMBIE, 0),
                0,
                Map.of(P0, new OffsetRange(30, 35)),
                Map.of(TABLE, "id-1"),
                List.of(file("zombie"))));
    heard.clear();
    run(sleeper, 50_000, 60_000);
    assertThat(tables.table(TABLE).files()).extracting(DataFile::path).doesNotContain("zombie");
    assertThat(heard).isNotEmpty().allMatch(batch -> batch.number() > 20);
    assertThat(removed).containsOnly("zombie");
  }

  @Test
  void removesTheFilesOfWhatItRejectedAlsoAfterACrashInBetween() throws IOException {
    seal(0, 10);
    run(driver(0, 1), 1_000, 2_000);
    checkpoint
        .segments()
        .create(
            Segment.of(
                new SegmentId(ZOMBIE, 0),
                0,
                Map.of(P0, new OffsetRange(5, 15)),
                Map.of(TABLE, "id-1"),
                List.of(file("zombie"))));
    Batch rejecting =
        new Batch(
            1,
            "dead",
            0,
            new DecidedSegments(List.of(), List.of(new SegmentId(ZOMBIE, 0)), List.of(), List.of()),
            heard.get(heard.size() - 1).frontier(),
            heard.get(heard.size() - 1).tables(),
            new TreeMap<>());
    checkpoint.batches().create(1, rejecting);
    checkpoint.offsets().create(1, OffsetLog.Entry.of(rejecting, Map.of()));
    checkpoint.commits().create(1, new CommitLog.Entry(0));
    seal(10, 20);
    run(driver(0, 1), 3_000, 5_000);
    assertThat(removed).containsExactly("zombie");
    assertThat(checkpoint.segments().ids()).isEmpty();
  }

  /** The sweep asks them which result files a table has, and only the newest batch may sweep. */
  @Test
  void keepsOldPlansUntilTheNewestBatchHasSwept() throws IOException {
    Driver driver = driver(0, 1);
    run(driver, 0, 1_000);
    for (long batch = 0; batch < 10; batch++) {
      seal(batch * 10, batch * 10 + 10);
      run(driver, 1_000 + batch * 1_000, 1_999 + batch * 1_000);
    }
    Batch last = heard.get(heard.size() - 1);
    assertThat(last.number()).isEqualTo(9);
    Batch tenth =
        new Batch(
            10, "asleep", 0, DecidedSegments.NONE, last.frontier(), last.tables(), last.sessions());
    for (long number : List.of(10L, 11L)) {
      checkpoint.commits().create(number, new CommitLog.Entry(0));
    }
    Cleanup cleanup = new Cleanup(checkpoint, removal(), 3);
    cleanup.after(tenth);
    assertThat(storage.paths()).as("another driver has continued").contains("batches/0");
    checkpoint.commits().delete(11);
    cleanup.after(tenth);
    assertThat(storage.paths()).contains("batches/8").doesNotContain("batches/0", "batches/7");
  }

  @Test
  void commitsWhatIsSealedAtOnceWhenItIsToStop() throws IOException {
    Driver driver = driver(1, 2);
    run(driver, 0, 10);
    seal(0, 10);
    seal(10, 20);
    driver.drain();
    long nowMs = 11;
    while (!driver.isDrained()) {
      nowMs = driver.step(nowMs);
      assertThat(nowMs).isLessThan(500);
    }
    assertThat(tables.table(TABLE).files()).hasSize(2);
    assertThat(checkpoint.segments().ids()).isEmpty();
  }

  /** Of a task that was down between sealing and now, however short that was. */
  /** It planned the previous batch, as far as it knows, and what it lists continues another one. */
  @Test
  void commitsWhatIsSealedAlsoWhenAnotherDriverContinuedBeforeItIsToStop() throws IOException {
    Driver driver = driver(0, 2);
    seal(0, 10);
    run(driver, 0, 1_500);
    assertThat(newestBatch().number()).isZero();
    seal(10, 20);
    run(driver(1, 2), 1_500, 6_000);
    assertThat(newestBatch().number()).isEqualTo(1);
    seal(20, 30);
    driver.drain();
    for (long nowMs = 6_000; !driver.isDrained(); ) {
      nowMs = driver.step(nowMs);
    }
    assertThat(newestBatch().number()).isEqualTo(2);
    assertThat(checkpoint.segments().ids()).isEmpty();
  }

  @Test
  void leavesOutAFreshSegmentOfAnEarlierRunOfItsTaskWhoseFileIsGone() throws IOException {
    seal(0, 10);
    removed.add("part-" + new SegmentId(SESSION, 0));
    Driver driver = driver(0, 1);
    driver.reread(Rereading.unasked());
    run(driver, 1_000, 3_000);
    assertThat(newestBatch().accepted()).isEmpty();
    assertThat(newestBatch().rejected()).containsExactly(new SegmentId(SESSION, 0));
  }

  @Test
  void decidesNothingForATableThatWasRestoredUntilItIsToldTo() throws IOException {
    seal(0, 10);
    run(driver(0, 1), 1_000, 2_900);
    seal(10, 20);
    run(driver(0, 1), 3_000, 4_900);
    tables.table(TABLE).versions().remove(1);
    seal(20, 30);
    Driver driver = driver(0, 1);
    assertThatThrownBy(() -> run(driver, 5_000, 6_900))
        .hasMessageContaining("TM-176")
        .hasMessageContaining("--to-batch 0");
    assertThat(storage.paths()).doesNotContain("batches/2");

    OffsetReset back = new OffsetRequests(checkpoint).returnTo("request-1", "test", 0);
    Driver resetter = driver(0, 1);
    new ResetExecution(() -> 7_000, ms -> {}, 1_000).carryOut(resetter, back, "memory");
    Batch reset = heard.get(heard.size() - 1);
    assertThat(reset.frontier().end(P0)).hasValue(10);
    assertThat(reset.continuity().resetBy()).isEqualTo(reset.number());
    run(driver(0, 1), 9_000, 10_000);
  }

  @Test
  void goesBackByItselfWithATableThatWasRestored() throws IOException {
    seal(0, 10);
    run(driver(0, 1), 1_000, 2_900);
    seal(10, 20);
    run(driver(0, 1), 3_000, 4_900);
    tables.table(TABLE).versions().remove(1);
    seal(20, 30);
    Driver driver = driver(0, 1);
    driver.rebaseRestoredTables();
    run(driver, 5_000, 8_000);
    Batch last = heard.get(heard.size() - 1);
    assertThat(last.frontier().end(P0)).as("where the table ends").hasValue(10);
    assertThat(last.continuity().resetBy()).isEqualTo(2);
    assertThat(tables.table(TABLE).versions()).hasSize(1);
    assertThat(checkpoint.segments().ids()).as("what was sealed after the hole").isEmpty();
  }

  /** Then the table that was restored is what its owner has to know of, not the batch. */
  @Test
  void doesNotGoBackByItselfToABatchThatIsNotRetained() throws IOException {
    seal(0, 10);
    run(driver(0, 1), 1_000, 2_900);
    seal(10, 20);
    run(driver(0, 1), 3_000, 4_900);
    tables.table(TABLE).versions().remove(1);
    storage.delete("commits/0");
    storage.delete("batches/0");
    seal(20, 30);
    Driver driver = driver(0, 1);
    driver.rebaseRestoredTables();
    assertThatThrownBy(() -> run(driver, 5_000, 8_000)).hasMessageContaining("TM-176");
  }

  /** Returning would forget where they began, and starting.offsets may say something else. */
  @Test
  void doesNotGoBackByItselfWherePartitionsBeganSince() throws IOException {
    seal(0, 10);
    run(driver(0, 1), 1_000, 2_900);
    seal(Map.of(P0, new OffsetRange(10, 20), P1, new OffsetRange(70, 75, true)));
    run(driver(0, 1), 3_000, 4_900);
    tables.table(TABLE).versions().remove(1);
    seal(20, 30);
    Driver driver = driver(0, 1);
    driver.rebaseRestoredTables();
    assertThatThrownBy(() -> run(driver, 5_000, 8_000)).hasMessageContaining("TM-176");
    assertThat(storage.paths()).doesNotContain("batches/2");
  }

  /** To void the plan would give the table a later batch, after which the hole is not seen. */
  @Test
  void doesNotGoBackByItselfOverABatchThatIsDecided() throws IOException {
    seal(0, 10);
    run(driver(0, 1), 1_000, 2_900);
    seal(10, 20);
    run(driver(0, 1), 3_000, 4_900);
    seal(20, 30);
    Driver planner = driver(0, 1);
    long nowMs = 5_000;
    while (!storage.paths().contains("batches/2")) {
      planner.step(nowMs += 100);
    }
    tables.table(TABLE).versions().remove(1);
    Driver driver = driver(0, 1);
    driver.rebaseRestoredTables();
    long fromMs = nowMs;
    assertThatThrownBy(() -> run(driver, fromMs, fromMs + 9_000)).hasMessageContaining("TM-176");
    assertThat(tables.table(TABLE).versions()).hasSize(1);

    OffsetReset back = new OffsetRequests(checkpoint).returnTo("request-1", "test", 0);
    AtomicLong clock = new AtomicLong(fromMs);
    new ResetExecution(() -> clock.addAndGet(100), ms -> {}, 60_000)
        .carryOut(driver(0, 1), back, "memory");
    assertThat(newestBatch().frontier().end(P0)).hasValue(10);
  }

  @Test
  void doesNotGoBackWithARestoredTableWhileItCarriesOutABatchOfSpark() throws IOException {
    seal(0, 10);
    run(driver(0, 1), 1_000, 2_900);
    seal(10, 20);
    run(driver(0, 1), 3_000, 4_900);
    tables.table(TABLE).versions().remove(1);
    Map<TopicPartition, Long> planned = Map.of(P0, 30L);
    checkpoint
        .offsets()
        .create(
            2, new OffsetLog.Entry(0, 0, new TreeMap<>(), new Frontier(Offsets.sorted(planned))));
    seal(20, 30);
    Driver driver = driver(0, 1);
    driver.rebaseRestoredTables();
    assertThatThrownBy(() -> run(driver, 5_000, 8_000)).hasMessageContaining("TM-176");
    assertThat(storage.paths()).doesNotContain("batches/2");
  }

  /** What a task asks for, it may have seen long ago. */
  @ParameterizedTest
  @ValueSource(strings = {"second", "third"})
  void leavesATopicAsItIsThatOthersHaveGoneOnWithSince(String newest) throws IOException {
    sealOf("first", -1, 0, 10);
    Driver driver = driver(0, 1);
    run(driver, 1_000, 2_900);
    driver.reset(rebase("first", newest, 0));
    run(driver, 3_000, 3_900);
    assertThat(newestBatch().frontier().end(P0)).hasValue(0);
    long reset = newestBatch().number();
    sealOf(newest, reset, 0, 5);
    run(driver, 4_000, 4_900);
    assertThat(newestBatch().frontier().end(P0)).hasValue(5);

    driver.reset(rebase("first", "second", 0));
    run(driver, 5_000, 7_900);
    assertThat(newestBatch().frontier().end(P0)).hasValue(5);
    assertThat(newestBatch().continuity().resetBy()).isEqualTo(reset);
    assertThat(driver.hasReset()).as("nothing is left to carry out").isTrue();
  }

  /** The request and what it is based on may come to the same driver in either order. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void leavesTheEndsThatAnOperatorHasSetSinceATaskLooked(boolean askedBefore) throws IOException {
    sealOf("first", -1, 0, 10);
    Driver driver = driver(0, 1);
    run(driver, 1_000, 2_900);
    if (askedBefore) {
      driver.reset(rebase("first", "second", 3));
    }
    alter(4);
    if (!askedBefore) {
      run(driver, 3_000, 4_900);
      driver.reset(rebase("first", "second", 3));
    }
    run(driver, 5_000, 6_900);
    assertThat(driver.hasReset()).isTrue();
    assertThat(newestBatch().frontier().end(P0)).hasValue(4);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void leavesThemWhenOthersHaveContinued(boolean afterABatch) throws IOException {
    sealOf("first", -1, 0, 10);
    Driver driver = driver(0, 1);
    run(driver, 1_000, afterABatch ? 2_900 : 1_900);
    for (int end = 4; end < 20; end++) {
      alter(end);
    }
    assertThat(storage.paths()).as("removed with old batches").doesNotContain("commits/1");
    driver.reset(rebase("first", "second", 3));
    run(driver, 3_000, 4_900);
    assertThat(driver.hasReset()).isTrue();
    assertThat(newestBatch().frontier().end(P0)).hasValue(19);
  }

  /** Where a topic was read that no batch knows yet, the segments tell. */
  @Test
  void continuesWithANewTopicThoughOnlySegmentsKnowTheOldOne() throws IOException {
    Driver driver = driver(0, 1);
    run(driver, 1_000, 2_900);
    sealOf("first", -1, 0, 10);
    driver.reset(rebase("first", "second", 3));
    run(driver, 3_000, 4_900);
    assertThat(newestBatch().frontier().end(P0)).hasValue(3);
    assertThat(heard).as("it took the segment").anyMatch(batch -> !batch.accepted().isEmpty());
  }

  @Test
  void keepsWhatAnOperatorAskedForWhenSomebodyElseResetsTheFrontier() throws IOException {
    seal(0, 10);
    Driver driver = driver(0, 1);
    run(driver, 1_000, 2_900);
    driver.reset(request("mine", 3));
    alter(4);
    run(driver, 3_000, 4_900);
    assertThat(driver.hasReset()).isTrue();
    assertThat(heard.get(heard.size() - 1).frontier().end(P0)).hasValue(3);
  }

  /** As an operator does with another driver. */
  private void alter(long end) throws IOException {
    new ResetExecution(() -> 2_000, ms -> {}, 1_000)
        .carryOut(driver(0, 1), request("alter-" + end, end), "memory");
  }

  private static OffsetReset request(String id, long end) {
    return OffsetReset.of(id, "test", Map.of(P0, OptionalLong.of(end)), Origin.UNKNOWN);
  }

  private static OffsetReset rebase(String from, String to, long end) {
    return OffsetReset.rebase(
        P0.topic(), from, to, Optional.empty(), Map.of(P0, OptionalLong.of(end)));
  }

  private Batch newestBatch() {
    return heard.get(heard.size() - 1);
  }

  private void run(Driver driver, long fromMs, long toMs) throws IOException {
    long nowMs = fromMs;
    while (nowMs <= toMs) {
      nowMs = Math.max(nowMs + 1, driver.step(nowMs));
    }
  }

  private void seal(long from, long to) throws IOException {
    seal(Map.of(P0, new OffsetRange(from, to, from == 0)));
  }

  private void seal(Map<TopicPartition, OffsetRange> ranges) throws IOException {
    SegmentId id = new SegmentId(SESSION, sequence++);
    checkpoint
        .segments()
        .create(
            Segment.of(id, sealedMs, ranges, Map.of(TABLE, "id-1"), List.of(file("part-" + id))));
  }

  /** Of a topic with that id, in a session of its own, begun after that batch. */
  private void sealOf(String topicId, long after, long from, long to) throws IOException {
    SessionId session = new SessionId(0, (int) after + 10, 0, "0000000a");
    checkpoint.sessions().open(session);
    Segment segment =
        Segment.of(
            session.firstSegment(),
            0,
            Map.of(P0, new OffsetRange(from, to, after < 0)),
            Map.of(TABLE, "id-1"),
            List.of(file("part-of-" + topicId)));
    Origin origin = new Origin(Optional.empty(), new TreeMap<>(Map.of(P0.topic(), topicId)));
    checkpoint
        .segments()
        .create(
            new Segment(
                segment.id(),
                segment.sealedMs(),
                segment.ranges(),
                segment.tables(),
                segment.files(),
                segment.operators(),
                segment.silentSinceMs(),
                new Provenance(after, origin, new TreeMap<>(Offsets.ORDER))));
  }

  private static DataFile file(String path) {
    return new DataFile(TABLE, path, Map.of(), 1, 0, 1, "{}");
  }

  private Driver driver(int task, int tasks) {
    return driver(task, tasks, TIMING);
  }

  private Driver driver(int task, int tasks, DriverTiming timing) {
    return new Driver(
        checkpoint,
        new BatchCommit(checkpoint, tables, removal(), "query"),
        new Cleanup(checkpoint, removal(), 3),
        WindowCloser.none(checkpoint),
        timing,
        task,
        tasks,
        "writer" + task,
        heard::add);
  }

  private DataFiles removal() {
    return new DataFiles(new Removal(), tables, new LongAdder());
  }

  private final class Removal implements TableFolders {

    @Override
    public boolean isWhole(DataFile file) {
      return !removed.contains(file.path());
    }

    @Override
    public void delete(String table, String path) {
      removed.add(path);
    }

    @Override
    public List<Leftover> orphans(String table, Map<SessionId, Integer> accepted) {
      return List.of();
    }

    @Override
    public List<Leftover> owned(String table, String owner, Set<String> kept) {
      return List.of();
    }
  }
}
