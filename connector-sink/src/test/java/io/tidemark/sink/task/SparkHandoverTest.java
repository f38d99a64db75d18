package io.tidemark.sink.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.checkpoint.log.CheckpointLocation;
import io.tidemark.checkpoint.log.OffsetRange;
import io.tidemark.common.TidemarkException;
import io.tidemark.delta.table.Append;
import io.tidemark.sink.fake.Faults;
import io.tidemark.sink.fake.Spark;
import io.tidemark.sink.fake.World;
import java.io.IOException;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A query changes hands between Spark and the connector, whoever dies where. */
class SparkHandoverTest {

  private static final TopicPartition P0 = new TopicPartition("orders", 0);
  private static final TopicPartition P1 = new TopicPartition("orders", 1);
  private static final TopicPartition P2 = new TopicPartition("orders", 2);
  private static final TopicPartition P3 = new TopicPartition("orders", 3);

  /** Runs something in a world whose armed fault may strike. */
  @FunctionalInterface
  private interface Scene {
    void play(World world) throws IOException;
  }

  @Test
  void continuesAfterWhatSparkHasCommitted() throws IOException {
    World world = afterOneBatchOfSpark();
    produce(world);
    startTasks(world);
    world.settle();
    assertExactlyOnce(world);
    assertThat(world.tables.table(World.TABLE).versions())
        .extracting(Append::batch)
        .startsWith(0L, 1L);
    assertThat(new CheckpointLocation(world.storage).offsets().read(1).orElseThrow().conf())
        .containsAllEntriesOf(Spark.CONF);
  }

  @ParameterizedTest
  @EnumSource(Faults.Kind.class)
  void continuesAtABatchThatSparkPlannedAndTheTableDoesNotHave(Faults.Kind kind)
      throws IOException {
    withFaultsEverywhere(
        kind,
        world -> {
          world.spark().plan();
          produce(world);
          startTasks(world);
        });
  }

  @ParameterizedTest
  @EnumSource(Faults.Kind.class)
  void continuesAfterABatchThatTheTableHasAndTheCommitLogDoesNot(Faults.Kind kind)
      throws IOException {
    withFaultsEverywhere(
        kind,
        world -> {
          world.spark().plan();
          world.spark().write();
          produce(world);
          startTasks(world);
        });
  }

  /** The batch is written as Spark planned it: a Spark that is alive can write nothing else. */
  @Test
  void carriesOutABatchOfSparkWithExactlyItsOffsets() throws IOException {
    World world = afterOneBatchOfSpark();
    produce(world);
    world.spark().plan();
    long planned = world.produced().size();
    produce(world);
    startTasks(world);
    world.settle();
    long first =
        world.tables.table(World.TABLE).versions().stream()
            .filter(version -> version.batch() <= 1)
            .flatMap(version -> version.files().stream())
            .mapToLong(file -> file.rows())
            .sum();
    assertThat(first).isEqualTo(planned);
    assertExactlyOnce(world);
  }

  /** No batch frees the task before the one that needs all of them. */
  @Test
  void readsOnToTheEndOfSparksBatchHoweverManySegmentsThatTakes() throws IOException {
    World world = afterOneBatchOfSpark();
    world.asksKafka = true;
    world.produce(P0, 2_000);
    world.produce(P1, 500);
    world.spark().plan();
    long planned = world.produced().size();
    startTasks(world);
    world.settle();
    long segments =
        world.tables.table(World.TABLE).versions().stream()
            .filter(version -> version.batch() == 1)
            .flatMap(version -> version.files().stream())
            .count();
    assertThat(segments).isGreaterThan(2 * World.MAX_UNCOMMITTED);
    assertThat(world.tableRecords()).hasSize((int) planned);
    assertExactlyOnce(world);
  }

  /** Spark's end counts offsets, and Connect's position stops in front of the last of them. */
  @Test
  void completesABatchOfSparkThatEndsAfterTheMarkerOfATransaction() throws IOException {
    World world = afterOneBatchOfSpark();
    world.asksKafka = true;
    produce(world);
    world.mark(P0);
    world.mark(P2);
    world.mark(P2);
    world.spark().plan();
    startTasks(world);
    world.settle();
    assertThat(new CheckpointLocation(world.storage).commits().exists(1)).isTrue();
    produce(world);
    world.settle();
    assertExactlyOnce(world);
  }

  /** Connect's position stays in front of the marker, while segments end after it. */
  @Test
  void continuesAfterAMarkerWhileOtherPartitionsAreRead() throws IOException {
    World world = afterOneBatchOfSpark();
    world.asksKafka = true;
    world.produce(P0, 5);
    world.mark(P0);
    world.produce(P1, 2_000);
    world.spark().plan();
    startTasks(world);
    world.settle();
    produce(world);
    world.settle();
    assertExactlyOnce(world);
  }

