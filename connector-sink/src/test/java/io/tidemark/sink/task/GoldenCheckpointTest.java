package io.tidemark.sink.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.checkpoint.log.Batch;
import io.tidemark.checkpoint.log.CheckpointLocation;
import io.tidemark.checkpoint.log.LiveRun;
import io.tidemark.checkpoint.log.OffsetRange;
import io.tidemark.checkpoint.log.OperatorState;
import io.tidemark.checkpoint.log.Run;
import io.tidemark.checkpoint.log.Segment;
import io.tidemark.checkpoint.log.SegmentId;
import io.tidemark.common.DataFile;
import io.tidemark.delta.table.Append;
import io.tidemark.sink.fake.World;
import io.tidemark.sink.recovery.Recovery;
import io.tidemark.storage.HadoopFileSystems;
import io.tidemark.storage.Storages;
import io.tidemark.windows.run.RocksRunStore;
import io.tidemark.windows.run.RunFile;
import io.tidemark.windows.run.RunReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checkpoint locations as earlier builds have left them, live: an upgrade continues them. */
class GoldenCheckpointTest {

  private static final Path GOLDEN = Path.of("src/test/resources/golden");
  private static final TopicPartition P0 = new TopicPartition("orders", 0);
  private static final TopicPartition P1 = new TopicPartition("orders", 1);

  /** Batch 2 is planned and not carried out; the workers were killed. */
  @Test
  void continuesAfterABatchThatWasPlannedAndNotCommitted() throws IOException {
    World world = new World(2);
    try (Stream<Path> files = Files.walk(GOLDEN.resolve("planned"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String path = GOLDEN.resolve("planned").relativize(file).toString();
        world.storage.createIfAbsent(path, Files.readAllBytes(file));
      }
    }
    CheckpointLocation checkpoint = new CheckpointLocation(world.storage);
    commit(world, checkpoint, 0, P0, 0, 7, P1, 0, 7);
    commit(world, checkpoint, 1, P0, 7, 30, P1, 7, 20);
    for (SegmentId id : checkpoint.segments().ids()) {
      Segment segment = checkpoint.segments().read(id).orElseThrow();
      for (DataFile file : segment.files()) {
        List<String> records = new ArrayList<>();
        segment.ranges().forEach((partition, range) -> records.addAll(records(partition, range)));
        world.files.put(file, records);
      }
    }
    world.produce(P0, 50);
    world.produce(P1, 33);
    world.start(0, List.of(P0));
    world.start(1, List.of(P1));
    world.settle();
    assertThat(world.tableRecords()).containsExactlyInAnyOrderElementsOf(world.produced());
    assertThat(world.tables.table(World.TABLE).versions())
        .extracting(Append::batch)
        .startsWith(0L, 1L, 2L)
        .doesNotHaveDuplicates();
  }

  /** Open windows of a real worker. */
  @Test
  void readsTheStateOfOpenWindows(@TempDir Path scratch) throws IOException {
    Path location = GOLDEN.resolve("windows").toAbsolutePath();
    CheckpointLocation checkpoint =
        new CheckpointLocation(Storages.open(location.toString(), new HadoopFileSystems(Map.of())));
    Batch last = new Recovery(checkpoint).position().committed();
    assertThat(last.number()).isEqualTo(1);
    assertThat(last.frontier().ends().values()).containsExactly(11L, 11L);
    OperatorState state = last.operators().get("sizes");
    RocksRunStore runs = new RocksRunStore(checkpoint.storage(), "state/sizes", scratch);
    long partials = 0;
    for (LiveRun live : state.runs()) {
      try (RunReader reader = runs.open(file(live.run()))) {
        while (reader.next()) {
          partials++;
        }
      }
    }
    assertThat(partials).isEqualTo(state.partials()).isEqualTo(2);
  }

  private static RunFile file(Run run) {
    return new RunFile(run.file(), run.bytes(), run.crc(), run.partials());
  }

  private static void commit(
      World world,
      CheckpointLocation checkpoint,
      long batch,
      TopicPartition one,
      long oneFrom,
      long oneTo,
      TopicPartition other,
      long otherFrom,
      long otherTo)
      throws IOException {
    List<DataFile> files = new ArrayList<>();
    List<SegmentId> accepted = checkpoint.batches().read(batch).orElseThrow().accepted();
    for (SegmentId id : accepted) {
      boolean first = id.task() == 0;
      OffsetRange range =
          first ? new OffsetRange(oneFrom, oneTo) : new OffsetRange(otherFrom, otherTo);
      List<String> records = records(first ? one : other, range);
      DataFile file = new DataFile(World.TABLE, "part-" + id, Map.of(), 1, 0, records.size(), "{}");
      world.files.put(file, records);
      files.add(file);
    }
    world
        .tables
        .table(World.TABLE)
        .versions()
        .add(new Append(checkpoint.queryId(), batch, files, Map.of()));
  }

  private static List<String> records(TopicPartition partition, OffsetRange range) {
    return LongStream.range(range.from(), range.to())
        .mapToObj(offset -> partition + "@" + offset)
        .toList();
  }
}
