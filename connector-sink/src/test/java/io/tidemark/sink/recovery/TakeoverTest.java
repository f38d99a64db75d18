package io.tidemark.sink.recovery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.checkpoint.log.Batch;
import io.tidemark.checkpoint.log.CheckpointLocation;
import io.tidemark.checkpoint.log.DecidedSegments;
import io.tidemark.checkpoint.log.Frontier;
import io.tidemark.checkpoint.log.OffsetLog;
import io.tidemark.checkpoint.log.Offsets;
import io.tidemark.common.TidemarkException;
import io.tidemark.delta.table.Append;
import io.tidemark.delta.table.CommittedBatch;
import io.tidemark.sink.fake.Faults;
import io.tidemark.sink.fake.MemoryStorage;
import io.tidemark.sink.fake.MemoryTables;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is done to a checkpoint location that Spark has used last, and which ones are refused. */
class TakeoverTest {

  private static final String TABLE = "memory:/orders";
  private static final String METADATA =
      "v1\n{\"batchWatermarkMs\":0,\"batchTimestampMs\":9,\"conf\":{\"spark.x\":\"y\"}}\n";
  private static final TopicPartition P0 = new TopicPartition("orders", 0);

  private final Faults faults = new Faults();
  private final MemoryStorage storage = new MemoryStorage(faults);
  private final MemoryTables tables = new MemoryTables(faults);
  private final CheckpointLocation checkpoint = new CheckpointLocation(storage);
  private boolean windowed;
  private Optional<String> location = Optional.of(TABLE);

  @BeforeEach
  void oneBatchOfSpark() throws IOException {
    tables.add(TABLE, "id-1");
    put("metadata", "{\"id\":\"query\"}");
    put("offsets/0", METADATA + "{\"orders\":{\"0\":5}}");
    put("commits/0", "v1\n{\"nextBatchWatermarkMs\":0}");
    inTable(0);
  }

  @Test
  void leavesEverythingAsItIsAfterACommittedBatch() throws IOException {
    List<String> before = storage.paths();
    takeOver();
    takeOver();
    assertThat(storage.paths()).isEqualTo(before);
  }

  /** By a table checkpoint, when delta.setTransactionRetentionDuration is set. */
  @Test
  void findsBatchesOfSparkWhoseTransactionsWereDropped() throws IOException {
    put("offsets/1", METADATA + "{\"orders\":{\"0\":9}}");
    inTable(1);
    tables.table(TABLE).dropTransactions();
    takeOver();
    assertThat(storage.paths()).contains("commits/1");
  }

  @Test
  void commitsWhatTheTableHas() throws IOException {
    put("offsets/1", METADATA + "{\"orders\":{\"0\":9}}");
    inTable(1);
    takeOver();
    assertThat(storage.read("commits/1").map(content -> new String(content, UTF_8)))
        .hasValue("v1\n{\"nextBatchWatermarkMs\":0}");
    assertThat(new Recovery(checkpoint).position().limits().isNone()).isTrue();
  }

  @Test
  void keepsWhatTheTableDoesNotHaveAsTheLimitsOfTheNextBatch() throws IOException {
    put("offsets/1", METADATA + "{\"orders\":{\"0\":9}}");
    takeOver();
    Recovery.Position position = new Recovery(checkpoint).position();
    assertThat(position.committed().frontier().end(P0)).hasValue(5);
    assertThat(position.limits().batch()).isEqualTo(1);
    assertThat(position.limits().ends().end(P0)).hasValue(9);
    assertThat(storage.paths()).doesNotContain("commits/1");
  }

  @Test
  void costsAnOrdinaryStartAFewLooks() throws IOException {
    plan(0, 5);
    int before = faults.operations().size();
    takeOver();
    assertThat(faults.operations().subList(before, faults.operations().size()))
        .containsExactly(
            "list commits",
            "read batches/0",
            "read offsets/0",
            "read batches/1",
            "read offsets/1",
            "list commits");
  }

  @Test
  void continuesWhereSparkIsWhenAnOldPlanSaysOtherwise() throws IOException {
    plan(0, 7);
    takeOver();
    assertThat(new Recovery(checkpoint).position().committed().frontier().end(P0)).hasValue(5);
  }

  @Test
  void leavesToSparkABatchThatItPlannedOtherwiseThanTheConnector() throws IOException {
    put("offsets/1", METADATA + "{\"orders\":{\"0\":9}}");
    plan(1, 7);
    assertRefused("TM-305", "offsets/1", "another plan", "spark-handover.md#unfinished-batch");
  }

  @Test
  void leavesToSparkABatchWithAPartitionThatNoBatchHasNamed() throws IOException {
    put("offsets/1", METADATA + "{\"orders\":{\"0\":9,\"1\":3}}");
    assertRefused("TM-305", "at which it begins in orders-1");
    inTable(1);
    takeOver();
    assertThat(storage.paths()).contains("commits/1");
  }

  @Test
  void leavesToSparkABatchThatLeavesOutAPartition() throws IOException {
    put("offsets/1", METADATA + "{\"other\":{}}");
    assertRefused("TM-305", "leaves out orders-0");
  }

  @Test
  void refusesAQueryWithState() {
    put("state/0/0/1.delta", "");
    assertRefused("TM-156", "state/0/0/1.delta", "memory:/checkpoint");
  }

  @Test
  void refusesWindowsAfterABatchOfSpark() {
    windowed = true;
    assertRefused("TM-157", "batch 0 of memory:/checkpoint");
  }

