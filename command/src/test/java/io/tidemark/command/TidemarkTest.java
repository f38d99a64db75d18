package io.tidemark.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.command.fixture.CountedFileSystem;
import io.tidemark.command.fixture.Run;
import io.tidemark.command.fixture.Sink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the command does with arguments that it cannot use. */
class TidemarkTest {

  @TempDir private Path directory;
  private Path location;

  @BeforeEach
  void land() throws IOException {
    Sink sink = new Sink(directory, new TopicPartition("orders", 0));
    sink.land(new TopicPartition("orders", 0), 3);
    location = sink.location;
  }

  @ParameterizedTest
  @CsvSource({
    "file:::x, TM-607",
    "'', TM-607",
    "hdfs://name.invalid/x, TM-607 .*host name.invalid is unknown",
    "nothing://x/y, TM-700",
    "/nowhere/at/all, TM-600",
  })
  void saysWhyALocationIsNone(String named, String message) {
    refuses(Run.of("inspect", named), message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"inspect", "verify", "repair", "rebase"})
  void closesTheFileSystemsThatItOpens(String command) {
    int opened = CountedFileSystem.opened;
    int closed = CountedFileSystem.closed;

    Run.of(command, location, "--hadoop", "fs.file.impl=" + CountedFileSystem.class.getName());

    assertThat(CountedFileSystem.closed - closed).isEqualTo(CountedFileSystem.opened - opened);
  }

  @Test
  void saysWhichFileItCannotUse() throws IOException {
    refuses(
        Run.of("inspect", location, "--html", "/nowhere/page.html"),
        "TM-608 Cannot use --html /nowhere/page.html: /nowhere/page.html does not exist");
    refuses(
        Run.of("inspect", location, "--html", directory),
        "TM-608 .*cannot be used: Is a directory");
    refuses(
        Run.of("inspect", location, "--bootstrap-server", "localhost:1", "--command-config", "/no"),
        "TM-608 Cannot use --command-config /no: /no does not exist");
    Path file = Files.writeString(directory.resolve("a file"), "x");
    refuses(Run.of("verify", file), "TM-609 Cannot read or write: .*Not a directory");
  }

  @ParameterizedTest
  @CsvSource({"nonsense, Invalid url", "name.invalid:9092, No resolvable bootstrap"})
  void saysThatKafkaIsNotThere(String server, String why) {
    refuses(
        Run.of("inspect", location, "--bootstrap-server", server),
        "TM-601 Cannot ask Kafka at " + server + " for offsets: " + why);
  }

  @ParameterizedTest
  @CsvSource({
    "inspect, --batches, 0, Invalid value 0 for --batches: must be at least 1.",
    "verify, --from-batch, -1, Invalid value -1 for --from-batch: must be at least 0.",
    "inspect, --batches, x, Invalid value for option",
    "verify, --hadoop, x, KEY=VALUE",
  })
  void showsTheUsageAfterAWrongArgument(
      String command, String option, String value, String message) {
    Run run = Run.of(command, location, option, value);
    assertThat(run.err()).contains(message).contains("Usage: tidemark " + command);
    assertThat(run.code()).isEqualTo(ExitCode.USAGE);
  }

  private static void refuses(Run run, String message) {
    assertThat(run.err().lines()).as(run.err()).hasSize(1);
    assertThat(run.err()).containsPattern("^TM-").containsPattern(message);
    assertThat(run.code()).isEqualTo(ExitCode.UNREADABLE);
  }
}
