package io.tidemark.sink.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.checkpoint.log.Batch;
import io.tidemark.checkpoint.log.Continuity;
import io.tidemark.checkpoint.log.DecidedSegments;
import io.tidemark.checkpoint.log.Frontier;
import io.tidemark.checkpoint.log.OffsetResets;
import io.tidemark.checkpoint.log.Offsets;
import io.tidemark.checkpoint.log.Origin;
import io.tidemark.checkpoint.log.WindowStates;
import io.tidemark.checkpoint.log.WrittenTables;
import io.tidemark.delta.table.Append;
import io.tidemark.delta.table.CommittedBatch;
import io.tidemark.sink.fake.Faults;
import io.tidemark.sink.fake.MemoryTable;
import io.tidemark.sink.fake.MemoryTables;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OffsetsInTableTest {

  private static final String TABLE = "memory:/orders";
  private static final String CHECKPOINT = "/checkpoints/renamed";

  private final MemoryTables tables = new MemoryTables(new Faults());
  private MemoryTable table;

  @BeforeEach
  void create() {
    table = tables.add(TABLE, "id-1");
  }

  @Test
  void refusesTheTopicOfAnotherQueryAndNamesThreeWaysOn() throws IOException {
    append("former", 9, plan(9, Batch.NONE, "orders"), Map.of("orders-0", "[90, 100)"));
    assertThatThrownBy(() -> check(false).require(Batch.NONE, plan(0, Batch.NONE, "orders")))
        .hasMessageContainingAll(
            "TM-166",
            "orders",
            TABLE,
            "version 0",
            "batch 9 of query former",
            "orders-0=[90, 100)",
            "checkpoint.location.taken.over.from",
            "bin/tidemark adopt " + CHECKPOINT + " --table " + TABLE + " --query-id former",
            "on.offsets.in.table=append");
  }

  @Test
  void refusesATopicThatTheNewestBatchOfTheOtherQueryHadNoRecordsOf() throws IOException {
    append("former", 9, plan(9, Batch.NONE, "orders", "refunds"), Map.of("refunds-0", "[0, 1)"));
    assertThatThrownBy(() -> check(false).require(Batch.NONE, plan(0, Batch.NONE, "orders")))
        .hasMessageContaining("TM-166");
  }

  @Test
  void findsTheQueryAfterAnother() throws IOException {
    append("former", 9, plan(9, Batch.NONE, "orders"), Map.of("orders-0", "[90, 100)"));
    append("neighbour", 3, plan(3, Batch.NONE, "refunds"), Map.of("refunds-0", "[0, 1)"));
    assertThatThrownBy(() -> check(false).require(Batch.NONE, plan(0, Batch.NONE, "orders")))
        .hasMessageContaining("query former");
  }

  @Test
  void letsConnectorsOfDifferentTopicsShareATable() throws IOException {
    append("neighbour", 3, plan(3, Batch.NONE, "refunds"), Map.of("refunds-0", "[0, 1)"));
    assertThatCode(() -> check(false).require(Batch.NONE, plan(0, Batch.NONE, "orders")))
        .doesNotThrowAnyException();
  }

  @Test
  void doesNotMindBatchesOfSpark() throws IOException {
    table.append(new Append("spark", 5, List.of(), Map.of()).after(OptionalLong.empty()));
    assertThatCode(() -> check(false).require(Batch.NONE, plan(0, Batch.NONE, "orders")))
        .doesNotThrowAnyException();
  }

  @Test
  void appendsOnPurpose() throws IOException {
    append("former", 9, plan(9, Batch.NONE, "orders"), Map.of("orders-0", "[90, 100)"));
    assertThatCode(() -> check(true).require(Batch.NONE, plan(0, Batch.NONE, "orders")))
        .doesNotThrowAnyException();
  }

  @Test
  void asksNoMoreOnceTheQueryHasHistoryInTheTable() throws IOException {
    append("former", 9, plan(9, Batch.NONE, "orders"), Map.of("orders-0", "[90, 100)"));
    Batch committed = plan(4, Batch.NONE, "orders");
    assertThatCode(() -> check(false).require(committed, plan(5, committed, "orders")))
        .doesNotThrowAnyException();
  }

  @Test
  void refusesATopicThatIsAddedLater() throws IOException {
    append("neighbour", 3, plan(3, Batch.NONE, "refunds"), Map.of("refunds-0", "[0, 1)"));
    Batch committed = plan(4, Batch.NONE, "orders");
    assertThatThrownBy(
            () -> check(false).require(committed, plan(5, committed, "orders", "refunds")))
        .hasMessageContaining("TM-166")
        .hasMessageContaining("begin to write refunds");
  }

  @Test
  void refusesToGuessWhatAQueryReadWhoseVersionsAreGone() {
    table.gone.add("former");
    assertThatThrownBy(() -> check(false).require(Batch.NONE, plan(0, Batch.NONE, "orders")))
        .hasMessageContainingAll("TM-167", "query former", "on.offsets.in.table=append");
    Batch committed = plan(4, Batch.NONE, "orders");
    assertThatCode(() -> check(false).require(committed, plan(5, committed, "orders", "added")))
        .as("a query at work")
        .doesNotThrowAnyException();
  }

  @Test
  void takesABatchThatResetsForOneThatWrites() throws IOException {
    append("former", 9, plan(9, Batch.NONE, "orders"), Map.of("orders-0", "[90, 100)"));
    Batch plan =
        plan(0, Batch.NONE, "orders")
            .reset(
                new OffsetResets("id", "test", new TreeMap<>(Offsets.ORDER)),
                Origin.UNKNOWN,
                new TreeMap<>());
    assertThatThrownBy(() -> check(false).require(Batch.NONE, plan)).hasMessageContaining("TM-166");
  }

  @Test
  void tellsInTagsWhatAQueryHasReadAndWritten() {
    NamedQuery query =
        NamedQuery.parse(NamedQuery.tags(plan(3, Batch.NONE, "orders", "refunds"))).orElseThrow();
    assertThat(query.topics()).containsExactly("orders", "refunds");
    assertThat(query.tables()).isEqualTo(1);
    assertThat(query.operators()).isEmpty();
    assertThat(NamedQuery.parse(Map.of("tidemark.topics", "[\"a\"]"))).isEmpty();
  }

  private OffsetsInTable check(boolean appends) {
    return new OffsetsInTable(tables, "ours", CHECKPOINT, appends);
  }

  private void append(String query, long batch, Batch plan, Map<String, String> offsets)
      throws IOException {
    Map<String, String> tags = new TreeMap<>(NamedQuery.tags(plan));
    tags.put(CommittedBatch.PLAN_TAG, "mark");
    table.append(
        new Append(
            query,
            batch,
            table.lastTransaction(query),
            OptionalLong.empty(),
            List.of(),
            offsets,
            tags));
  }

  private static Batch plan(long number, Batch before, String... topics) {
    SortedMap<TopicPartition, Long> ends = new TreeMap<>(Offsets.ORDER);
    ends.putAll(before.frontier().ends());
    for (String topic : topics) {
      ends.put(new TopicPartition(topic, 0), number * 10);
    }
    return new Batch(
        number,
        "writer",
        0,
        DecidedSegments.NONE,
        new Frontier(ends),
        new WrittenTables(
            new TreeMap<>(Map.of(TABLE, "id-1")), new TreeMap<>(Map.of(TABLE, number))),
        new TreeMap<>(),
        WindowStates.NONE,
        Continuity.NONE);
  }
}