  @Test
  void givesPartitionsUpThatEndAfterAMarkerBeforeTheBatchIsCommitted() throws IOException {
    World world = afterOneBatchOfSpark();
    world.asksKafka = true;
    world.produce(P0, 5);
    world.mark(P0);
    world.produce(P1, 2_000);
    world.spark().plan();
    startTasks(world);
    for (int round = 0; round < 4; round++) {
      for (int put = 0; put < 12; put++) {
        world.round();
      }
      for (World.Worker worker : List.copyOf(world.workers)) {
        worker.revoke();
        world.start(worker.task, worker.partitions);
      }
    }
    world.settle();
    produce(world);
    world.settle();
    assertExactlyOnce(world);
  }

  /** Not even where nothing but a marker was planned. */
  @Test
  void completesABatchOfSparkOfMarkersAlone() throws IOException {
    World world = afterOneBatchOfSpark();
    world.asksKafka = true;
    world.mark(P1);
    world.spark().plan();
    startTasks(world);
    for (int round = 0; round < 200; round++) {
      world.round();
    }
    assertThat(new CheckpointLocation(world.storage).commits().exists(1)).isTrue();
    produce(world);
    world.settle();
    assertExactlyOnce(world);
  }

  /** What expired unread is told by the batch that passes it. */
  @Test
  void tellsOfLossesUpToTheEndOfSparksBatchInItAndOfTheRestAfter() throws IOException {
    World world = afterOneBatchOfSpark();
    world.asksKafka = true;
    long read = world.logs.ends.get(P0);
    produce(world);
    world.spark().plan();
    long planned = world.logs.ends.get(P0);
    produce(world);
    world.logs.starts.put(P0, planned + 4);
    startTasks(world);
    world.settle(world.produced().size() - (planned + 4 - read));
    CheckpointLocation checkpoint = new CheckpointLocation(world.storage);
    assertThat(lost(checkpoint, 1)).containsExactly(new OffsetRange(read, planned));
    assertThat(lost(checkpoint, 2)).containsExactly(new OffsetRange(planned, planned + 4));
  }

  private static List<OffsetRange> lost(CheckpointLocation checkpoint, long batch)
      throws IOException {
    return checkpoint.batches().read(batch).orElseThrow().continuity().lost().get(P0);
  }

  @Test
  void passesOverSegmentsThatReachBeyondSparksBatch() throws IOException {
    World world = new World(2);
    produce(world);
    startTasks(world);
    world.settle();
    for (int round = 0; round < 30; round++) {
      world.round();
    }
    produce(world);
    while (world.storage.paths().stream().noneMatch(path -> path.startsWith("segments/"))) {
      world.round();
    }
    world.workers.clear();
    world.spark().finish();
    world.spark().plan(2);
    startTasks(world);
    world.settle();
    List<Append> versions = world.tables.table(World.TABLE).versions();
    assertThat(versions).extracting(Append::rows).contains(2L * 3);
    assertExactlyOnce(world);
  }

  @ParameterizedTest
  @EnumSource(Faults.Kind.class)
  void readsAPartitionThatSparksBatchDoesNotKnowFromItsBeginning(Faults.Kind kind)
      throws IOException {
    withFaultsEverywhere(
        kind,
        world -> {
          world.spark().plan();
          world.produce(P3, 13);
          world.start(0, List.of(P0, P1));
          world.start(1, List.of(P2, P3));
        });
  }

  @Test
  void writesNothingTwiceWhenSparkWasNotStopped() throws IOException {
    World world = afterOneBatchOfSpark();
    produce(world);
    world.spark().plan();
    startTasks(world);
    while (world.storage.paths().stream().noneMatch(path -> path.equals("batches/1"))) {
      world.round();
    }
    world.spark().write();
    produce(world);
    world.settle();
    assertExactlyOnce(world);
  }

  /**
   * A zombie seals first what another session reads too, and dies. No batch can tell the loser
   * before it has sealed the rest.
   */
  @ParameterizedTest
  @EnumSource(Faults.Kind.class)
  void continuesAfterWhatAZombieHasSealedOfSparksBatch(Faults.Kind kind) throws IOException {
    withFaultsEverywhere(
        kind,
        world -> {
          world.produce(P0, 60);
          world.spark().plan();
          World.Worker zombie = world.start(0, List.of(P0, P1));
          world.round();
          world.round();
          zombie.asleep = true;
          world.start(0, List.of(P0, P1));
          world.start(1, List.of(P2));
          while (world.nowMs < 1_900) {
            world.round();
          }
          zombie.asleep = false;
          while (segments(world) < 2) {
            world.round();
          }
          world.workers.remove(zombie);
        });
  }

