package io.tidemark.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The command of the unpacked zip, as somebody uses it in a shell. */
final class Command {

  private static final long PATIENCE_SECONDS = 60;
  private static final Pattern NAMED = Pattern.compile("bin/tidemark (\\S[^,;]* --execute)");

  private final Cluster cluster;

  Command(Cluster cluster) {
    this.cluster = cluster;
  }

  /** One use of the command. */
  record Run(int code, String out, String err) {}

  /** Runs it beside a Kafka installation. */
  Run run(String... args) throws IOException, InterruptedException {
    Path home = cluster.fresh("kafka");
    Files.createSymbolicLink(
        home.resolve("libs"), Path.of(System.getProperty("tidemark.kafka.libs")));
    return run(Map.of("KAFKA_HOME", home.toString()), args);
  }

  /** Runs it with this added to its environment. */
  Run run(Map<String, String> environment, String... args)
      throws IOException, InterruptedException {
    Path directory = cluster.fresh("run");
    Path link = directory.resolve("a link");
    Files.createSymbolicLink(link, launcher());
    List<String> command = new ArrayList<>(List.of("/bin/sh", link.toString()));
    command.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.redirectOutput(directory.resolve("out").toFile());
    builder.redirectError(directory.resolve("err").toFile());
    Process process = builder.start();
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError(String.join(" ", command) + " does not end");
    }
    return new Run(
        process.exitValue(),
        Files.readString(directory.resolve("out"), StandardCharsets.UTF_8),
        Files.readString(directory.resolve("err"), StandardCharsets.UTF_8));
  }

  /**
   * Runs what an error of a task names, word for word.
   *
   * @param message has the command, with {@code <brokers>} in it
   * @param more goes after it
   */
  Run obey(String message, String brokers, String... more)
      throws IOException, InterruptedException {
    Matcher named = NAMED.matcher(message);
    assertThat(named.find()).as(message).isTrue();
    List<String> words = new ArrayList<>(List.of(named.group(1).split(" ")));
    words.replaceAll(word -> word.equals("<brokers>") ? brokers : word);
    words.addAll(List.of(more));
    return run(words.toArray(String[]::new));
  }

  private Path launcher() throws IOException {
    try (Stream<Path> tops = Files.list(cluster.plugins())) {
      return tops.findFirst().orElseThrow().resolve("bin/tidemark");
    }
  }
}
