package io.tidemark.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.connector.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** Keeps the committed reference in step with the usage texts; writes it when asked to. */
class CommandReferenceTest {

  private static final Path PAGE = Checkout.root().resolve("docs/reference/command.md");

  private static final String OPENING =
      """
      <!-- Generated from the code; see CommandReferenceTest. Do not edit. -->

      # The command

      `bin/tidemark` in the plugin's directory, for a worker's machine or any other that reaches the file systems.
      [Inspect and verify](../operating/inspect-and-verify.md) shows it at work.

      It takes `kafka-clients`, `connect-api` and `slf4j-api` from the Kafka installation: from `--kafka-libs DIRECTORY`
      as its first argument, else from `KAFKA_HOME`; with neither from where `connect-distributed` or `kafka-topics` on the
      `PATH` is, from the installation in which the plugin lies, or from `/opt/kafka`, `/usr/local/kafka`, `/opt/bitnami/kafka`
      and `/usr/share/java/kafka`. `JAVA_HOME` names the JDK, 17 or newer; without it the `java` on the `PATH` is used.
      `TIDEMARK_OPTS` takes further options for the JVM, which has 256 MB of heap. Links to `bin/tidemark` may be anywhere.

      | exit code | |
      |---|---|
      | 0 | fine |
      | 1 | findings: `inspect` or `repair` found damage, `verify` found errors |
      | 2 | wrong arguments, or no Kafka libraries, or no Java that is new enough |
      | 3 | something cannot be read or written, or a change was refused; the message has a [code](errors.md) |

      """;

  @Test
  void pageSaysWhatTheUsageTextsSay() throws IOException {
    if (Boolean.getBoolean("tidemark.docs.write")) {
      Files.writeString(PAGE, render());
    }
    assertThat(PAGE)
        .as(
            "The reference is stale. Write it again with"
                + " ./mvnw -pl command -am test -Dtidemark.docs.write=true")
        .hasContent(render());
  }

  private static String render() {
    CommandLine command = Tidemark.commandLine();
    StringBuilder page = new StringBuilder(OPENING);
    append(page, "tidemark", command);
    command
        .getSubcommands()
        .forEach(
            (name, sub) -> {
              if (!name.equals("help")) {
                append(page, "tidemark " + name, sub);
              }
            });
    return page.toString().stripTrailing() + "\n";
  }

  private static void append(StringBuilder page, String name, CommandLine command) {
    page.append("## ")
        .append(name)
        .append("\n\n```\n")
        .append(
            command
                .getUsageMessage(Ansi.OFF)
                .lines()
                .map(String::stripTrailing)
                .reduce("", (text, line) -> text + line + "\n"))
        .append("```\n\n");
  }
}
