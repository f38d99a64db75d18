package io.tidemark.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.checkpoint.log.Batch;
import io.tidemark.checkpoint.log.OffsetLog;
import io.tidemark.command.fixture.Run;
import io.tidemark.command.fixture.Sink;
import io.tidemark.command.reset.WantedOffsets;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResetTest {

  private static final TopicPartition P0 = new TopicPartition("orders", 0);
  private static final TopicPartition P1 = new TopicPartition("orders", 1);

  @TempDir private Path directory;
  private Sink sink;

  @BeforeEach
  void land() throws IOException {
    sink = new Sink(directory, P0, P1);
    sink.land(P0, 30);
    sink.land(P1, 100);
  }

  @Test
  void saysWhatItWouldDoAndDoesItWhenTold() throws IOException {
    long newest = sink.checkpoint.commits().latest().orElseThrow();
    Run dry = Run.of("rebase", sink.location, "--topic", "orders", "--to", "{\"0\":10,\"1\":120}");
    assertThat(dry.out())
        .containsPattern("orders-0 +30 +10 +20 offsets are read again")
        .containsPattern("orders-1 +100 +120 +20 offsets are skipped")
        .contains("Nothing was changed");
    assertThat(dry.code()).isEqualTo(ExitCode.FINE);
    assertThat(sink.checkpoint.commits().latest()).hasValue(newest);

    Run run =
        Run.of(
            "rebase",
            sink.location,
            "--topic",
            "orders",
            "--to",
            "{\"0\":10,\"1\":120}",
            "--execute",
            "--force");
    assertThat(run.out()).contains("is written");
    assertThat(run.code()).isEqualTo(ExitCode.FINE);
    assertThat(Run.of("inspect", sink.location).out())
        .contains("offsets reset: tidemark rebase --topic orders");
    sink.start();
    sink.land(P0, 3);
    Run verified = Run.of("verify", sink.location);
    assertThat(verified.out()).contains("explained").contains("tidemark rebase --topic orders");
    assertThat(verified.code()).isEqualTo(ExitCode.FINE);
    assertThat(sink.checkpoint.batches().read(sink.checkpoint.commits().latest().orElseThrow()))
        .hasValueSatisfying(
            batch -> assertThat(batch.frontier().end(P0)).isEqualTo(OptionalLong.of(33)));
  }

  @Test
  void commitsWhatIsSealedBefore() throws IOException {
    sink.seal(P0, 7);
    Run run =
        Run.of(
            "rebase",
            sink.location,
            "--topic",
            "orders",
            "--to",
            "{\"0\":0}",
            "--execute",
            "--force");
    assertThat(run.code()).as(run.err()).isEqualTo(ExitCode.FINE);
    assertThat(Run.of("verify", sink.location, "--rows").out()).contains("Read 137 rows");
  }

  @Test
  void forgetsATopic() throws IOException {
    Run run = Run.of("reset", sink.location, "--topic", "orders", "--execute", "--force");
    assertThat(run.out()).contains("starts as if it was never read");
    assertThat(run.code()).isEqualTo(ExitCode.FINE);
    assertThat(sink.checkpoint.batches().read(sink.checkpoint.commits().latest().orElseThrow()))
        .hasValueSatisfying(batch -> assertThat(batch.frontier().ends()).isEmpty());
    assertThat(Run.of("reset", sink.location, "--topic", "refunds").out())
        .contains("No batch has named a partition of it");
  }

  @Test
  void returnsToABatch() throws IOException {
    List<Long> batches = sink.checkpoint.batches().numbers();
    long first = batches.get(0);
    Run run = Run.of("reset", sink.location, "--to-batch", first, "--execute", "--force");
    assertThat(run.code()).as(run.err()).isEqualTo(ExitCode.FINE);
    long newest = sink.checkpoint.commits().latest().orElseThrow();
    assertThat(sink.checkpoint.batches().read(newest).orElseThrow().frontier())
        .isEqualTo(sink.checkpoint.batches().read(first).orElseThrow().frontier());
    Run unknown = Run.of("reset", sink.location, "--to-batch", 999, "--execute", "--force");
    assertThat(unknown.code()).isEqualTo(ExitCode.UNREADABLE);
    assertThat(unknown.err()).contains("TM-173");
  }

  @Test
  void leavesADamagedLocationAlone() throws IOException {
    sink.damage("offsets/0");
    Run run = Run.of("reset", sink.location, "--all", "--execute", "--force");
    assertThat(run.err()).contains("TM-603");
    assertThat(run.code()).isEqualTo(ExitCode.UNREADABLE);
  }

  @Test
  void leavesWhatSparkBeganToTheConnector() throws IOException {
    long newest = sink.checkpoint.commits().latest().orElseThrow();
    Batch last = sink.checkpoint.batches().read(newest).orElseThrow();
    Batch sparks = Numbered.next(last, Map.of(P0, 40L, P1, 100L));
    sink.checkpoint
        .offsets()
        .create(newest + 1, new OffsetLog.Entry(0, 9, new TreeMap<>(), sparks.frontier()));
    Run run = Run.of("reset", sink.location, "--all", "--execute", "--force");
    assertThat(run.err()).contains("TM-604").contains("PATCH or DELETE /connectors/<name>/offsets");
    assertThat(run.code()).isEqualTo(ExitCode.UNREADABLE);
    assertThat(sink.checkpoint.batches().read(newest + 1)).isEmpty();
  }

  @Test
  void doesNotSetTheOffsetsOfATopicThatNobodyReads() {
    Run run = Run.of("rebase", sink.location, "--topic", "ordres", "--to", "{\"0\":10}");
    assertThat(run.err()).contains("TM-605").contains("topic ordres").contains("names orders");
    assertThat(run.code()).isEqualTo(ExitCode.UNREADABLE);
  }

  @Test
  void saysWhatBecomesOfSegmentsThatWait() throws IOException {
    sink.seal(P0, 7);
    assertThat(Run.of("reset", sink.location, "--all").out())
        .contains(
            "Segments waiting: 1. Those that continue the committed offsets are committed first.");
    assertThat(
            Run.of("reset", sink.location, "--to-batch", sink.checkpoint.batches().numbers().get(0))
                .out())
        .contains("Segments waiting: 1. They are rejected, and their records are read again.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"earliest", "latest"})
  void needsKafkaForOffsetsThatOnlyKafkaKnows(String to) {
    Run run = Run.of("rebase", sink.location, "--topic", "orders", "--to", to);
    assertThat(run.err()).contains("--bootstrap-server");
    assertThat(run.code()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void understandsOffsetsByPartition() {
    assertThat(WantedOffsets.parse("orders", "{\"1\":5,\"0\":null}"))
        .containsEntry(P0, OptionalLong.empty())
        .containsEntry(P1, OptionalLong.of(5));
    for (String wrong : List.of("", "7", "{}", "{\"x\":1}", "{\"0\":1.5}", "{\"0\":\"a\"}", "{")) {
      Assertions.assertThatThrownBy(() -> WantedOffsets.parse("orders", wrong))
          .as(wrong)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void wantsToKnowWhatToReset() {
    assertThat(Run.of("reset", sink.location).code()).isEqualTo(ExitCode.USAGE);
    assertThat(Run.of("reset", sink.location, "--all", "--to-batch", 1).code())
        .isEqualTo(ExitCode.USAGE);
  }
}
