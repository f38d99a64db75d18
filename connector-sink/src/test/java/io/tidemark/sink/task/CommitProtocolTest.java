package io.tidemark.sink.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.checkpoint.log.CheckpointLocation;
import io.tidemark.checkpoint.log.Origin;
import io.tidemark.checkpoint.log.SessionId;
import io.tidemark.common.TidemarkException;
import io.tidemark.delta.table.Append;
import io.tidemark.sink.batch.OffsetReset;
import io.tidemark.sink.fake.Faults;
import io.tidemark.sink.fake.World;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tasks and drivers together, every record in the table exactly once whatever goes wrong. */
class CommitProtocolTest {

  private static final TopicPartition P0 = new TopicPartition("orders", 0);
  private static final TopicPartition P1 = new TopicPartition("orders", 1);
  private static final TopicPartition P2 = new TopicPartition("orders", 2);

  @Test
  void commitsEveryRecordOnceWithOneVersionPerBatch() {
    World world = twoTasks();
    world.settle();
    assertExactlyOnce(world);
    assertThat(world.tables.table(World.TABLE).versions())
        .extracting(Append::batch)
        .doesNotHaveDuplicates()
        .isSorted();
  }

  @Test
  void keepsTheCheckpointLocationBoundedOverAThousandBatches() {
    World world = twoTasks();
    for (int round = 1; round <= 1_000; round++) {
      world.produce(P0, 5);
      world.settle();
      if (round % 50 == 0) {
        // Every now and then a task starts again, in a session of its own.
        world.workers.remove(0).revoke();
        world.start(0, List.of(P0, P1));
      }
      if (round % 100 == 0) {
        assertBounded(world);
      }
    }
    assertThat(world.tables.table(World.TABLE).versions()).hasSizeGreaterThanOrEqualTo(1_000);
    assertExactlyOnce(world);
  }

  private static void assertBounded(World world) {
    for (String log : List.of("segments", "batches", "offsets", "commits", "sessions")) {
      assertThat(world.storage.paths().stream().filter(path -> path.startsWith(log + "/")))
          .as(log)
          .hasSizeLessThan(24);
    }
  }

  @ParameterizedTest
  @EnumSource(Faults.Kind.class)
  void commitsEveryRecordOnceWhereverAProcessDiesOrACallFails(Faults.Kind kind) {
    int operations = operationsWithoutFault();
    assertThat(operations).isGreaterThan(50);
    for (int index = 0; index < operations; index++) {
      World world = twoTasks();
      world.faults.arm(index, kind);
      try {
        world.settle();
        world.produce(P1, 11);
        world.settle();
        assertExactlyOnce(world);
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError(
            kind + " at operation " + index + ": " + world.faults.operations().get(index), e);
      }
    }
  }

  @Test
  void continuesAfterSealedSegmentsThatNoBatchHasTakenYet() {
    World world = new World(1);
    world.produce(P0, 20);
    World.Worker first = world.start(0, List.of(P0));
    IntStream.range(0, 4).forEach(round -> world.round());
    first.revoke();
    world.start(0, List.of(P0));
    world.settle();
    assertExactlyOnce(world);
  }

  /** It would find out by itself, but only after it has waited for long. */
  @Test
  void startsOverAtOnceWhenABatchRejectsItsSegment() {
    World world = new World(2);
    world.produce(P0, 20);
    World.Worker zombie = world.start(0, List.of(P0));
    world.start(1, List.of(P1));
    world.settle();
    zombie.asleep = true;
    world.start(1, List.of(P0));
    world.produce(P0, 10);
    world.settle();
    world.produce(P0, 10);
    Set<String> before = Set.copyOf(world.storage.paths());
    zombie.asleep = false;
    for (int round = 0; round < 50; round++) {
      world.round();
    }
    assertThat(world.storage.paths())
        .anyMatch(path -> path.startsWith("sessions/00000") && !before.contains(path));
    world.settle();
    assertExactlyOnce(world);
  }

  /** Nothing more is sealed after it, so that no batch rejects it. */
  @Test
  void readsAgainWhatWasInTheLastSegmentWhenItsEntryIsLost() throws IOException {
    World world = new World(1);
    world.produce(P0, 20);
    World.Worker worker = world.start(0, List.of(P0));
    world.settle();
    world.produce(P0, 10);
    Set<String> before = Set.copyOf(world.storage.paths());
    Optional<String> sealed = Optional.empty();
    while (sealed.isEmpty()) {
      world.round();
      sealed =
          world.storage.paths().stream()
              .filter(path -> path.startsWith("segments/") && !before.contains(path))
              .findFirst();
    }
    world.storage.delete(sealed.get());
    for (int round = 0; round < 100; round++) {
      world.round();
    }
    assertThat(world.tableRecords()).as("what is lost waits").hasSize(20);
    assertThat(world.workers).containsExactly(worker);
    world.settle();
    assertExactlyOnce(world);
  }

  @Test
  void rejectsWhatAZombieSealsAfterItsPartitionsWentToAnother() {
    World world = new World(2);
    world.produce(P0, 20);
    world.produce(P1, 20);
    World.Worker zombie = world.start(0, List.of(P0));
    world.start(1, List.of(P1));
    world.settle();
    world.produce(P0, 10);
    world.round();
    zombie.asleep = true;
    world.start(1, List.of(P0));
    world.settle();
    world.produce(P0, 10);
    zombie.asleep = false;
    for (int round = 0; round < 100; round++) {
      world.round();
    }
    world.settle();
    assertExactlyOnce(world);
  }

