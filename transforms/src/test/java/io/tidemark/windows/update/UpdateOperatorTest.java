package io.tidemark.windows.update;

import static io.tidemark.windows.update.World.order;
import static io.tidemark.windows.update.World.record;
import static io.tidemark.windows.update.World.struct;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.common.TidemarkException;
import io.tidemark.windows.FatalError;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of records that come once, again, too late, or not at all. */
class UpdateOperatorTest {

  private final World world;

  UpdateOperatorTest(@TempDir Path directory) {
    world = new World(directory);
  }

  private static SinkRecord order(boolean schema, long offset, long at, String product, long x) {
    return schema ? struct(0, offset, at, product, x) : World.order(0, offset, at, product, x);
  }

  /** Sum and count of a row. */
  private static List<Object> results(Optional<UpdateRow> row) {
    Object value = row.orElseThrow().value();
    return value instanceof Struct struct
        ? List.of(struct.get("total"), struct.get("n"))
        : List.of(((Map<?, ?>) value).get("total"), ((Map<?, ?>) value).get("n"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void turnsEachRecordIntoTheRowOfItsGroup(boolean schema) {
    try (UpdateOperator task = world.task(0)) {
      assertThat(results(task.add(order(schema, 0, 10, "apple", 3)))).containsExactly(3L, 1L);
      assertThat(results(task.add(order(schema, 1, 20, "bread", 5)))).containsExactly(5L, 1L);
      assertThat(results(task.add(order(schema, 2, 99, "apple", 4)))).containsExactly(7L, 2L);
      assertThat(results(task.add(order(schema, 3, 100, "apple", 1)))).containsExactly(1L, 1L);
    }
  }

  @Test
  void givesStructsWithTimestampsForRecordsWithSchema() {
    try (UpdateOperator task = world.task(0)) {
      UpdateRow row = task.add(struct(0, 0, 110, "apple", 3L)).orElseThrow();
      assertThat(row.topic()).isEqualTo(World.TOPIC);
      assertThat(row.key().toString())
          .isEqualTo(
              "Struct{window_start=" + date(100) + ",window_end=" + date(200) + ",product=apple}");
      assertThat(row.value().toString())
          .isEqualTo(
              "Struct{window=Struct{start="
                  + date(100)
                  + ",end="
                  + date(200)
                  + "},product=apple,total=3,n=1}");
      ((Struct) row.value()).validate();
      ((Struct) row.key()).validate();
      UpdateRow next = task.add(struct(0, 1, 120, "bread", 3L)).orElseThrow();
      assertThat(next.valueSchema()).isSameAs(row.valueSchema());
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void givesOnlyTheRowsThatMeetTheCondition(boolean schema) {
    world.config.put("having", "total > 5 AND window.start = TIMESTAMP '1970-01-01'");
    try (UpdateOperator task = world.task(0)) {
      assertThat(task.add(order(schema, 0, 10, "apple", 3))).isEmpty();
      assertThat(results(task.add(order(schema, 1, 20, "apple", 5)))).containsExactly(8L, 2L);
      assertThat(results(task.add(order(schema, 0, 10, "apple", 3)))).containsExactly(8L, 2L);
      assertThat(task.add(order(schema, 2, 120, "apple", 9))).isEmpty();
    }
  }

  @Test
  void addsNothingOfARecordForWhichTheConditionHasNoResult() {
    world.config.put("having", "10 / total > 1");
    try (UpdateOperator task = world.task(0)) {
      assertThat(results(task.add(order(true, 0, 10, "apple", 3)))).containsExactly(3L, 1L);
      assertThatThrownBy(() -> task.add(order(true, 1, 11, "apple", -3)))
          .isInstanceOf(TidemarkException.class)
          .hasMessageStartingWith("TM-406")
          .hasMessageContaining("at character 4 of having");
      assertThat(results(task.add(order(true, 2, 12, "apple", 1)))).containsExactly(4L, 2L);
    }
  }

  @Test
  void groupsByExpressionsInWindowsFromAnOffset() {
    world.config.put("group.by", "lower(product) AS product");
    world.config.put("aggregates", "total=sum(amount * 2), n=count(*)");
    world.config.put("window.start.offset.ms", "-30");
    try (UpdateOperator task = world.task(0)) {
      UpdateRow row = task.add(order(false, 0, 75, "Apple", 3)).orElseThrow();
      assertThat(row.key()).hasToString("{window_start=70, window_end=170, product=apple}");
      assertThat(results(task.add(order(false, 1, 169, "APPLE", 5)))).containsExactly(16L, 2L);
    }
  }

  private static String date(long ms) {
    return String.valueOf((Object) Timestamp.toLogical(Timestamp.SCHEMA, ms));
  }

  @Test
  void givesMapsWithMillisecondsForRecordsWithoutSchema() {
    world.config.put("topic", "revenue");
    try (UpdateOperator task = world.task(0)) {
      UpdateRow row = task.add(World.order(0, 0, 110, null, null)).orElseThrow();
      assertThat(row.topic()).isEqualTo("revenue");
      assertThat(row.key()).hasToString("{window_start=100, window_end=200, product=null}");
      assertThat(row.value())
          .hasToString("{window={start=100, end=200}, product=null, total=null, n=1}");
      assertThat(row.keySchema()).isNull();
      assertThat(row.valueSchema()).isNull();
    }
  }

  @Test
  void widensTheTypeOfAColumnWithTheField() {
    try (UpdateOperator task = world.task(0)) {
      Schema narrow = task.add(struct(0, 0, 1, "apple", 3L)).orElseThrow().valueSchema();
      Schema order =
          SchemaBuilder.struct()
              .field("at", Schema.INT64_SCHEMA)
              .field("product", Schema.STRING_SCHEMA)
              .field("amount", Schema.FLOAT64_SCHEMA)
              .build();
      Struct value = new Struct(order).put("at", 2L).put("product", "apple").put("amount", 0.5);
      UpdateRow row = task.add(record(0, 1, order, value)).orElseThrow();
      assertThat(narrow.field("total").schema().type()).isEqualTo(Schema.Type.INT64);
      assertThat(row.valueSchema().field("total").schema().type()).isEqualTo(Schema.Type.FLOAT64);
      assertThat(((Struct) row.value()).get("total")).isEqualTo(3.5);
    }
    try (UpdateOperator task = world.task(0)) {
      UpdateRow row = task.add(struct(0, 2, 1, "apple", 1L)).orElseThrow();
      assertThat(((Struct) row.value()).get("total")).as("types are kept").isEqualTo(4.5);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void addsARecordOnceAndGivesItsRowAgainWhenItIsReadAgain(boolean schema) {
    UpdateOperator task = world.task(0);
    task.add(order(schema, 0, 10, "apple", 3));
    task.add(order(schema, 1, 20, "apple", 4));
    assertThat(results(task.add(order(schema, 0, 10, "apple", 3)))).containsExactly(7L, 2L);
    world.restart();
    try (UpdateOperator successor = world.task(0)) {
      assertThat(results(successor.add(order(schema, 1, 20, "apple", 4)))).containsExactly(7L, 2L);
      assertThat(results(successor.add(order(schema, 2, 30, "apple", 1)))).containsExactly(8L, 3L);
    }
  }

  @Test
  void leavesOutAndCountsWhatIsLate() {
    try (UpdateOperator task = world.task(0)) {
      task.add(order(false, 0, 10, "apple", 3));
      assertThat(task.add(order(false, 1, 199, "apple", 1))).isPresent();
      assertThat(results(task.add(order(false, 2, 11, "apple", 1)))).containsExactly(4L, 2L);
      task.add(order(false, 3, 200, "apple", 1));
      assertThat(task.add(order(false, 4, 12, "apple", 1))).as("late").isEmpty();
      assertThat(task.add(order(false, 4, 12, "apple", 1))).as("late again").isEmpty();
      assertThat(results(task.add(order(false, 2, 11, "apple", 1))))
          .as("a row of before is given again though its window has ended")
          .containsExactly(4L, 2L);
      assertThat(task.add(World.order(1, 0, 12, "apple", 9))).as("other partition").isPresent();
    }
  }

  @Test
  void anEventTimeFarAheadMakesNothingLate() {
    try (UpdateOperator task = world.task(0)) {
      task.add(order(false, 0, 10, "apple", 3));
      assertThat(task.add(order(false, 1, 9_000_000_000_000L, "apple", 3))).isPresent();
      assertThat(results(task.add(order(false, 2, 10, "apple", 3)))).containsExactly(6L, 2L);
    }
  }

  @Test
  void removesWindowsOnceTheyHaveEndedForTheRetention() {
    world.config.put("state.retention.ms", "1000");
    UpdateOperator task = world.task(0);
    task.add(order(false, 0, 10, "apple", 3));
    world.pass(100);
    task.add(order(false, 1, 500, "apple", 3));
    assertThat(world.stores.entries(world.state(0))).isEqualTo(5);
    world.pass(1_000);
    task.add(order(false, 2, 501, "apple", 3));
    assertThat(world.stores.entries(world.state(0))).isEqualTo(4);
    assertThat(task.add(order(false, 3, 20, "apple", 3))).as("late as before").isEmpty();
    assertThat(task.add(order(false, 3, 20, "apple", 3))).as("late again").isEmpty();
    assertThatThrownBy(() -> task.add(order(false, 0, 10, "apple", 3)))
        .isInstanceOf(FatalError.class)
        .hasMessageStartingWith("TM-454 ")
        .hasMessageContaining("orders-0@0")
        .hasMessageContaining("state.retention.ms");
    task.close();
    world.config.put("state.gap.max.offsets", "-1");
    try (UpdateOperator lenient = world.task(0)) {
      assertThat(lenient.add(order(false, 0, 10, "apple", 3))).isEmpty();
      assertThat(results(lenient.add(order(false, 4, 502, "apple", 3)))).containsExactly(9L, 3L);
    }
  }

  @Test
  void keepsWindowsForTheWholeRetentionAfterRecordsWereReadAgain() {
    world.config.put("state.retention.ms", "1000");
    try (UpdateOperator task = world.task(0)) {
      task.add(order(false, 0, 10, "apple", 3));
      world.pass(100);
      task.add(order(false, 1, 500, "apple", 3));
      world.pass(900);
      task.add(order(false, 0, 10, "apple", 3));
      world.pass(900);
      task.add(order(false, 2, 501, "apple", 3));
      assertThat(task.add(order(false, 0, 10, "apple", 3))).isPresent();
    }
  }

  @Test
  void failsWhenOffsetsAreMissing() {
    UpdateOperator task = world.task(0);
    assertThatThrownBy(() -> task.add(order(false, 5, 10, "apple", 3)))
        .as("a new state in the middle of a partition")
        .isInstanceOf(FatalError.class)
        .hasMessageStartingWith("TM-453 ");
    task.add(order(false, 0, 10, "apple", 3));
    assertThatThrownBy(() -> task.add(order(false, 2, 10, "apple", 3)))
        .isInstanceOf(FatalError.class)
        .hasMessageContaining("orders-0@2")
        .hasMessageContaining("up to offset 1 (exclusive)");
    assertThat(results(task.add(order(false, 1, 10, "apple", 3)))).containsExactly(6L, 2L);
    task.close();
    world.config.put("state.gap.max.offsets", "2");
    try (UpdateOperator lenient = world.task(0)) {
      assertThatThrownBy(() -> lenient.add(order(false, 5, 10, "apple", 3)))
          .isInstanceOf(FatalError.class);
      assertThat(results(lenient.add(order(false, 4, 10, "apple", 3)))).containsExactly(9L, 3L);
    }
  }

  @Test
  void failsWhenRecordsAreReadAgainThatNeverWere() {
    try (UpdateOperator task = world.task(0)) {
      task.add(order(false, 0, 10, "apple", 3));
      task.add(order(false, 1, 20, "apple", 3));
      assertThatThrownBy(() -> task.add(order(false, 0, 10, "bread", 3)))
          .isInstanceOf(FatalError.class)
          .hasMessageStartingWith("TM-455 ");
    }
  }

  @Test
  void refusesWhatTheConverterHasLeftInItsSchema() {
    world.config.remove("event.time.field");
    Map<String, Object> envelope =
        Map.of("schema", Map.of("type", "struct"), "payload", Map.of("product", "secret"));
    try (UpdateOperator task = world.task(0)) {
      assertThatThrownBy(() -> task.add(record(0, 0, null, envelope)))
          .isInstanceOf(TidemarkException.class)
          .hasMessageContainingAll(
              "TM-109", "orders-0@0", "Set value.converter.schemas.enable=true")
          .hasMessageNotContaining("secret");
      assertThat(results(task.add(World.order(0, 1, 10, "apple", 4)))).containsExactly(4L, 1L);
    }
  }

  @Test
  void aRecordThatCannotBeAggregatedChangesNothingAndLeavesNoGap() {
    UpdateOperator task = world.task(0);
    task.add(order(false, 0, 10, "apple", 3));
    for (int read = 0; read < 2; read++) {
      assertThatThrownBy(() -> task.add(World.order(0, 1, 10, "apple", "three")))
          .isInstanceOf(TidemarkException.class)
          .hasMessageStartingWith("TM-");
    }
    world.restart();
    UpdateOperator successor = world.task(0);
    assertThat(results(successor.add(order(false, 2, 20, "apple", 4)))).containsExactly(7L, 2L);
    assertThatThrownBy(() -> successor.add(World.order(0, 1, 10, "apple", "three")))
        .as("read again it is refused again")
        .isInstanceOf(TidemarkException.class);
    assertThat(results(successor.add(order(false, 2, 20, "apple", 4)))).containsExactly(7L, 2L);
  }

  @Test
  void aRecordThatWasRefusedCountsWhenItIsReadAgainCorrectly() {
    try (UpdateOperator task = world.task(0)) {
      assertThatThrownBy(() -> task.add(record(0, 0, null, "no record")))
          .isInstanceOf(TidemarkException.class);
      assertThat(results(task.add(order(false, 0, 10, "apple", 3)))).containsExactly(3L, 1L);
    }
  }

  @Test
  void refusesARecordWhoseSumHasNoRow() {
    try (UpdateOperator task = world.task(0)) {
      task.add(order(false, 0, 10, "apple", Long.MAX_VALUE));
      assertThatThrownBy(() -> task.add(order(false, 1, 10, "apple", 1)))
          .isInstanceOf(TidemarkException.class)
          .hasMessageStartingWith("TM-406 ")
          .hasMessageContaining("orders-0@1");
      assertThat(results(task.add(order(false, 2, 10, "apple", -1))))
          .containsExactly(Long.MAX_VALUE - 1, 2L);
      assertThat(task.add(order(false, 1, 10, "apple", 1)))
          .as("read again: the row as it is")
          .isPresent();
    }
  }

  @Test
  void refusesTimesThatARowWouldCut() {
    world.config.put("group.by", "at");
    world.config.put("event.time.format", "micros");
    Schema micros =
        SchemaBuilder.int64().name("io.debezium.time.MicroTimestamp").version(1).build();
    Schema order =
        SchemaBuilder.struct().field("at", micros).field("amount", Schema.INT64_SCHEMA).build();
    try (UpdateOperator task = world.task(0)) {
      assertThatThrownBy(
              () ->
                  task.add(
                      record(0, 0, order, new Struct(order).put("at", 1_001L).put("amount", 1L))))
          .isInstanceOf(TidemarkException.class)
          .hasMessageStartingWith("TM-407 ");
      assertThat(
              task.add(record(0, 1, order, new Struct(order).put("at", 2_000L).put("amount", 1L))))
          .isPresent();
    }
  }

  @Test
  void leavesOutTombstones() {
    try (UpdateOperator task = world.task(0)) {
      assertThat(task.add(record(0, 0, null, null))).isEmpty();
      assertThat(task.add(order(false, 1, 10, "apple", 3))).isPresent();
      assertThat(task.add(record(0, 0, null, null))).isEmpty();
    }
  }

  @Test
  void handsAnOpenPartitionFromTaskToTask() {
    UpdateOperator first = world.task(0);
    UpdateOperator second = world.task(1);
    first.add(order(false, 0, 10, "apple", 1));
    first.add(World.order(1, 0, 10, "apple", 1));
    assertThat(results(second.add(order(false, 1, 10, "apple", 1)))).containsExactly(2L, 2L);
    assertThat(results(first.add(order(false, 2, 10, "apple", 1)))).containsExactly(3L, 3L);
    assertThat(results(second.add(order(false, 3, 10, "apple", 1)))).containsExactly(4L, 4L);
    first.close();
    assertThat(world.stores.open()).containsExactly(world.state(0));
    assertThat(results(second.add(order(false, 4, 10, "apple", 1)))).containsExactly(5L, 5L);
    second.close();
    assertThat(world.stores.open()).isEmpty();
  }

  @Test
  void aFormerLifeOfATaskCanDoNothingMore() throws Exception {
    UpdateOperator zombie = world.task(0);
    onAnotherThread(() -> zombie.add(order(false, 0, 10, "apple", 1)));
    UpdateOperator successor = world.task(0);
    assertThat(results(successor.add(order(false, 1, 10, "apple", 1)))).containsExactly(2L, 2L);
    assertThatThrownBy(() -> onAnotherThread(() -> zombie.add(order(false, 1, 10, "apple", 1))))
        .hasMessageStartingWith("TM-458 ");
    onAnotherThread(
        () -> {
          zombie.close();
          return Optional.empty();
        });
    assertThat(results(successor.add(order(false, 2, 10, "apple", 1)))).containsExactly(3L, 3L);
    successor.close();
  }

  @Test
  void aFormerLifeThatBeginsLateDoesNotEndItsSuccessor() throws Exception {
    UpdateOperator zombie = world.task(0);
    UpdateOperator successor = world.task(0);
    successor.add(order(false, 0, 10, "apple", 1));
    assertThatThrownBy(() -> onAnotherThread(() -> zombie.add(order(false, 1, 10, "apple", 1))))
        .hasMessageStartingWith("TM-458 ");
    assertThat(results(successor.add(order(false, 1, 10, "apple", 1)))).containsExactly(2L, 2L);
  }

  private static void onAnotherThread(Callable<Optional<UpdateRow>> work) throws Exception {
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      var unused = thread.submit(work).get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw e;
    } finally {
      thread.shutdown();
    }
  }

  @Test
  void refusesTwoTransformationsOfOneTaskOnOneState() {
    UpdateOperator one = world.task(0);
    UpdateOperator other = world.task(0);
    one.add(order(false, 0, 10, "apple", 1));
    assertThatThrownBy(() -> other.add(order(false, 0, 10, "apple", 1)))
        .isInstanceOf(FatalError.class)
        .hasMessageStartingWith("TM-457 ");
    world.config.put("state.id", "other");
    assertThat(world.task(0).add(order(false, 0, 10, "apple", 1))).isPresent();
    assertThat(world.task("sink/2", 0).add(order(false, 0, 10, "apple", 1))).isPresent();
    assertThat(world.stores.open()).hasSize(3);
  }

  @Test
  void refusesTheStateOfAnotherDefinition() {
    try (UpdateOperator task = world.task(0)) {
      task.add(order(false, 0, 10, "apple", 1));
    }
    world.config.put("aggregates", "total=max(amount), n=count(*)");
    UpdateOperator changed = world.task(0);
    assertThatThrownBy(() -> changed.add(order(false, 1, 10, "apple", 1)))
        .isInstanceOf(FatalError.class)
        .hasMessageStartingWith("TM-456 ")
        .hasMessageContaining("aggregates: sum(amount), count(*) became max(amount), count(*)");
    assertThat(world.stores.open()).isEmpty();
    changed.close();
    world.config.put("aggregates", "revenue=sum(amount), n=count(*)");
    world.config.put("watermark.delay.ms", "5000");
    try (UpdateOperator renamed = world.task(0)) {
      assertThat(renamed.add(order(false, 1, 10, "apple", 1))).isPresent();
    }
  }

  @Test
  void aStoreThatFailsIsAnErrorAndNoException() {
    UpdateOperator task = world.task(0);
    task.add(order(false, 0, 10, "apple", 1));
    world.stores.fail(true);
    assertThatThrownBy(() -> task.add(order(false, 1, 10, "apple", 1)))
        .isInstanceOf(Error.class)
        .hasMessageStartingWith("TM-451 ");
    assertThat(world.stores.open()).isEmpty();
    world.stores.fail(false);
    assertThat(results(task.add(order(false, 1, 10, "apple", 1)))).containsExactly(2L, 2L);
  }

  @Test
  void keepsDecimalsAndSets() {
    world.config.put("aggregates", "total=sum(amount), n=collect_set(amount, 2)");
    try (UpdateOperator task = world.task(0)) {
      task.add(World.order(0, 0, 1, "apple", new BigDecimal("1.50")));
      assertThat(results(task.add(World.order(0, 1, 1, "apple", new BigDecimal("1.25")))))
          .containsExactly(
              new BigDecimal("2.75"), List.of(new BigDecimal("1.25"), new BigDecimal("1.50")));
      assertThatThrownBy(() -> task.add(World.order(0, 2, 1, "apple", new BigDecimal("1.00"))))
          .isInstanceOf(TidemarkException.class)
          .hasMessageContaining("collect_set has more than 2 values");
    }
  }
}