  private static long segments(World world) {
    return world.storage.paths().stream().filter(path -> path.startsWith("segments/")).count();
  }

  /** Everything that the connector leaves behind, found by Spark and found again afterwards. */
  @ParameterizedTest
  @EnumSource(
      value = Faults.Kind.class,
      names = {"CRASH_BEFORE", "CRASH_AFTER"})
  void changesHandsTwiceWhereverTheConnectorDies(Faults.Kind kind) throws IOException {
    changeHandsTwice(kind, world -> world.spark().run());
  }

  @ParameterizedTest
  @EnumSource(
      value = Faults.Kind.class,
      names = {"CRASH_BEFORE", "CRASH_AFTER"})
  void changesHandsTwiceWhereverTheConnectorDiesAndThenSpark(Faults.Kind kind) throws IOException {
    changeHandsTwice(
        kind,
        world -> {
          world.spark().run();
          produce(world);
          world.spark().plan();
        });
  }

  @ParameterizedTest
  @EnumSource(
      value = Faults.Kind.class,
      names = {"CRASH_BEFORE", "CRASH_AFTER"})
  void refusesABatchThatBothHavePlannedOrContinues(Faults.Kind kind) throws IOException {
    changeHandsTwice(
        kind,
        world -> {
          world.spark().finish();
          world.spark().plan();
          try {
            startTasks(world);
            world.round();
          } catch (TidemarkException refused) {
            assertThat(refused).hasMessageMatching("TM-305.*(another plan|at which it begins).*");
            world.spark().run();
          }
          world.workers.clear();
        });
  }

  private static void changeHandsTwice(Faults.Kind kind, Scene spark) throws IOException {
    for (int index = 0; true; index++) {
      World world = new World(2);
      produce(world);
      world.faults.arm(index, kind);
      startTasks(world);
      for (int round = 0; round < 60 && !world.faults.isSpent(); round++) {
        world.round();
      }
      if (!world.faults.isSpent()) {
        assertThat(index).isGreaterThan(50);
        return;
      }
      try {
        world.workers.clear();
        produce(world);
        spark.play(world);
        produce(world);
        startTasks(world);
        world.settle();
        for (int round = 0; round < 30; round++) {
          world.round();
        }
        assertExactlyOnce(world);
        world.spark().run();
        assertExactlyOnce(world);
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError(
            kind + " at operation " + index + ": " + world.faults.operations().get(index), e);
      }
    }
  }

  @Test
  void leavesToSparkABatchOfWhichNothingTellsTheBeginning() throws IOException {
    World world = new World(2);
    produce(world);
    world.spark().plan();
    startTasks(world);
    assertThatThrownBy(world::round)
        .isInstanceOf(TidemarkException.class)
        .hasMessageContaining("TM-305")
        .hasMessageContaining("offsets/0")
        .hasMessageContaining("at which it begins in orders-0");
    assertThat(world.tableRecords()).isEmpty();
    world.spark().run();
    world.workers.clear();
    startTasks(world);
    produce(world);
    world.settle();
    assertExactlyOnce(world);
  }

  private static void withFaultsEverywhere(Faults.Kind kind, Scene scene) throws IOException {
    int index = 0;
    boolean struck = true;
    while (struck) {
      World world = afterOneBatchOfSpark();
      produce(world);
      scene.play(world);
      world.faults.arm(index, kind);
      try {
        world.settle();
        assertExactlyOnce(world);
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError(kind + " at operation " + index, e);
      }
      struck = world.faults.isSpent();
      index++;
    }
    assertThat(index).isGreaterThan(50);
  }

  private static World afterOneBatchOfSpark() throws IOException {
    World world = new World(2);
    produce(world);
    world.spark().run();
    return world;
  }

  private static void produce(World world) {
    world.produce(P0, 11);
    world.produce(P1, 8);
    world.produce(P2, 3);
  }

  private static void startTasks(World world) {
    world.start(0, List.of(P0, P1));
    world.start(1, List.of(P2));
  }

  private static void assertExactlyOnce(World world) {
    assertThat(world.tableRecords()).containsExactlyInAnyOrderElementsOf(world.produced());
    assertThat(world.tables.table(World.TABLE).versions())
        .extracting(Append::batch)
        .doesNotHaveDuplicates()
        .isSorted();
  }
}
