package io.tidemark.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.checkpoint.log.Offsets;
import io.tidemark.checkpoint.log.SessionId;
import io.tidemark.command.fixture.Run;
import io.tidemark.command.fixture.Sink;
import io.tidemark.command.inspect.Inspector;
import io.tidemark.command.inspect.TableFolder;
import io.tidemark.command.inspect.TextReport;
import io.tidemark.command.location.LocationScan;
import io.tidemark.connector.Checkout;
import io.tidemark.delta.read.DeltaQueryLogs;
import io.tidemark.delta.read.QueryLog;
import io.tidemark.delta.read.QueryLogs;
import io.tidemark.delta.table.CommittedBatch;
import io.tidemark.storage.HadoopFileSystems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InspectTest {

  private static final TopicPartition P0 = new TopicPartition("orders", 0);
  private static final TopicPartition P1 = new TopicPartition("orders", 1);

  @TempDir private Path directory;

  @Test
  void printsWhatTheGoldenFileSays() throws IOException {
    Sink sink = new Sink(directory, P0, P1);
    sink.land(P0, 30);
    sink.land(P1, 1_200);
    sink.land(P0, 5);
    sink.start();
    for (int i = 0; i < 4; i++) {
      sink.land(P1, 10);
    }
    // A zombie of the task that was there before begins another file.
    Files.writeString(
        sink.table.resolve(
            "part-" + new SessionId(0, 1, 0, "00000002") + "-000007-00000.zstd.parquet"),
        "half a file");
    sink.seal(P0, 7);
    Files.writeString(sink.location.resolve("segments/.tmp-1234"), "half a seg");
    sink.damage("offsets/2");

    LocationScan scan = LocationScan.of(sink.storage);
    String text =
        TextReport.of(
            new Inspector(
                    scan,
                    new SteadyLogs(scan, new DeltaQueryLogs(new HadoopFileSystems(Map.of()))),
                    folder(),
                    20)
                .inspect(sink.nowMs, new TreeMap<>(Offsets.ORDER)));
    // Paths are of any length, and so are the columns that they are in.
    String steady =
        text.lines()
            .map(line -> isWide(line) ? line.replaceAll(" {2,}", "  ") : line)
            .collect(Collectors.joining("\n", "", "\n"))
            .replace(directory.toUri().toString(), "file:///lake/")
            .replace(directory.toString(), "/lake")
            .replaceAll("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}", "<id>");
    Path golden = Path.of("src/test/resources/inspect.txt");
    if (Boolean.getBoolean("tidemark.docs.write")) {
      Files.createDirectories(golden.getParent());
      Files.writeString(golden, steady);
    }
    assertThat(steady).isEqualTo(Files.readString(golden));
  }

  private static boolean isWide(String line) {
    return line.contains("/orders")
        || line.startsWith("  table")
        || line.startsWith("  file")
        || line.startsWith("  segments/");
  }

  @Test
  void endsWithOneWhenAFileIsDamaged() throws IOException {
    Sink sink = new Sink(directory, P0);
    sink.land(P0, 30);
    assertThat(Run.of("inspect", sink.location).code()).isEqualTo(ExitCode.FINE);
    sink.damage("batches/0");
    Run run = Run.of("inspect", sink.location);
    assertThat(run.code()).isEqualTo(ExitCode.FINDINGS);
    assertThat(run.out()).contains("batches/0").contains("its checksum line does not match");
  }

  @ParameterizedTest
  @ValueSource(strings = {"planned", "windows"})
  void readsCheckpointLocationsOfEarlierBuilds(String name) {
    Run run =
        Run.of(
            "inspect",
            Checkout.root().resolve("connector-sink/src/test/resources/golden").resolve(name));
    assertThat(run.code()).as(run.out()).isEqualTo(ExitCode.FINE);
    assertThat(run.out()).contains("Damaged files: 0").contains("Sessions: ");
  }

  @Test
  void saysThatThereIsNoLocationWithoutMakingOne() {
    Path nothing = directory.resolve("nothing");
    Run run = Run.of("inspect", nothing);
    assertThat(run.code()).isEqualTo(ExitCode.UNREADABLE);
    assertThat(run.err()).contains("TM-600").contains("checkpoint.location");
    assertThat(nothing).doesNotExist();
  }

  @Test
  void refusesAFileSystemThatItDoesNotHave() {
    Run run = Run.of("inspect", "gopher://host/checkpoint");
    assertThat(run.code()).isEqualTo(ExitCode.UNREADABLE);
    assertThat(run.err()).contains("TM-700");
  }

  @Test
  void explainsItselfWhenArgumentsAreWrong() {
    assertThat(Run.of("inspect").code()).isEqualTo(ExitCode.USAGE);
    assertThat(Run.of("frobnicate", "x").code()).isEqualTo(ExitCode.USAGE);
    assertThat(Run.of().code()).isEqualTo(ExitCode.FINE);
    assertThat(Run.of().out()).startsWith("Usage: tidemark");
    assertThat(Run.of("inspect", directory, "--batches", "0").code())
        .isEqualTo(ExitCode.UNREADABLE);
  }

  private static TableFolder folder() {
    return new TableFolder(new HadoopFileSystems(Map.of()));
  }

  /** Logs whose commits take a quarter of a second, whatever the clock says. */
  private record SteadyLogs(LocationScan scan, QueryLogs logs) implements QueryLogs {

    @Override
    public Optional<QueryLog> open(String location) throws IOException {
      return logs.open(location).map(log -> new SteadyLog(scan, log));
    }
  }

  private record SteadyLog(LocationScan scan, QueryLog log) implements QueryLog {

    @Override
    public Optional<CommittedBatch> batch(long version) throws IOException {
      return log.batch(version);
    }

    @Override
    public Optional<CommittedBatch> batch(long version, String queryId) throws IOException {
      return log.batch(version, queryId)
          .map(
              batch ->
                  new CommittedBatch(
                      batch.version(),
                      scan.plans().get(batch.batch()).timestampMs() + 250,
                      queryId,
                      batch.batch(),
                      batch.rows(),
                      batch.files(),
                      batch.bytes(),
                      batch.offsets(),
                      batch.tags()));
    }

    @Override
    public String location() {
      return log.location();
    }

    @Override
    public String tableId() {
      return log.tableId();
    }

    @Override
    public List<String> columns() throws IOException {
      return log.columns();
    }

    @Override
    public long newest() {
      return log.newest();
    }

    @Override
    public long earliestCommit() throws IOException {
      return log.earliestCommit();
    }

    @Override
    public OptionalLong lastBatch(String queryId) throws IOException {
      return log.lastBatch(queryId);
    }
  }
}
