package io.tidemark.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.checkpoint.log.Batch;
import io.tidemark.checkpoint.log.CommitLog;
import io.tidemark.checkpoint.log.OffsetLog;
import io.tidemark.checkpoint.log.Offsets;
import io.tidemark.command.fixture.Run;
import io.tidemark.command.fixture.Sink;
import io.tidemark.common.DataFile;
import io.tidemark.delta.table.Append;
import io.tidemark.delta.table.DeltaTables;
import io.tidemark.delta.table.Table;
import io.tidemark.sink.batch.OffsetReset;
import io.tidemark.storage.HadoopFileSystems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyTest {

  private static final TopicPartition P0 = new TopicPartition("orders", 0);
  private static final TopicPartition P1 = new TopicPartition("orders", 1);

  @TempDir private Path directory;
  private Sink sink;

  @BeforeEach
  void land() throws IOException {
    sink = new Sink(directory, P0, P1);
    sink.land(P0, 30);
    sink.land(P1, 100);
    sink.land(P0, 12);
  }

  @Test
  void findsNothingInWhatTheSinkHasWritten() {
    Run run = Run.of("verify", sink.location, "--rows", "--dense");
    assertThat(run.out())
        .contains("Read 142 rows")
        .contains("Every offset is accounted for")
        .doesNotContain("gap");
    assertThat(run.code()).isEqualTo(ExitCode.FINE);
  }

  @Test
  void doesNotMindTheRowsAndVersionsOfOthers() throws IOException {
    table()
        .append(
            new Append("another query", 7, List.of(file()), Map.of(P0.toString(), "[5, 9)"))
                .after(OptionalLong.empty()));
    assertThat(Run.of("verify", sink.location).code()).isEqualTo(ExitCode.FINE);
  }

  @Test
  void findsOffsetsThatAreInNoVersion() throws IOException {
    append(50, Map.of(P0.toString(), "[45, 50)"));
    Run run = Run.of("verify", sink.location);
    assertThat(run.code()).isEqualTo(ExitCode.FINDINGS);
    assertThat(run.out()).containsPattern("gap +orders-0 .*ended at 42, .*begins at 45");
  }

  @Test
  void findsOffsetsThatAreInTwoVersions() throws IOException {
    append(50, Map.of(P0.toString(), "[40, 50)"));
    Run run = Run.of("verify", sink.location);
    assertThat(run.code()).isEqualTo(ExitCode.FINDINGS);
    assertThat(run.out()).containsPattern("overlap +orders-0 .*ended at 42, .*begins at 40");
  }

  @Test
  void findsATableThatIsAheadOfItsLocation() throws IOException {
    long newest = sink.checkpoint.commits().latest().orElseThrow();
    table()
        .append(
            new Append(Sink.QUERY, newest + 1, List.of(file()), Map.of(P0.toString(), "[42, 50)")));
    Run run = Run.of("verify", sink.location);
    assertThat(run.code()).isEqualTo(ExitCode.FINDINGS);
    assertThat(run.out()).contains("ahead").contains("older copy");
  }

  @Test
  void saysWhyRangesDoNotJoinWhereABatchHadNoRows() throws IOException {
    plan(Map.of(P0, 60L));
    append(70, Map.of(P0.toString(), "[60, 70)"));
    Run run = Run.of("verify", sink.location);
    assertThat(run.out()).containsPattern("explained +orders-0 .*had no rows for a table");
    assertThat(run.code()).isEqualTo(ExitCode.FINE);
  }

  @Test
  void saysThatABatchResetThePartition() throws IOException {
    long newest = sink.checkpoint.commits().latest().orElseThrow();
    var before = sink.checkpoint.batches().read(newest).orElseThrow();
    commit(
        OffsetReset.of(
                "request",
                "topic orders was created again",
                Map.of(P0, OptionalLong.of(0)),
                before.continuity().origin())
            .applied(Numbered.next(before, before.frontier().ends())));
    append(8, Map.of(P0.toString(), "[0, 8)"));
    Run run = Run.of("verify", sink.location);
    assertThat(run.out())
        .containsPattern("explained +orders-0 .*reset it: topic orders was created again");
    assertThat(run.code()).isEqualTo(ExitCode.FINE);
  }

  @Test
  void knowsOfAResetWhosePlanIsGone() throws IOException {
    move("{\"0\":10}");
    sink.start();
    sink.land(P1, 5);
    sink.land(P0, 3);
    forgetOldPlans();
    Run run = Run.of("verify", sink.location);
    assertThat(run.out())
        .containsPattern(
            "explained +orders-0 .*ended at 42, .*begins at 10: batch [0-9]+ reset it: tidemark"
                + " rebase --topic orders");
    assertThat(run.code()).as(run.out()).isEqualTo(ExitCode.FINE);
  }

  @Test
  void knowsOfAResetAfterWhichNoTableHasABatchYet() throws IOException {
    move("{\"0\":10,\"1\":null}");
    forgetOldPlans();
    Run run = Run.of("verify", sink.location);
    assertThat(run.out()).containsPattern("explained +orders-0 .*continues at 10: .* reset it");
    assertThat(run.code()).as(run.out()).isEqualTo(ExitCode.FINE);
  }

  /** Their records were read once more, so that their rows are there twice. */
  @Test
  void takesRowsAfterAResetForWhatTheyAre() throws IOException {
    move("{\"0\":10}");
    sink.start();
    sink.land(P0, 40);
    // Rows of the old topic lie after the end of the new one.
    move("{\"0\":0}");
    sink.recreate(P0);
    sink.start();
    sink.land(P0, 5);
    Run run = Run.of("verify", sink.location, "--rows", "--dense");
    assertThat(run.out())
        .contains("Read 219 rows")
        .doesNotContain("duplicate")
        .doesNotContain("beyond");
    assertThat(run.code()).as(run.out()).isEqualTo(ExitCode.FINE);
  }

  private void move(String to) {
    Run reset =
        Run.of("rebase", sink.location, "--topic", "orders", "--to", to, "--execute", "--force");
    assertThat(reset.code()).as(reset.err()).isEqualTo(ExitCode.FINE);
  }

  /** What the clean-up does after later batches: only the newest plan is still there. */
  private void forgetOldPlans() throws IOException {
    for (long number : sink.checkpoint.batches().numbers()) {
      if (number < sink.checkpoint.batches().latest().orElseThrow()) {
        Files.delete(sink.location.resolve("batches/" + number));
        Files.delete(sink.location.resolve("commits/" + number));
      }
    }
  }

  @Test
  void leavesOpenWhatOnlyRemovedPlansCouldExplain() throws IOException {
    plan(Map.of(P0, 60L));
    append(70, Map.of(P0.toString(), "[60, 70)"));
    for (long number : sink.checkpoint.batches().numbers()) {
      if (number < sink.checkpoint.batches().latest().orElseThrow()) {
        Files.delete(sink.location.resolve("batches/" + number));
      }
    }
    Run run = Run.of("verify", sink.location);
    assertThat(run.out()).contains("unproven");
    assertThat(run.code()).isEqualTo(ExitCode.FINE);
  }

  @Test
  void findsRowsThatAreThereTwice() throws IOException {
    Sink again = new Sink(directory.resolve("again"), P0);
    again.land(P0, 4);
    // The rows of another table's file, copied over a file of this one and its version once more.
    DataFile copied = firstFile(again);
    Path target = sink.table.resolve("part-copied.zstd.parquet");
    Files.copy(again.table.resolve(copied.path()), target);
    table()
        .append(
            new Append(
                    "another query",
                    1,
                    List.of(
                        new DataFile(
                            sink.table.toString(),
                            target.getFileName().toString(),
                            Map.of(),
                            copied.bytes(),
                            copied.modifiedMs(),
                            copied.rows(),
                            copied.statistics())),
                    Map.of())
                .after(OptionalLong.empty()));
    assertThat(Run.of("verify", sink.location).code()).isEqualTo(ExitCode.FINE);
    Run run = Run.of("verify", sink.location, "--rows");
    assertThat(run.out())
        .containsPattern("duplicate .*orders-0 +4 rows too many, the first at offset 0");
    assertThat(run.code()).isEqualTo(ExitCode.FINDINGS);
  }

  @Test
  void findsABatchThatIsNoVersionOfATableThatItWroteTo() throws IOException {
    Batch before =
        sink.checkpoint
            .batches()
            .read(sink.checkpoint.commits().latest().orElseThrow())
            .orElseThrow();
    commit(
        Numbered.next(before, before.frontier().ends())
            .closing(before.operators(), before.tables(), List.of(file())));
    Run run = Run.of("verify", sink.location);
    assertThat(run.out())
        .containsPattern("missing .*no version has batch " + (before.number() + 1));
    assertThat(run.code()).isEqualTo(ExitCode.FINDINGS);
  }

  @Test
  void findsADroppedTable() throws IOException {
    Files.move(sink.table, directory.resolve("elsewhere"));
    Run run = Run.of("verify", sink.location);
    assertThat(run.out()).contains("replaced").contains("there is no table");
    assertThat(run.code()).isEqualTo(ExitCode.FINDINGS);
  }

  private static DataFile firstFile(Sink sink) throws IOException {
    try (var files = Files.list(sink.table)) {
      Path file =
          files.filter(path -> path.toString().endsWith(".parquet")).findFirst().orElseThrow();
      return new DataFile(
          sink.table.toString(),
          file.getFileName().toString(),
          Map.of(),
          Files.size(file),
          Files.getLastModifiedTime(file).toMillis(),
          4,
          "{\"numRecords\":4}");
    }
  }

  /** A version of the next batch with these ranges, and the entries that a driver would make. */
  private void append(long end, Map<String, String> ranges) throws IOException {
    long number = plan(Map.of(P0, end));
    table().append(new Append(Sink.QUERY, number, List.of(file()), new TreeMap<>(ranges)));
  }

  private long plan(Map<TopicPartition, Long> ends) throws IOException {
    long newest = sink.checkpoint.commits().latest().orElseThrow();
    var before = sink.checkpoint.batches().read(newest).orElseThrow();
    Map<TopicPartition, Long> frontier = new TreeMap<>(Offsets.ORDER);
    frontier.putAll(before.frontier().ends());
    frontier.putAll(ends);
    commit(Numbered.next(before, frontier));
    return newest + 1;
  }

  private void commit(Batch plan) throws IOException {
    sink.checkpoint.batches().create(plan.number(), plan);
    sink.checkpoint.offsets().create(plan.number(), OffsetLog.Entry.of(plan, Map.of()));
    sink.checkpoint.commits().create(plan.number(), CommitLog.Entry.of(plan));
  }

  private Table table() throws IOException {
    return new DeltaTables(new HadoopFileSystems(Map.of()), "Tidemark/test")
        .open(sink.table.toString())
        .orElseThrow();
  }

  private DataFile file() {
    return new DataFile(
        sink.table.toString(), "part-x.parquet", Map.of(), 100, 1, 3, "{\"numRecords\":3}");
  }
}
