package io.tidemark.sink.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.checkpoint.log.OperatorSegment;
import io.tidemark.common.TidemarkException;
import io.tidemark.sink.fake.Faults;
import io.tidemark.sink.fake.MemoryStorage;
import io.tidemark.sink.record.Rejects;
import io.tidemark.windows.close.Operator;
import io.tidemark.windows.config.WindowedAggregateConfig;
import io.tidemark.windows.run.PlainRunStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;

class TaskOperatorTest {

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
  private long offset;

  private TaskOperator operator(Rejects sink, long bufferBytes) {
    return operator(
        sink,
        bufferBytes,
        Map.of(
            "aggregates", "lo=min(a), s=sum(b)",
            "group.by", "g",
            "event.time.field", "at",
            "window.size.ms", "1000",
            "watermark.delay.ms", "0"));
  }

  private TaskOperator operator(Rejects sink, long bufferBytes, Map<String, String> props) {
    TaskOperator operator =
        new TaskOperator(
            new Operator(
                new WindowedAggregateConfig(props).aggregation("op"),
                new PlainRunStore(storage, "state/op")),
            sink,
            bufferBytes);
    operator.begin("segment");
    return operator;
  }

  private SinkRecord record(Object... fields) {
    Map<String, Object> value = new HashMap<>(Map.of("at", 5L));
    for (int i = 0; i < fields.length; i += 2) {
      value.put((String) fields[i], fields[i + 1]);
    }
    return new SinkRecord(
        "orders", 0, null, null, null, value, offset++, 0L, TimestampType.CREATE_TIME);
  }

  @Test
  void rejectsWhatTheConverterHasLeftInItsSchema() throws IOException {
    Map<String, Object> envelope =
        Map.of("schema", Map.of("type", "struct"), "payload", Map.of("at", 5L, "a", 1L));
    TaskOperator operator = operator(rejects, 1_000_000);
    operator.add(
        List.of(
            new SinkRecord(
                "orders", 0, null, null, null, envelope, offset++, 5L, TimestampType.CREATE_TIME),
            record("g", "x", "a", 2L)),
        0);
    assertThat(rejected).singleElement().asString().contains("TM-109", "orders-0@0");
    assertThat(operator.finish().rows()).isEqualTo(1);
  }

  /** As in Spark: they are in no session, but the watermark follows them. */
  @Test
  void leavesOutRecordsWithoutGapAndRejectsThoseWhoseGapIsNone() throws IOException {
    TaskOperator operator =
        operator(
            rejects,
            1_000_000,
            Map.of(
                "aggregates", "n=count(*)",
                "group.by", "g",
                "event.time.field", "at",
                "window.type", "session",
                "window.gap.expression", "coalesce(gap, other)",
                "watermark.delay.ms", "0"));
    operator.add(
        List.of(
            record("g", "x", "gap", 5L),
            record("g", 7L, "at", 90L),
            record("g", "x", "gap", 0L, "at", 80L),
            record("g", "x", "gap", "-1 second"),
            record("g", "x", "gap", "soon")),
        1_000);
    assertThat(rejected).singleElement().asString().contains("TM-411", "orders-0@4");
    OperatorSegment part = operator.finish();
    assertThat(part.rows()).isEqualTo(1);
    assertThat(part.lateRows()).isZero();
    assertThat(part.types()).isEqualTo(Map.of("g", "string"));
    assertThat(part.maxEventMs()).isEqualTo(Map.of(new TopicPartition("orders", 0), 90L));
    assertThat(part.runs())
        .singleElement()
        .satisfies(run -> assertThat(run.minMicros()).isEqualTo(10_000));
  }

  @Test
  void rejectsWhatAnExpressionCannotTake() throws IOException {
    TaskOperator operator =
        operator(
            rejects,
            1_000_000,
            Map.of(
                "aggregates", "s=sum(100 / a)",
                "group.by", "lower(g) AS g, a > 5 AS big",
                "event.time.field", "at",
                "window.size.ms", "1000",
                "watermark.delay.ms", "0"));
    operator.add(List.of(record("g", "X", "a", 0L), record("g", "X", "a", 3L)), 0);
    assertThat(rejected).singleElement().asString().contains("TM-409", "orders-0@0", "100 / a");
    OperatorSegment part = operator.finish();
    assertThat(part.rows()).isEqualTo(1);
    assertThat(part.types())
        .isEqualTo(Map.of("lower(`g`)", "string", "(`a` > 5)", "boolean", "(100 / `a`)", "double"));
  }

