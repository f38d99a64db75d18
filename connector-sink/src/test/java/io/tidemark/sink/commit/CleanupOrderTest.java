package io.tidemark.sink.commit;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.checkpoint.log.Batch;
import io.tidemark.checkpoint.log.CheckpointLocation;
import io.tidemark.checkpoint.log.OffsetRange;
import io.tidemark.checkpoint.log.Segment;
import io.tidemark.checkpoint.log.SegmentId;
import io.tidemark.checkpoint.log.SessionId;
import io.tidemark.common.DataFile;
import io.tidemark.sink.batch.BatchPlanner;
import io.tidemark.sink.fake.Faults;
import io.tidemark.sink.fake.MemoryStorage;
import io.tidemark.sink.fake.MemoryTables;
import io.tidemark.sink.file.DataFiles;
import io.tidemark.sink.file.TableFolders;
import io.tidemark.sink.segment.Limits;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** What a death in the middle of a clean-up may leave. */
class CleanupOrderTest {

  private static final TopicPartition P0 = new TopicPartition("orders", 0);
  private static final String TABLE = "memory:/orders";
  private static final int RETAINED = 2;
  private static final BatchPlanner PLANNER = new BatchPlanner("writer", RETAINED);

  private final Faults faults = new Faults();
  private final MemoryStorage storage = new MemoryStorage(faults);
  private final CheckpointLocation checkpoint = new CheckpointLocation(storage);
  private final Set<String> files = new HashSet<>();
  private final Cleanup cleanup =
      new Cleanup(
          checkpoint,
          new DataFiles(new Folder(), new MemoryTables(new Faults()), new LongAdder()),
          RETAINED);

  /** A commit without its plan is a batch of Spark's, or damage. */
  @Test
  void leavesNoCommitWithoutItsPlan() throws IOException {
    int deaths = 0;
    boolean died = true;
    while (died) {
      CleanupOrderTest world = new CleanupOrderTest();
      Batch batch = Batch.NONE;
      for (int number = 0; number <= 10; number++) {
        batch = world.next(batch, List.of(), Set.of());
        for (String log : List.of("offsets", "batches", "commits")) {
          world.storage.createIfAbsent(log + "/" + number, new byte[0]);
        }
      }
      died = world.diesCleaningUp(batch, deaths++);
      for (String path : world.storage.paths()) {
        if (path.startsWith("commits/")) {
          assertThat(world.storage.paths()).contains(path.replace("commits", "batches"));
        }
      }
      assertThat(world.storage.paths()).as("retained").contains("commits/9", "batches/9");
    }
    assertThat(deaths).isGreaterThan(3 * 8);
  }

  /** With its segment a file is known, and goes with a later batch. */
  @Test
  void leavesNoFileOfARejectedSegmentWithoutTheSegment() throws IOException {
    int deaths = 0;
    boolean died = true;
    while (died) {
      CleanupOrderTest world = new CleanupOrderTest();
      Segment taken = world.sealed(0, new OffsetRange(0, 10, true));
      Segment zombie = world.sealed(1, new OffsetRange(0, 5, true));
      Set<SessionId> sessions = Set.of(taken.id().session(), zombie.id().session());
      Batch first = world.next(Batch.NONE, List.of(taken), sessions);
      Batch second = world.next(first, List.of(zombie), sessions);
      assertThat(second.rejected()).containsExactly(zombie.id());
      world.storage.createIfAbsent("commits/1", new byte[0]);
      died = world.diesCleaningUp(second, deaths++);
      assertThat(world.files).contains("file of 0");
      if (!world.storage.paths().contains("segments/" + zombie.id())) {
        assertThat(world.files).doesNotContain("file of 1");
      }
    }
    assertThat(deaths).isGreaterThan(3);
  }

  /** Only who drives the newest batch knows of every file whether a batch may still name it. */
  @Test
  void deletesNothingForABatchThatOthersHaveGoneBeyond() throws IOException {
    Segment taken = sealed(0, new OffsetRange(0, 10, true));
    Segment zombie = sealed(1, new OffsetRange(0, 5, true));
    Set<SessionId> sessions = Set.of(taken.id().session(), zombie.id().session());
    Batch second = next(next(Batch.NONE, List.of(taken), sessions), List.of(zombie), sessions);
    storage.createIfAbsent("commits/1", new byte[0]);
    storage.createIfAbsent("commits/2", new byte[0]);
    cleanup.after(second);
    assertThat(files).contains("file of 1");
  }

  private boolean diesCleaningUp(Batch committed, int operation) throws IOException {
    faults.arm(operation, Faults.Kind.CRASH_AFTER);
    try {
      cleanup.after(committed);
      return false;
    } catch (Faults.Crash death) {
      return true;
    }
  }

  private Batch next(Batch committed, List<Segment> undecided, Set<SessionId> sessions) {
    return PLANNER
        .next(
            committed,
            new BatchPlanner.Observed(Set.of(), undecided, sessions, Set.of(), Set.of()),
            true,
            Limits.NONE,
            0)
        .orElseThrow();
  }

  private Segment sealed(int task, OffsetRange range) throws IOException {
    SegmentId id = new SessionId(task, 1, 0, "0000000a").firstSegment();
    DataFile file = new DataFile(TABLE, "file of " + task, Map.of(), 1, 0, 1, "{}");
    Segment segment = Segment.of(id, 0, Map.of(P0, range), Map.of(TABLE, "id-1"), List.of(file));
    checkpoint.segments().create(segment);
    files.add(file.path());
    return segment;
  }

  private final class Folder implements TableFolders {

    @Override
    public boolean isWhole(DataFile file) {
      return files.contains(file.path());
    }

    @Override
    public void delete(String table, String path) throws IOException {
      faults.around("delete file", () -> files.remove(path));
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
