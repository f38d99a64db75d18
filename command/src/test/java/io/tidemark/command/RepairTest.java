package io.tidemark.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.command.fixture.Run;
import io.tidemark.command.fixture.Sink;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RepairTest {

  private static final TopicPartition P0 = new TopicPartition("orders", 0);

  @TempDir private Path directory;
  private Sink sink;
  private long newest;

  @BeforeEach
  void land() throws IOException {
    sink = new Sink(directory, P0);
    sink.land(P0, 30);
    sink.land(P0, 12);
    newest = sink.checkpoint.commits().latest().orElseThrow();
  }

  @Test
  void hasNothingToDoWhereNothingIsDamaged() {
    Run run = Run.of("repair", sink.location);
    assertThat(run.out()).contains("No file is damaged");
    assertThat(run.code()).isEqualTo(ExitCode.FINE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"offsets/", "commits/"})
  void writesAgainWhatFollowsFromThePlan(String log) throws IOException {
    String path = log + newest;
    String before = sink.text(path);
    tear(path);
    Run dry = Run.of("repair", sink.location);
    assertThat(dry.code()).isEqualTo(ExitCode.FINDINGS);
    assertThat(dry.out()).contains("restore").contains("Nothing was changed");
    assertThat(sink.text(path)).isNotEqualTo(before);

    Run run = Run.of("repair", sink.location, "--execute", "--force");
    assertThat(run.out()).contains("All done.");
    assertThat(run.code()).isEqualTo(ExitCode.FINE);
    assertThat(sink.text(path)).isEqualTo(before);
    assertThat(aside()).singleElement().asString().endsWith(path);
    continues();
  }

  @Test
  void writesAgainWhatTheNamesOfSessionsSay() throws IOException {
    List<String> names = sink.storage.list("sessions");
    assertThat(names).hasSizeGreaterThanOrEqualTo(2);
    for (String name : names) {
      String before = sink.text("sessions/" + name);
      sink.damage("sessions/" + name);
      assertThat(Run.of("repair", sink.location, "--execute", "--force").code())
          .as(name)
          .isEqualTo(ExitCode.FINE);
      assertThat(sink.text("sessions/" + name)).isEqualTo(before);
    }
    continues();
  }

  @Test
  void setsASegmentAsideWhoseRecordsAreReadAgain() throws IOException {
    sink.seal(P0, 7);
    sink.damage("segments/" + sink.storage.list("segments").get(0));
    Run run = Run.of("repair", sink.location, "--execute", "--force");
    assertThat(run.out()).contains("set aside").contains("read again");
    assertThat(run.code()).isEqualTo(ExitCode.FINE);
    sink.start();
    sink.land(P0, 0);
    sink.land(P0, 1);
    continues();
    assertThat(Run.of("verify", sink.location, "--rows", "--dense").out()).contains("Read 55 rows");
  }

  @Test
  void setsAnOldPlanAside() throws IOException {
    sink.damage("batches/" + (newest - 1));
    Run run = Run.of("repair", sink.location, "--execute", "--force");
    assertThat(run.out()).contains("later plans do not need it");
    assertThat(run.code()).isEqualTo(ExitCode.FINE);
    continues();
  }

  @Test
  void leavesTheNewestPlanToABackup() throws IOException {
    sink.damage("batches/" + newest);
    Run run = Run.of("repair", sink.location, "--execute", "--force");
    assertThat(run.out()).contains("leave").contains("backup");
    assertThat(run.code()).isEqualTo(ExitCode.FINDINGS);
    assertThat(sink.location.resolve("batches/" + newest)).exists();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "v1\n{", "whole"})
  void setsAPlanAsideThatNoTableHas(String offsets) throws IOException {
    Files.writeString(sink.location.resolve("batches/" + (newest + 1)), "v1\n{\"batch\":");
    if (!offsets.isEmpty()) {
      Files.writeString(
          sink.location.resolve("offsets/" + (newest + 1)),
          offsets.equals("whole") ? sink.text("offsets/" + newest) : offsets);
    }
    Run run = Run.of("repair", sink.location, "--execute", "--force");
    assertThat(run.out()).contains("planned again");
    assertThat(run.code()).isEqualTo(ExitCode.FINE);
    continues();
  }

  @Test
  void movesLeftOverAndStrangeFilesAway() throws IOException {
    Files.writeString(sink.location.resolve("segments/.tmp-1234"), "half");
    Files.writeString(sink.location.resolve("segments/backup of a segment"), "copy");
    Run run = Run.of("repair", sink.location, "--execute", "--force");
    assertThat(run.code()).isEqualTo(ExitCode.FINE);
    assertThat(aside()).hasSize(2);
    continues();
  }

  @Test
  void waitsUntilTheConnectorIsQuiet() throws IOException {
    tear("offsets/" + newest);
    Run run = Run.of("repair", sink.location, "--execute");
    assertThat(run.err()).contains("TM-602").contains("seems to run");
    assertThat(run.code()).isEqualTo(ExitCode.UNREADABLE);
    assertThat(sink.location.resolve("damaged")).doesNotExist();
  }

  private void continues() throws IOException {
    sink.start();
    sink.land(P0, 5);
    Run verified = Run.of("verify", sink.location, "--rows", "--dense");
    assertThat(verified.code()).as(verified.out()).isEqualTo(ExitCode.FINE);
    assertThat(Run.of("inspect", sink.location).code()).isEqualTo(ExitCode.FINE);
  }

  private void tear(String path) throws IOException {
    String content = sink.text(path);
    Path file = sink.location.resolve(path);
    Files.delete(file);
    Files.write(file, content.substring(0, 2).getBytes(StandardCharsets.UTF_8));
  }

  private List<Path> aside() throws IOException {
    try (Stream<Path> files = Files.walk(sink.location.resolve("damaged"))) {
      return files.filter(Files::isRegularFile).toList();
    }
  }
}