  /** A half-written put must not count as read, whatever kind of throwable ended it. */
  @Test
  void sealsNothingAfterAnErrorInTheMiddleOfAPut() {
    World world = new World(1);
    world.produce(P0, 20);
    World.Worker worker = world.start(0, List.of(P0));
    world.round();
    world.files.failNextWrite(new OutOfMemoryError("for the test"));
    assertThatThrownBy(() -> Stream.generate(() -> world).limit(5).forEach(World::round))
        .isInstanceOf(OutOfMemoryError.class);
    worker.revoke();
    world.start(0, List.of(P0));
    world.settle();
    assertExactlyOnce(world);
  }

  /** Records that are in memory and calls that succeed meanwhile are no progress. */
  @Test
  void failsWhenWhatItReadsCannotBeMadeDurable() {
    World world = new World(1);
    world.produce(P0, 20);
    World.Worker worker = world.start(0, List.of(P0));
    world.faults.failAll("close data file");
    assertThatThrownBy(() -> Stream.generate(() -> world).limit(200).forEach(World::round))
        .isInstanceOf(TidemarkException.class)
        .hasMessageContaining("TM-154")
        .hasMessageContaining("close data files after 4 failures in a row");
    world.faults.failAll("nothing");
    worker.revoke();
    world.start(0, List.of(P0));
    world.settle();
    assertExactlyOnce(world);
  }

  @Test
  void ticksWithoutPartitions() {
    World world = twoTasks();
    world.start(2, List.of());
    world.settle();
    assertExactlyOnce(world);
  }

  /** It woke, registered after its successor and died; nobody else would end its session. */
  @Test
  void endsAFormerIncarnationAlsoWithoutPartitions() throws IOException {
    World world = new World(3);
    world.produce(P0, 5);
    world.start(0, List.of(P0));
    world.start(2, List.of());
    world.settle();
    CheckpointLocation checkpoint = new CheckpointLocation(world.storage);
    SessionId zombie = new SessionId(2, 9, 0, "000000aa");
    checkpoint.sessions().open(zombie);
    for (int round = 0; round < 30; round++) {
      world.produce(P0, 5);
      world.settle();
    }
    assertThat(checkpoint.sessions().sessions()).doesNotContain(zombie);
    assertExactlyOnce(world);
  }

  @Test
  void failsNamingBothIdsWhenTheTableWasRecreated() {
    World world = twoTasks();
    world.settle();
    // The tasks commit the offsets of what has landed.
    Stream.generate(() -> world).limit(20).forEach(World::round);
    world.tables.add(World.TABLE, "id-2");
    world.produce(P0, 5);
    world.workers.clear();
    world.start(0, List.of(P0, P1, P2));
    assertThatThrownBy(() -> Stream.generate(() -> world).limit(200).forEach(World::round))
        .isInstanceOf(TidemarkException.class)
        .hasMessageContaining("TM-152")
        .hasMessageContaining("id-1")
        .hasMessageContaining("id-2");
    assertThat(world.tables.table(World.TABLE).versions()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Faults.Kind.class)
  void readsOnFromWhereTheFrontierWasResetWhereverAProcessDiesOrACallFails(Faults.Kind kind) {
    World calm = twoTasks();
    calm.settle();
    int before = calm.faults.operations().size();
    resetAndSettle(calm);
    int after = calm.faults.operations().size();
    assertThat(after - before).isGreaterThan(50);
    for (int index = before; index < after; index++) {
      World world = twoTasks();
      world.faults.arm(index, kind);
      try {
        world.settle();
        resetAndSettle(world);
        assertThat(world.tableRecords())
            .containsExactlyInAnyOrderElementsOf(
                Stream.concat(
                        world.produced().stream(),
                        world.produced().stream().filter(record -> record.startsWith(P0 + "@")))
                    .toList());
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError(
            kind + " at operation " + index + ": " + world.faults.operations().get(index), e);
      }
    }
  }

  /** All of partition 0 is read again. */
  private static void resetAndSettle(World world) {
    long rows = world.tableRecords().size();
    long again = world.produced().stream().filter(record -> record.startsWith(P0 + "@")).count();
    world.reset(
        OffsetReset.of(
            "request-1",
            "test",
            Map.of(P0, OptionalLong.of(0)),
            new Origin(Optional.empty(), new TreeMap<>(Map.of("orders", "topic-2")))));
    world.settle(rows + again);
    for (int round = 0; round < 50; round++) {
      world.round();
    }
  }

  private static int operationsWithoutFault() {
    World world = twoTasks();
    world.settle();
    return world.faults.operations().size();
  }

  private static World twoTasks() {
    World world = new World(2);
    world.produce(P0, 23);
    world.produce(P1, 17);
    world.produce(P2, 9);
    world.start(0, List.of(P0, P1));
    world.start(1, List.of(P2));
    return world;
  }

  private static void assertExactlyOnce(World world) {
    assertThat(world.tableRecords()).containsExactlyInAnyOrderElementsOf(world.produced());
  }
}
