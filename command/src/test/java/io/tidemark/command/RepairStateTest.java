package io.tidemark.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.checkpoint.log.Batch;
import io.tidemark.checkpoint.log.LiveRun;
import io.tidemark.checkpoint.log.OffsetLog;
import io.tidemark.checkpoint.log.SegmentId;
import io.tidemark.command.fixture.Run;
import io.tidemark.command.fixture.Sink;
import io.tidemark.delta.read.DeltaReadableTables;
import io.tidemark.delta.read.FileRows;
import io.tidemark.delta.read.ReadableTable;
import io.tidemark.delta.read.TableFile;
import io.tidemark.delta.read.TableState;
import io.tidemark.storage.HadoopFileSystems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code repair} does about the runs of open windows. */
class RepairStateTest {

  private static final TopicPartition P0 = new TopicPartition("orders", 0);

  @TempDir private Path directory;
  private Sink sink;

  /** Two windows are closed, 10 records of the third are in its state. */
  private Batch early;

  @BeforeEach
  void land() throws IOException {
    sink = Sink.ofWindows(directory, P0);
    sink.land(P0, 70);
    sink.land(P0, 60);
    early = newest();
    assertThat(early.writes()).containsValue(early.number());
  }

  @Test
  void findsNothingWhereStateIsWhole() {
    Run run = Run.of("repair", sink.location);
    assertThat(run.out()).contains("No file is damaged");
    assertThat(run.code()).isEqualTo(ExitCode.FINE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"damaged", "torn", "missing"})
  void returnsToABatchWhoseStateIsWholeWhereNothingWasWrittenSince(String how) throws IOException {
    sink.land(P0, 10);
    sink.seal(P0, 5);
    String run = only(newest(), early);
    spoil(run, how);
    Run dry = Run.of("repair", sink.location);
    assertThat(dry.code()).isEqualTo(ExitCode.FINDINGS);
    assertThat(dry.out())
        .contains(run)
        .contains("give up")
        .contains("The state of batch " + early.number() + " is whole")
        .contains("Nothing was changed");

    Run repaired = Run.of("repair", sink.location, "--execute", "--force");
    assertThat(repaired.code()).as(repaired.out() + repaired.err()).isEqualTo(ExitCode.FINE);
    assertThat(repaired.out()).contains("Returned to batch " + early.number());
    assertThat(newest().frontier()).isEqualTo(early.frontier());
    sink.start();
    sink.land(P0, 0);
    assertThat(newest().frontier().end(P0)).isEqualTo(OptionalLong.of(145));
    sink.land(P0, 60);
    assertThat(recordsPerWindow()).as("each record is in one row").containsExactly(60L, 60L, 60L);
    assertThat(Run.of("repair", sink.location).out()).contains("No file is damaged");
    assertThat(Run.of("verify", sink.location).code()).isEqualTo(ExitCode.FINE);
  }

  /** Its rows lie after the batch that could be returned to, and no plan tells of them. */
  @Test
  void doesNotReturnAfterABatchOfSparks() throws IOException {
    sink.land(P0, 10);
    long newest = newest().number();
    spoil(only(newest(), early), "damaged");
    sink.checkpoint
        .offsets()
        .create(newest + 1, new OffsetLog.Entry(0, 9, new TreeMap<>(), newest().frontier()));
    Files.copy(
        sink.location.resolve("commits/" + newest),
        sink.location.resolve("commits/" + (newest + 1)));
    Run run = Run.of("repair", sink.location, "--execute", "--force");
    assertThat(run.out()).contains("leave").doesNotContain("Returned to batch");
    assertThat(run.code()).isEqualTo(ExitCode.FINDINGS);
  }

  @Test
  void saysWhatIsWrittenOnceMoreWhereRowsWereWrittenSince() throws IOException {
    sink.land(P0, 60);
    Batch last = newest();
    assertThat(last.writes()).containsValue(last.number());
    spoil(only(last, early), "damaged");
    Run run = Run.of("repair", sink.location, "--execute", "--force");
    assertThat(run.code()).isEqualTo(ExitCode.FINDINGS);
    assertThat(run.out())
        .contains("leave")
        .contains("bin/tidemark reset --to-batch " + early.number())
        .contains("written again")
        .contains("Some files were left");
    assertThat(newest()).isEqualTo(last);

    Run reset = Run.of("reset", sink.location, "--to-batch", last.number(), "--execute", "--force");
    assertThat(reset.err()).contains("TM-606").contains("checksum");
    assertThat(newest()).isEqualTo(last);
    Run back = Run.of("reset", sink.location, "--to-batch", early.number(), "--execute", "--force");
    assertThat(back.code()).as(back.err()).isEqualTo(ExitCode.FINE);
  }

  @Test
  void setsAsideWhatOnlyOlderBatchesName() throws IOException {
    sink.land(P0, 60);
    String old = only(early, newest());
    spoil(old, "damaged");
    Run run = Run.of("repair", sink.location, "--execute", "--force");
    assertThat(run.out())
        .contains("set aside")
        .contains("batch " + early.number() + " can no longer be returned to");
    assertThat(run.code()).isEqualTo(ExitCode.FINE);
    assertThat(sink.location.resolve(old)).doesNotExist();
  }