  @Test
  void refusesAConnectorWithSeveralTables() {
    location = Optional.empty();
    assertRefused("TM-158", "table.base.path");
  }

  @Test
  void refusesAConnectorThatDoesNotReadATopicOfTheQuery() {
    put("offsets/0", METADATA + "{\"orders\":{\"0\":5},\"refunds\":{\"0\":1}}");
    assertRefused("TM-159", "topic refunds");
  }

  @Test
  void refusesATableThatTheQueryHasNotWrittenTo() throws IOException {
    put("offsets/1", METADATA + "{\"orders\":{\"0\":9}}");
    put("commits/1", "v1\n{\"nextBatchWatermarkMs\":0}");
    assertRefused("TM-162", "no batch after 0", "commits/1", "foreachBatch");
    tables.add(TABLE, "id-2");
    assertRefused("TM-162", "has no batch of that query");
    tables.drop(TABLE);
    assertRefused("TM-162", "has no batch of that query");
  }

  @Test
  void refusesATableThatIsAheadOfTheCheckpointLocation() throws IOException {
    inTable(4);
    assertRefused("TM-161", "has batch 4", "offsets/0");
  }

  /** Nothing in the location tells: the plan is lost, and the mark of its entry. */
  @Test
  void refusesABatchThatTheTableKnowsAsOurs() throws IOException {
    put("offsets/1", METADATA + "{\"orders\":{\"0\":9}}");
    Map<String, String> tags = Map.of(CommittedBatch.PLAN_TAG, "1-0f");
    tables
        .table(TABLE)
        .append(
            new Append(
                "query",
                1,
                tables.table(TABLE).lastTransaction("query"),
                OptionalLong.empty(),
                List.of(),
                Map.of(),
                tags));
    assertRefused("TM-316", "offsets/1", "carries out plan 1-0f", "recovery.md#whose-batch-it-is");
    put("commits/1", "v1\n{\"nextBatchWatermarkMs\":0}");
    assertRefused("TM-316", "offsets/1");
  }

  @Test
  void refusesABatchOfOursWhosePlanIsMissing() throws IOException {
    plan(1, 9);
    checkpoint
        .offsets()
        .create(1, OffsetLog.Entry.of(checkpoint.batches().read(1).orElseThrow(), Map.of()));
    put("commits/1", "v1\n{\"nextBatchWatermarkMs\":0}");
    checkpoint.batches().delete(1);
    assertRefused("TM-303", "batches/1");
  }

  @Test
  void refusesABatchThatEndsBeforeTheOneBeforeIt() throws IOException {
    put("offsets/1", METADATA + "{\"orders\":{\"0\":4}}");
    put("commits/1", "v1\n{\"nextBatchWatermarkMs\":0}");
    inTable(1);
    assertRefused("TM-301", "offsets/1", "orders-0 ends at a lower offset");
  }

  @Test
  void refusesAQueryWithOtherSources() {
    put("offsets/0", METADATA + "{\"orders\":{\"0\":5}}\n{\"other\":{\"0\":5}}");
    assertRefused("TM-308", "offsets/0", "2 sources");
    put("offsets/0", METADATA + "{\"logOffset\":3}");
    assertRefused("TM-308", "not Kafka");
    put("offsets/0", METADATA + "7");
    assertRefused("TM-308", "not Kafka");
    put("offsets/0", "v2\n{}\n{}");
    assertRefused("TM-302", "v2", "Spark");
  }

  @Test
  void refusesABatchThatLeavesOutWhatTheConnectorHadRead() throws IOException {
    plan(0, 5);
    put("offsets/1", METADATA + "{\"refunds\":{\"0\":9}}");
    put("commits/1", "v1\n{\"nextBatchWatermarkMs\":0}");
    inTable(1);
    assertRefused("TM-309", "offsets/1", "orders-0", "batches/0");
  }

  @Test
  void doesNothingInAFreshLocation() {
    CheckpointLocation fresh = new CheckpointLocation(new MemoryStorage(faults));
    assertThatCode(new Takeover(fresh, tables, location, topic -> true, true)::run)
        .doesNotThrowAnyException();
  }

  private void assertRefused(String code, String... parts) {
    List<String> before = storage.paths();
    AbstractThrowableAssert<?, ?> refusal =
        assertThatThrownBy(this::takeOver)
            .isInstanceOf(TidemarkException.class)
            .hasMessageStartingWith(code);
    for (String part : parts) {
      refusal.hasMessageContaining(part);
    }
    assertThat(storage.paths()).isEqualTo(before);
  }

  private void takeOver() throws IOException {
    new Takeover(checkpoint, tables, location, "orders"::equals, windowed).run();
  }

  private void inTable(long batch) throws IOException {
    tables
        .table(TABLE)
        .append(
            new Append("query", batch, List.of(), Map.of())
                .after(tables.table(TABLE).lastTransaction("query")));
  }

  private void plan(long number, long end) throws IOException {
    Map<TopicPartition, Long> ends = Map.of(P0, end);
    checkpoint
        .batches()
        .create(
            number,
            new Batch(
                number,
                "driver",
                9,
                DecidedSegments.NONE,
                new Frontier(Offsets.sorted(ends)),
                new TreeMap<>(),
                new TreeMap<>()));
  }

  private void put(String path, String content) {
    storage.put(path, content.getBytes(UTF_8));
  }
}
