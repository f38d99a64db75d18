package io.tidemark.sink.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.checkpoint.log.Batch;
import io.tidemark.checkpoint.log.CheckpointLocation;
import io.tidemark.checkpoint.log.Continuity;
import io.tidemark.checkpoint.log.DecidedSegments;
import io.tidemark.checkpoint.log.Frontier;
import io.tidemark.checkpoint.log.LiveRun;
import io.tidemark.checkpoint.log.OperatorState;
import io.tidemark.checkpoint.log.Run;
import io.tidemark.checkpoint.log.WindowStates;
import io.tidemark.checkpoint.log.WrittenTables;
import io.tidemark.delta.schema.FieldRef;
import io.tidemark.sink.fake.Faults;
import io.tidemark.sink.fake.MemoryFiles;
import io.tidemark.sink.fake.MemoryStorage;
import io.tidemark.sink.fake.MemoryTables;
import io.tidemark.sink.file.DataFiles;
import io.tidemark.windows.close.Operator;
import io.tidemark.windows.config.Aggregates;
import io.tidemark.windows.config.Aggregation;
import io.tidemark.windows.config.EventTime;
import io.tidemark.windows.config.WatermarkSpec;
import io.tidemark.windows.config.WindowSpec;
import io.tidemark.windows.run.PlainRunStore;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

/** A sweep takes its time, and other drivers continue meanwhile. */
class SweepTest {

  private static final String RUN = "00000-00000001-0000-0000000a-000000-0.run";
  private static final String FILE = "state/counts/" + RUN;

  private final Faults faults = new Faults();

  /** What happens before the next operation whose name begins so. */
  private String when = "never";

  private Runnable meanwhile = () -> {};

  private final MemoryStorage storage =
      new MemoryStorage(faults) {
        @Override
        public List<String> list(String directory) throws IOException {
          happen("list " + directory);
          return super.list(directory);
        }

        @Override
        public Optional<byte[]> read(String path) throws IOException {
          happen("read " + path);
          return super.read(path);
        }
      };
  private final CheckpointLocation checkpoint = new CheckpointLocation(storage);
  private final Sweep sweep =
      new Sweep(
          checkpoint,
          List.of(
              new Operator(
                  new Aggregation(
                      "counts",
                      new EventTime(Optional.of(FieldRef.parse("t")), EventTime.Format.MILLIS),
                      WindowSpec.tumbling(60_000_000),
                      "window",
                      List.of(),
                      Aggregates.parse("n=count(*)"),
                      Optional.empty(),
                      new WatermarkSpec(0, WatermarkSpec.Policy.MIN, 0, Long.MAX_VALUE / 4),
                      "windows",
                      false,
                      false,
                      0,
                      true),
                  new PlainRunStore(storage, "state/counts"))),
          new DataFiles(
              new MemoryFiles(faults, "memory:/windows"),
              new MemoryTables(faults),
              new LongAdder()));

  @Test
  void deletesARunThatNoBatchNamesOfASessionThatIsOver() throws IOException {
    plan(0, List.of());
    storage.put(FILE, new byte[1]);
    sweep.after(checkpoint.batches().read(0).orElseThrow(), -1);
    assertThat(storage.paths()).doesNotContain(FILE);
  }

  @Test
  void keepsARunThatABatchNames() throws IOException {
    plan(0, List.of(RUN));
    storage.put(FILE, new byte[1]);
    sweep.after(checkpoint.batches().read(0).orElseThrow(), -1);
    assertThat(storage.paths()).contains(FILE);
  }

  /** Its session ended and was forgotten while this driver was asleep. */
  @Test
  void keepsARunThatAnotherDriverHasAcceptedSince() throws IOException {
    plan(0, List.of());
    when("list state/counts", () -> storage.put(FILE, new byte[1]), () -> plan(1, List.of(RUN)));
    sweep.after(checkpoint.batches().read(0).orElseThrow(), -1);
    assertThat(storage.paths()).contains(FILE);
  }

  /** The plan that takes its place was not there when the plans were listed. */
  @Test
  void deletesNothingWhenAPlanIsRemovedWhileItLooks() throws IOException {
    plan(0, List.of());
    plan(1, List.of(RUN));
    storage.put(FILE, new byte[1]);
    when("read batches/1", () -> plan(2, List.of(RUN)), () -> storage.delete("batches/1"));
    sweep.after(checkpoint.batches().read(0).orElseThrow(), -1);
    assertThat(storage.paths()).contains(FILE).doesNotContain("batches/1");
  }

  /** An act of another driver. */
  private interface Act {
    void happen() throws IOException;
  }

  private void when(String operation, Act... acts) {
    when = operation;
    meanwhile =
        () -> {
          for (Act act : acts) {
            try {
              act.happen();
            } catch (IOException e) {
              throw new AssertionError(e);
            }
          }
        };
  }

  private void happen(String operation) {
    if (operation.startsWith(when)) {
      when = "never";
      meanwhile.run();
    }
  }

  private void plan(long number, List<String> runs) throws IOException {
    List<LiveRun> live =
        runs.stream().map(file -> LiveRun.of(new Run(file, 1, 0, 1, 0, 0), number)).toList();
    OperatorState state = OperatorState.initial(new TreeMap<>()).withRuns(live);
    checkpoint
        .batches()
        .create(
            number,
            new Batch(
                number,
                "driver",
                0,
                DecidedSegments.NONE,
                Frontier.NONE,
                new WrittenTables(new TreeMap<>(), new TreeMap<>()),
                new TreeMap<>(),
                new WindowStates(new TreeMap<>(Map.of("counts", state)), List.of()),
                Continuity.NONE));
  }
}