  @Test
  void setsASegmentAsideWhoseRunIsDamaged() throws IOException {
    sink.seal(P0, 5);
    SegmentId id = sink.checkpoint.segments().ids().iterator().next();
    spoil(
        "state/counts/"
            + sink.checkpoint
                .segments()
                .read(id)
                .orElseThrow()
                .operators()
                .get("counts")
                .runs()
                .get(0)
                .file(),
        "torn");
    Run run = Run.of("repair", sink.location, "--execute", "--force");
    assertThat(run.out()).contains("segments/" + id).contains("are read again");
    assertThat(run.code()).as(run.out()).isEqualTo(ExitCode.FINE);
    sink.start();
    sink.land(P0, 0);
    sink.land(P0, 0);
    assertThat(newest().frontier().end(P0)).isEqualTo(OptionalLong.of(135));
  }

  @Test
  void letsTheSourcesOfAMergedRunStandIn() throws IOException {
    for (int batch = 0; batch < 30 && merged() == null; batch++) {
      sink.land(P0, 1);
    }
    LiveRun merged = merged();
    assertThat(merged).as("runs are merged").isNotNull();
    spoil("state/counts/" + merged.run().file(), "damaged");
    assertThat(Run.of("inspect", sink.location).code()).isEqualTo(ExitCode.FINE);
    Run run = Run.of("repair", sink.location, "--execute", "--force");
    assertThat(run.out())
        .contains("the " + merged.builtFrom().size() + " runs that it was merged from are whole");
    assertThat(run.code()).as(run.out()).isEqualTo(ExitCode.FINE);
    assertThat(Run.of("repair", sink.location).out()).contains("No file is damaged");
    assertThat(Run.of("inspect", sink.location).code()).isEqualTo(ExitCode.FINE);
    sink.start();
    sink.land(P0, 60);
    assertThat(recordsPerWindow()).containsExactly(60L, 60L, 60L);
  }

  @Test
  void returnsToNothingWhileOtherFilesNeedABackup() throws IOException {
    sink.land(P0, 10);
    Batch last = newest();
    spoil(only(last, early), "damaged");
    Files.writeString(sink.location.resolve("commits/" + early.number()), "v2\n{}");
    Run run = Run.of("repair", sink.location, "--execute", "--force");
    assertThat(run.out()).contains("run the release that wrote it").doesNotContain("Returned to");
    assertThat(run.code()).isEqualTo(ExitCode.FINDINGS);
    assertThat(newest()).isEqualTo(last);
  }

  @Test
  void showsRunsThatAreNotThere() throws IOException {
    spoil(only(newest(), Batch.NONE), "missing");
    Run inspected = Run.of("inspect", sink.location);
    assertThat(inspected.out()).containsPattern("state/counts/.* it is missing");
    assertThat(inspected.code()).isEqualTo(ExitCode.FINDINGS);
    assertThat(Run.of("verify", sink.location).out()).containsPattern("damaged +state/counts/");
  }

  private void spoil(String path, String how) throws IOException {
    Path file = sink.location.resolve(path);
    switch (how) {
      case "missing" -> Files.delete(file);
      case "torn" -> {
        byte[] content = Files.readAllBytes(file);
        Files.delete(file);
        Files.write(file, Arrays.copyOf(content, content.length - 1));
      }
      default -> sink.damage(path);
    }
  }

  /** A run that one batch needs and another does not. */
  private static String only(Batch batch, Batch without) {
    List<io.tidemark.checkpoint.log.Run> others = runs(without);
    return runs(batch).stream()
        .filter(run -> !others.contains(run))
        .map(run -> "state/counts/" + run.file())
        .findFirst()
        .orElseThrow();
  }

  private static List<io.tidemark.checkpoint.log.Run> runs(Batch batch) {
    return batch.operators().containsKey("counts")
        ? batch.operators().get("counts").runs().stream().map(LiveRun::run).toList()
        : List.of();
  }

  private LiveRun merged() throws IOException {
    return newest().operators().get("counts").runs().stream()
        .filter(live -> !live.builtFrom().isEmpty())
        .findFirst()
        .orElse(null);
  }

  private List<Long> recordsPerWindow() throws IOException {
    ReadableTable table =
        new DeltaReadableTables(new HadoopFileSystems(Map.of()))
            .open(sink.table.toString())
            .orElseThrow();
    TableState state = table.at(table.newest());
    List<Long> counts = new ArrayList<>();
    for (TableFile file :
        table.files(state.version(), path -> true, Optional.empty(), 100).files()) {
      try (FileRows rows = table.rows(state, file, 0)) {
        while (rows.next()) {
          counts.add(rows.value().getInt64("records"));
        }
      }
    }
    return counts;
  }

  private Batch newest() throws IOException {
    return sink.checkpoint
        .batches()
        .read(sink.checkpoint.commits().latest().orElseThrow())
        .orElseThrow();
  }
}
