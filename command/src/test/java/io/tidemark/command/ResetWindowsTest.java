package io.tidemark.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.checkpoint.log.Batch;
import io.tidemark.checkpoint.log.OperatorState;
import io.tidemark.command.fixture.Run;
import io.tidemark.command.fixture.Sink;
import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code rebase} and {@code reset} do to a connector with windows. */
class ResetWindowsTest {

  private static final TopicPartition P0 = new TopicPartition("orders", 0);

  @TempDir private Path directory;
  private Sink sink;

  /** The batch after 70 records: one window is closed, one is open. */
  private Batch early;

  @BeforeEach
  void land() throws IOException {
    sink = Sink.ofWindows(directory, P0);
    sink.land(P0, 70);
    early = newest();
    assertThat(early.operators().get("counts").partials()).isPositive();
    sink.land(P0, 30);
    sink.seal(P0, 7);
    assertThat(sink.checkpoint.segments().ids()).isNotEmpty();
  }

  @Test
  void forgetsEverythingAlthoughSegmentsWait() throws IOException {
    Run dry = Run.of("reset", sink.location, "--all");
    assertThat(dry.out())
        .containsPattern("counts +[1-9][0-9]* +none +none")
        .contains("Segments waiting: 1. They are rejected, and their records are read again.");
    Run run = Run.of("reset", sink.location, "--all", "--execute", "--force");
    assertThat(run.code()).as(run.err()).isEqualTo(ExitCode.FINE);
    assertThat(newest().operators()).isEmpty();
    assertThat(newest().frontier().ends()).isEmpty();
    sink.start();
    sink.land(P0, 1);
    assertThat(newest().frontier().end(P0)).isEqualTo(OptionalLong.of(108));
    assertThat(Run.of("verify", sink.location).code()).isEqualTo(ExitCode.FINE);
  }

  @Test
  void returnsToABatchWithItsWindows() throws IOException {
    Run run = Run.of("reset", sink.location, "--to-batch", early.number(), "--execute", "--force");
    assertThat(run.code()).as(run.err()).isEqualTo(ExitCode.FINE);
    assertThat(newest().frontier()).isEqualTo(early.frontier());
    assertThat(newest().operators()).isEqualTo(early.operators());
    continuesToTheEnd();
  }

  @Test
  void setsOffsetsToWhereARetainedBatchEnded() throws IOException {
    Run run = rebase(70);
    assertThat(run.code()).as(run.err()).isEqualTo(ExitCode.FINE);
    assertThat(newest().operators()).isEqualTo(early.operators());
    continuesToTheEnd();
  }

  @Test
  void namesTheOffsetsThatHaveStateWhenOthersAreAskedFor() throws IOException {
    long before = newest().number();
    Run run = rebase(69);
    assertThat(run.err())
        .contains("TM-172")
        .contains("batch " + early.number() + " {orders-0=70}")
        .contains("Nothing was changed");
    assertThat(run.code()).isEqualTo(ExitCode.UNREADABLE);
    assertThat(newest().number()).isEqualTo(before);
  }

  private Run rebase(long offset) {
    return Run.of(
        "rebase",
        sink.location,
        "--topic",
        "orders",
        "--to",
        "{\"0\":" + offset + "}",
        "--execute",
        "--force");
  }

  /** Every record is in one window: those of open ones are in the state, once. */
  private void continuesToTheEnd() throws IOException {
    sink.start();
    sink.land(P0, 13);
    OperatorState state = newest().operators().get("counts");
    assertThat(newest().frontier().end(P0)).isEqualTo(OptionalLong.of(120));
    assertThat(state.watermarkMs()).hasValue(Sink.START_MS + 119_000);
    assertThat(Run.of("verify", sink.location).code()).isEqualTo(ExitCode.FINE);
  }

  private Batch newest() throws IOException {
    return sink.checkpoint
        .batches()
        .read(sink.checkpoint.commits().latest().orElseThrow())
        .orElseThrow();
  }
}
