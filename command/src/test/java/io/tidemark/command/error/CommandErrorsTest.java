package io.tidemark.command.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every message of the command, as users read it: what, where, why, and what to do. */
class CommandErrorsTest {

  private static final String LOCATION = "file:///lake/orders/_tidemark/orders-to-delta";

  @Test
  void saysWhatWhereWhyAndWhatToDo() {
    Map<String, String> messages = new TreeMap<>();
    Stream.of(
            CommandErrors.noLocation(LOCATION),
            CommandErrors.kafkaUnreachable(
                "broker:9092", new ExecutionException(new TimeoutException("Timed out"))),
            CommandErrors.seemsToRun(LOCATION, "12 s"),
            CommandErrors.damaged(LOCATION, "offsets/17"),
            CommandErrors.sparkWasLast(LOCATION, 17),
            CommandErrors.topicUnknown(LOCATION, "ordres", List.of("orders", "refunds")),
            CommandErrors.stateDamaged(LOCATION, "state/revenue/a-0.sst", "it is missing"),
            CommandErrors.locationUnusable(
                "hdfs://name/x", new IllegalArgumentException(new UnknownHostException("name"))),
            CommandErrors.fileUnusable(
                "--html", Path.of("/none/page.html"), new NoSuchFileException("/none/page.html")),
            CommandErrors.storageFailed(new AccessDeniedException("/lake/orders/_delta_log")))
        .forEach(error -> messages.put(error.code(), error.getMessage()));
    assertThat(messages.values())
        .containsExactly(
            "TM-600 Found no checkpoint location at "
                + LOCATION
                + ": it has no file metadata. Name the connector's checkpoint.location; its default"
                + " is _tidemark/<connector> inside table.path.",
            "TM-601 Cannot ask Kafka at broker:9092 for offsets: Timed out. Correct"
                + " --bootstrap-server, and pass security settings with --command-config.",
            "TM-602 Changed nothing in "
                + LOCATION
                + ": the connector seems to run, it wrote there 12 s ago. Stop it (PUT"
                + " /connectors/<name>/stop) and wait two minutes, or add --force if you know that"
                + " it is stopped.",
            "TM-603 Changed nothing in "
                + LOCATION
                + ": offsets/17 is damaged. Run tidemark repair first, which says what to do.",
            "TM-604 Changed nothing in "
                + LOCATION
                + ": batch 17 was written by a Spark query, and only the connector can check"
                + " whether it may take over after that batch. Alter the offsets of the stopped"
                + " connector instead, which takes over first: PATCH or DELETE /connectors/<name>/offsets.",
            "TM-605 Changed nothing in "
                + LOCATION
                + ": no batch there names a partition of topic ordres; the newest one names orders,"
                + " refunds. Correct --topic. For a topic that was never read, set its first"
                + " offsets with starting.offsets or PATCH /connectors/<name>/offsets.",
            "TM-606 Changed nothing in "
                + LOCATION
                + ": the open windows of the batch to return to need state/revenue/a-0.sst, and it"
                + " is missing. Run tidemark repair: it says what you can do, and whether there is a"
                + " batch whose windows are whole.",
            "TM-607 Cannot use checkpoint location \"hdfs://name/x\": host name is unknown. Name"
                + " the connector's checkpoint.location, a path or URI, and pass the settings of"
                + " its file system with --hadoop KEY=VALUE.",
            "TM-608 Cannot use --html /none/page.html: /none/page.html does not exist. Name a file in a"
                + " directory that exists and that you may use.",
            "TM-609 Cannot read or write: /lake/orders/_delta_log is not accessible to this user."
                + " What was printed before is done, the rest is not. Make the file accessible and"
                + " repeat the command.");
    assertThat(messages)
        .as("every message is here")
        .hasSize(
            (int)
                Stream.of(CommandErrors.class.getDeclaredMethods())
                    .filter(method -> Modifier.isPublic(method.getModifiers()))
                    .count());
  }

  @Test
  void findsWordsForWhatTheJdkSays() {
    assertThat(message(new FileSystemException("/x", null, "Is a directory")))
        .contains("/x cannot be used: Is a directory");
    assertThat(message(new IOException("Cannot list", new IOException("disk is gone"))))
        .contains("disk is gone");
    assertThat(message(new IOException())).contains("java.io.IOException");
  }

  private static String message(IOException cause) {
    return CommandErrors.storageFailed(cause).getMessage();
  }
}
