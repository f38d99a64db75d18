package io.tidemark.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The command of the unpacked zip, over what real workers have written. */
class CommandIT {

  private final Cluster cluster = Cluster.shared();
  private final Command command = new Command(cluster);

  @Test
  void looksAfterWhatAWorkerWrites() throws Exception {
    Path table = cluster.fresh("command").resolve("table");
    String location = table + "-checkpoint";
    cluster.topics.create("command", 2);
    send(0, 40);
    cluster
        .rest()
        .put(
            "command",
            cluster.sink("command", table, "metadata.columns", "topic,partition,offset"));
    cluster.awaitCommitted("command", "command");
    send(40, 30);
    cluster.awaitCommitted("command", "command");

    Command.Run inspected =
        command.run("inspect", location, "--bootstrap-server", cluster.broker.bootstrapServers());
    assertThat(inspected.err()).doesNotContain("ERROR").doesNotContain("Exception");
    assertThat(inspected.code()).isZero();
    assertThat(inspected.out())
        .contains("Batch ")
        .contains(" 0 records in Kafka are not in a table yet")
        .containsPattern("command-0 +[0-9]+ +[0-9]+ +0")
        .contains(table.toString());

    Path page = cluster.fresh("page").resolve("inspect.html");
    assertThat(command.run("inspect", location, "--html", page.toString()).code()).isZero();
    assertThat(page).content().contains("<svg").contains("Time line");

    Command.Run verified = command.run("verify", location, "--rows", "--dense");
    assertThat(verified.out()).contains("Read 70 rows").contains("Every offset is accounted for");
    assertThat(verified.code()).as(verified.err()).isZero();
    assertThat(command.run("repair", location).code()).isZero();

    cluster.rest().stop("command");
    Command.Run rebased =
        command.run(
            "rebase",
            location,
            "--topic",
            "command",
            "--bootstrap-server",
            cluster.broker.bootstrapServers(),
            "--execute",
            "--force");
    assertThat(rebased.out()).contains("are read again").contains("is written");
    assertThat(rebased.code()).as(rebased.err()).isZero();
    cluster.rest().resume("command");
    Cluster.PATIENCE.await(
        "the rows are there once more",
        () -> command.run("verify", location, "--rows").out().contains("Read 140 rows"));
    Command.Run again = command.run("verify", location, "--rows");
    assertThat(again.out())
        .as("the batches passed them twice")
        .contains("explained")
        .doesNotContain("duplicate");
    assertThat(again.code()).isZero();
    cluster.rest().delete("command");

    // A commit that somebody has touched: the ranges of two batches are one and the same.
    damage(table);
    Command.Run damaged = command.run("verify", location);
    assertThat(damaged.out()).contains("overlap");
    assertThat(damaged.code()).isEqualTo(1);
  }

  @Test
  void saysWhereKafkaHasToBeWhenItIsNot() throws Exception {
    Command.Run run =
        command.run(
            Map.of("KAFKA_HOME", "/nowhere", "PATH", "/usr/bin:/bin"),
            "--kafka-libs",
            "/no",
            "verify",
            "/nowhere");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("kafka-clients").contains("KAFKA_HOME").contains("--kafka-libs");
  }

  @Test
  void isExecutableInTheZip() throws IOException {
    Path zip = Path.of(System.getProperty("tidemark.plugin.zip"));
    try (FileSystem entries =
            FileSystems.newFileSystem(zip, Map.of("enablePosixFileAttributes", "true"));
        Stream<Path> tops = Files.list(entries.getPath("/"))) {
      Path launcher = tops.findFirst().orElseThrow().resolve("bin/tidemark");
      assertThat(Files.getPosixFilePermissions(launcher))
          .contains(PosixFilePermission.OTHERS_EXECUTE);
    }
  }

  private void send(int from, int count) {
    for (int id = from; id < from + count; id++) {
      cluster.records.send("command", id % 2, null, "{\"id\":%d}".formatted(id));
    }
    cluster.records.flush();
  }

  /** Replaces the offsets in the newest batch's commit by those of the one before it. */
  private static void damage(Path table) throws IOException {
    List<Path> batches = new ArrayList<>();
    try (Stream<Path> commits = Files.list(table.resolve("_delta_log"))) {
      for (Path commit :
          commits.filter(path -> path.toString().endsWith(".json")).sorted().toList()) {
        if (Files.readString(commit).contains("STREAMING UPDATE")) {
          batches.add(commit);
        }
      }
    }
    String before = Files.readString(batches.get(batches.size() - 2));
    Path newest = batches.get(batches.size() - 1);
    String offsets = "\"userMetadata\":\"(?:[^\"\\\\]|\\\\.)*\"";
    String old =
        Pattern.compile(offsets).matcher(before).results().findFirst().orElseThrow().group();
    Files.writeString(
        newest, Files.readString(newest).replaceFirst(offsets, Matcher.quoteReplacement(old)));
  }
}
