package io.tidemark.sink.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.checkpoint.log.Batch;
import io.tidemark.checkpoint.log.OperatorSegment;
import io.tidemark.checkpoint.log.OperatorState;
import io.tidemark.checkpoint.log.Run;
import io.tidemark.sink.fake.Faults;
import io.tidemark.sink.fake.MemoryStorage;
import io.tidemark.sink.file.RowGate;
import io.tidemark.sink.record.Rejects;
import io.tidemark.windows.close.Operator;
import io.tidemark.windows.config.DropDuplicatesConfig;
import io.tidemark.windows.run.PlainRunStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;

class TaskDeduplicationTest {

  private final MemoryStorage storage = new MemoryStorage(new Faults());
  private final List<String> rejected = new ArrayList<>();
  private final Rejects rejects =
      new Rejects(
          Optional.of(
              (record, error) -> {
                rejected.add(error.getMessage());
                return CompletableFuture.completedFuture(null);
              }),
          true);
  private final List<Object> rows = new ArrayList<>();
  private long offset;

  private TaskDeduplication operator(long bufferBytes) {
    TaskDeduplication operator =
        new TaskDeduplication(
            new Operator(
                new DropDuplicatesConfig(Map.of("keys", "id", "watermark.delay.ms", "0"))
                    .aggregation("once"),
                new PlainRunStore(storage, "state/once")),
            rejects,
            bufferBytes);
    operator.begin("segment");
    return operator;
  }

  private SinkRecord record(Object value) {
    return new SinkRecord(
        "orders", 0, null, null, null, value, offset++, 7L, TimestampType.CREATE_TIME);
  }

  private SinkRecord event(Object id) {
    return record(Map.of("id", id, "n", offset));
  }

  /** The copy that Connect makes of a record after the transformations. */
  private static SinkRecord delivered(SinkRecord seen, Object value) {
    return new SinkRecord(
        seen.topic(),
        seen.kafkaPartition(),
        null,
        null,
        null,
        value,
        seen.kafkaOffset(),
        seen.timestamp(),
        seen.timestampType());
  }

  /** Writes what is admitted, as a writer of data files does, but for records with this id. */
  private void write(TaskDeduplication operator, Object bad, SinkRecord... records)
      throws IOException {
    write(operator, bad, List.of(records), List.of(records));
  }

  private void write(
      TaskDeduplication operator, Object bad, List<SinkRecord> all, List<SinkRecord> seen)
      throws IOException {
    List<SinkRecord> delivered = all.stream().map(any -> delivered(any, any.value())).toList();
    RowGate gate = operator.gate(delivered, seen, 1_000).orElseThrow();
    for (SinkRecord record : delivered) {
      if (gate.admits(record) && !record.value().equals(bad)) {
        rows.add(record.kafkaOffset());
        gate.written(record, 0, rows.size() - 1);
      }
    }
  }

  @Test
  void dropsWhatRepeatsAKeyWithinTheSegment() throws IOException {
    TaskDeduplication operator = operator(1_000_000);
    write(operator, null, event("a"), event("b"), event("a"));
    write(operator, null, event("b"), event("c"));
    assertThat(rows).containsExactly(0L, 1L, 4L);
    assertThat(operator.rows()).isEqualTo(2);
    OperatorSegment part = operator.finish();
    assertThat(part.rows()).isEqualTo(5);
    assertThat(part.runs()).singleElement().extracting(Run::partials).isEqualTo(3L);
    assertThat(part.maxEventMs()).containsEntry(new TopicPartition("orders", 0), 7L);
  }

  @Test
  void aRecordThatBecameNoRowHidesNoOther() throws IOException {
    TaskDeduplication operator = operator(1_000_000);
    SinkRecord bad = event("a");
    write(operator, bad.value(), bad, event("a"), event("a"));
    assertThat(rows).containsExactly(1L);
  }

  @Test
  void rejectsARecordWithoutItsKeyWhenItsSchemaSaysSo() throws IOException {
    TaskDeduplication operator = operator(1_000_000);
    write(operator, null, record("text"));
    assertThat(rows).isEmpty();
    assertThat(rejected).singleElement().asString().contains("orders-0@0");
  }

  @Test
  void rejectsARecordThatLacksAKeyInsteadOfTakingAllSuchForOne() throws IOException {
    TaskDeduplication operator = operator(1_000_000);
    Map<String, Object> none = new HashMap<>();
    none.put("id", null);
    write(operator, null, record(Map.of("ID", 1L)), record(none), record(none));
    assertThat(rejected).singleElement().asString().contains("TM-483", "orders-0@0", "id");
    assertThat(rows).as("null is a value").containsExactly(1L);
  }

  @Test
  void recordsWithoutAValueAndThoseThatAPredicateLeavesOutAreNoDuplicates() throws IOException {
    TaskDeduplication operator = operator(1_000_000);
    SinkRecord first = event("a");
    SinkRecord other = event("a");
    SinkRecord second = event("a");
    write(operator, null, List.of(first, other, second), List.of(first, second));
    assertThat(rows).containsExactly(0L, 1L);
    assertThat(operator.gate(List.of(), List.of(), 0).orElseThrow().admits(record(null))).isTrue();
  }

  @Test
  void failsWhenARecordThatItHasSeenIsNotDelivered() {
    TaskDeduplication operator = operator(1_000_000);
    SinkRecord copy = event("a");
    assertThatThrownBy(() -> operator.gate(List.of(event("a")), List.of(copy), 0))
        .hasMessageContaining("TM-482")
        .hasMessageContaining("orders-0 at offset 0");
  }

  @Test
  void failsWhenAnotherTransformationHasChangedWhatItHasSeen() {
    TaskDeduplication operator = operator(1_000_000);
    SinkRecord seen = event("a");
    SinkRecord changed = delivered(seen, new HashMap<>((Map<?, ?>) seen.value()));
    assertThatThrownBy(() -> operator.gate(List.of(changed), List.of(seen), 0))
        .hasMessageContaining("TM-482");
  }

  @Test
  void leavesOutWhatIsLateByTheWatermarkThatItKnows() throws IOException {
    TaskDeduplication operator = operator(1_000_000);
    OperatorState state = OperatorState.initial(new TreeMap<>());
    operator.follow(
        Batch.NONE.closing(
            new TreeMap<>(
                Map.of(
                    "once",
                    new OperatorState(
                        state.definition(),
                        OptionalLong.of(7),
                        state.partitions(),
                        state.types(),
                        List.of(),
                        state.counts()))),
            new TreeMap<>(),
            List.of()));
    write(operator, null, event("a"));
    assertThat(rows).isEmpty();
    assertThat(operator.finish().lateRows()).isEqualTo(1);
  }

  @Test
  void writesARunWhenItsKeysTakeTooMuchHeap() throws IOException {
    TaskDeduplication operator = operator(1);
    write(operator, null, event("a"), event("b"), event("a"));
    assertThat(rows).as("the driver drops the last one").hasSize(3);
    assertThat(operator.finish().runs()).hasSize(3);
  }

  @Test
  void deletesItsRunsWhenTheSegmentIsDropped() throws IOException {
    TaskDeduplication operator = operator(1);
    write(operator, null, event("a"));
    assertThat(storage.list("state/once")).hasSize(1);
    operator.abort();
    assertThat(storage.list("state/once")).isEmpty();
  }
}