  @Test
  void learnsNoTypesFromARecordThatItRejects() throws IOException {
    TaskOperator operator = operator(rejects, 1_000_000);
    operator.add(List.of(record("g", "x", "a", "text", "b", "text")), 0);
    assertThat(rejected).singleElement().asString().contains("TM-403").contains("orders-0@0");
    operator.add(List.of(record("g", 1L, "a", 2L, "b", 3L)), 0);
    assertThat(rejected).hasSize(1);
    OperatorSegment part = operator.finish();
    assertThat(part.types()).isEqualTo(Map.of("g", "long", "a", "long", "b", "long"));
    assertThat(part.rows()).isEqualTo(1);
  }

  @Test
  void joinsTypesAndRefusesThoseThatHaveNoneInCommon() throws IOException {
    TaskOperator operator = operator(rejects, 1_000_000);
    operator.add(
        List.of(
            record("g", 1L, "a", 2L, "b", 3L),
            record("g", 1L, "a", 2.5, "b", 3.5),
            record("g", 1L, "a", "text", "b", 3.5),
            record("g", 1.0, "a", 2L, "b", 3L),
            record("g", 1L, "a", 2L, "b", 3L)),
        0);
    assertThat(rejected).hasSize(2);
    assertThat(rejected.get(0)).startsWith("TM-250").doesNotContain("text");
    assertThat(rejected.get(1)).startsWith("TM-405").contains("orders-0@3");
    OperatorSegment part = operator.finish();
    assertThat(part.types()).isEqualTo(Map.of("g", "long", "a", "double", "b", "double"));
    assertThat(part.rows()).isEqualTo(3);
  }

  @Test
  void failsWithTheReasonWhereErrorsAreNotTolerated() {
    TaskOperator operator = operator(new Rejects(Optional.empty(), false), 1_000_000);
    assertThatThrownBy(() -> operator.add(List.of(record("at", null)), 0))
        .isInstanceOf(TidemarkException.class)
        .hasMessageContaining("TM-402");
  }

  @Test
  void leavesOutTombstones() throws IOException {
    TaskOperator operator = operator(rejects, 1_000_000);
    operator.add(
        List.of(
            new SinkRecord("orders", 0, null, null, null, null, 0, 0L, TimestampType.CREATE_TIME)),
        0);
    assertThat(operator.finish().runs()).isEmpty();
    assertThat(rejected).isEmpty();
  }

  @Test
  void writesARunWhenItsBufferIsFullAndOnlyThen() throws IOException {
    TaskOperator operator = operator(rejects, 200_000);
    for (long i = 0; i < 20_000; i++) {
      operator.add(List.of(record("g", i, "a", i, "b", i)), 0);
    }
    OperatorSegment part = operator.finish();
    assertThat(part.rows()).isEqualTo(20_000);
    assertThat(part.runs()).hasSizeBetween(5, 60);
    operator.begin("next");
    operator.add(List.of(record("g", 1L), record("g", 2L), record("g", 3L)), 0);
    assertThat(operator.finish().runs())
        .singleElement()
        .satisfies(run -> assertThat(run.partials()).isEqualTo(3));
  }

  @Test
  void doesNotLetTheFarFutureMoveTheWatermark() throws IOException {
    TaskOperator operator = operator(rejects, 1_000_000);
    long day = 86_400_000;
    operator.add(List.of(record("at", day + 7), record("at", day + 8), record("at", 3L)), 7);
    OperatorSegment part = operator.finish();
    assertThat(part.maxEventMs()).isEqualTo(Map.of(new TopicPartition("orders", 0), day + 7));
    assertThat(part.rows()).isEqualTo(3);
  }

  @Test
  void deletesTheRunsOfASegmentThatIsAborted() throws IOException {
    TaskOperator operator = operator(rejects, 1);
    operator.add(Arrays.asList(record("g", 1L), record("g", 2L)), 0);
    assertThat(storage.paths()).containsExactly("state/op/segment-0.run", "state/op/segment-1.run");
    operator.abort();
    assertThat(storage.paths()).isEmpty();
  }
}
