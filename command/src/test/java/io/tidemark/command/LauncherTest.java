package io.tidemark.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.command.fixture.Run;
import io.tidemark.connector.Checkout;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The launcher of the zip, in places of all kinds, with a java that says how it was called. */
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {

  private static final Path SCRIPT = Path.of("../packaging/src/bin/tidemark");

  @TempDir private Path directory;
  private Path plugin;
  private Path kafka;
  private final Map<String, String> environment = new TreeMap<>();

  @BeforeEach
  void install() throws IOException {
    plugin = plugin(directory.resolve("plug ins").resolve("tidemark 1.0"));
    kafka = directory.resolve("kafka home");
    jars(kafka.resolve("libs"), "kafka-clients", "connect-api", "slf4j-api", "jackson-core");
    environment.put("PATH", "/usr/bin:/bin");
    environment.put("JAVA_HOME", java("17.0.15").toString());
    environment.put("KAFKA_HOME", kafka.toString());
  }

  @Test
  void runsTheCommandWithThePluginsJarsAndThreeOfKafkas() throws Exception {
    Run run = run("inspect", "/lake/with space", "*");
    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .contains(" -cp " + plugin.toRealPath() + "/lib/*:" + kafka)
        .contains("kafka-clients-1.jar", "connect-api-1.jar", "slf4j-api-1.jar")
        .doesNotContain("jackson")
        .endsWith("io.tidemark.command.Tidemark[inspect][/lake/with space][*]\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"libs", "share/java/kafka"})
  void findsTheJarsOfEachKindOfInstallation(String libs) throws Exception {
    Path home = directory.resolve("other");
    jars(home.resolve(libs), "kafka-clients", "connect-api", "slf4j-api");
    environment.put("KAFKA_HOME", home.toString());
    assertThat(run("verify").out()).contains(home.resolve(libs) + "/kafka-clients-1.jar");
  }

  @Test
  void findsTheInstallationWhoseToolIsOnThePath() throws Exception {
    environment.remove("KAFKA_HOME");
    Path tool = script(kafka.resolve("bin/connect-distributed.sh"), "exit 1");
    Path links = Files.createDirectories(directory.resolve("links"));
    Files.createSymbolicLink(links.resolve("connect-distributed.sh"), tool);
    environment.put("PATH", links + ":/usr/bin:/bin");
    assertThat(run("verify").out()).contains("/kafka home/libs/kafka-clients-1.jar");
  }

  @Test
  void findsTheInstallationThatThePluginLiesIn() throws Exception {
    environment.remove("KAFKA_HOME");
    plugin = plugin(kafka.resolve("plugins/tidemark"));
    assertThat(run("verify").out()).contains("/kafka home/libs/kafka-clients-1.jar");
  }

  @Test
  void takesTheDirectoryOfJarsAsItsFirstArgument() throws Exception {
    environment.put("KAFKA_HOME", "/nowhere");
    String libs = kafka.resolve("libs").toString();
    assertThat(run("--kafka-libs", libs, "verify").out()).endsWith("Tidemark[verify]\n");
    assertThat(run("--kafka-libs=" + libs, "verify").out()).endsWith("Tidemark[verify]\n");
  }

  @Test
  void followsLinksToItself() throws Exception {
    Path links = Files.createDirectories(directory.resolve("usr bin"));
    Files.createSymbolicLink(
        links.resolve("relative"), Path.of("../plug ins/tidemark 1.0/bin/tidemark"));
    Files.createSymbolicLink(links.resolve("tidemark"), Path.of("relative"));
    assertThat(start(links.resolve("tidemark"), "verify").out())
        .contains(plugin.toRealPath() + "/lib/*");
  }

  @Test
  void usesTheJavaOnThePathWithoutJavaHome() throws Exception {
    Path home = Path.of(environment.remove("JAVA_HOME"));
    environment.put("PATH", home.resolve("bin") + ":/usr/bin:/bin");
    assertThat(run("verify").out()).endsWith("Tidemark[verify]\n");
  }

  @ParameterizedTest
  @CsvSource({"1.8.0_392", "11.0.21", "16", "9-ea"})
  void saysThatAJavaIsTooOld(String version) throws Exception {
    Path home = java(version);
    environment.put("JAVA_HOME", home.toString());
    refuses(
        "tidemark: needs Java 17 or newer, and "
            + home
            + "/bin/java is "
            + version
            + ". Set JAVA_HOME to a newer one.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"17", "21.0.1", "25-ea"})
  void takesEachJavaThatIsNewEnough(String version) throws Exception {
    environment.put("JAVA_HOME", java(version).toString());
    assertThat(run("verify").code()).isZero();
  }

  @Test
  void saysThatThereIsNoJava() throws Exception {
    environment.put("JAVA_HOME", "/nowhere");
    refuses(
        "tidemark: found no /nowhere/bin/java. Set JAVA_HOME to a Java 17 or newer, or unset it to use the"
            + " java on the PATH.");
    environment.remove("JAVA_HOME");
    environment.put("PATH", tools().toString());
    refuses("tidemark: found no java on the PATH. Set JAVA_HOME to a Java 17 or newer.");
  }

  @Test
  void saysWhichJarOfKafkaIsNotThere() throws Exception {
    String remedy =
        ". Set KAFKA_HOME to the Kafka installation of this machine, or say where its jars are:"
            + " tidemark --kafka-libs /opt/kafka/libs inspect ...";
    Files.delete(kafka.resolve("libs/connect-api-1.jar"));
    refuses("tidemark: found no connect-api-*.jar in " + kafka.resolve("libs") + remedy);
    environment.put("KAFKA_HOME", "/nowhere");
    refuses(
        "tidemark: found no kafka-clients-*.jar in /nowhere/libs and /nowhere/share/java/kafka"
            + remedy);
    assertThat(run("--kafka-libs").err())
        .isEqualTo("tidemark: --kafka-libs wants a directory after it, such as /opt/kafka/libs.\n");
  }

  @ParameterizedTest
  @CsvSource({
    "'', tidemark",
    "-h, tidemark",
    "--help, tidemark",
    "help, tidemark",
    "help verify, tidemark verify",
    "verify --help, tidemark verify",
    "verify /lake/_tidemark/orders --rows -h, tidemark verify",
    "--kafka-libs /nowhere rebase --help, tidemark rebase"
  })
  void helpsWithoutKafkaAndWithoutJava(String arguments, String command) throws Exception {
    Path reference = Files.createDirectories(plugin.resolve("doc/docs/reference"));
    Files.copy(
        Checkout.root().resolve("docs/reference/command.md"), reference.resolve("command.md"));
    environment.put("KAFKA_HOME", "/nowhere");
    environment.put("JAVA_HOME", "/nowhere");
    Run run = run(arguments.isEmpty() ? new String[0] : arguments.split(" "));
    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isZero();
    CommandLine usage = Tidemark.commandLine();
    if (!command.equals("tidemark")) {
      usage = usage.getSubcommands().get(command.substring("tidemark ".length()));
    }
    assertThat(run.out().lines().toList())
        .isEqualTo(
            usage
                .getUsageMessage(CommandLine.Help.Ansi.OFF)
                .lines()
                .map(String::stripTrailing)
                .toList());
  }

  @Test
  void leavesToTheCommandWhatTheReferenceDoesNotHave() throws Exception {
    assertThat(run("help", "nonsense").out()).endsWith("Tidemark[help][nonsense]\n");
    assertThat(run("--help").out()).endsWith("Tidemark[--help]\n");
  }

  @Test
  void saysThatItIsNotInThePlugin() throws Exception {
    Files.delete(plugin.resolve("lib/tidemark.jar"));
    refuses(
        "tidemark: found no jars in "
            + plugin.toRealPath()
            + "/lib. Run bin/tidemark where the plugin's zip is unpacked, or a link to it there.");
  }

  private void refuses(String line) throws IOException, InterruptedException {
    Run run = run("verify");
    assertThat(run.err()).isEqualTo(line + "\n");
    assertThat(run.out()).isEmpty();
    assertThat(run.code()).isEqualTo(ExitCode.USAGE);
  }

  private static Path plugin(Path at) throws IOException {
    jars(at.resolve("lib"));
    Files.writeString(at.resolve("lib/tidemark.jar"), "");
    Files.createDirectories(at.resolve("bin"));
    Files.copy(SCRIPT, at.resolve("bin/tidemark"));
    return at;
  }

  private static void jars(Path directory, String... names) throws IOException {
    Files.createDirectories(directory);
    for (String name : names) {
      Files.writeString(directory.resolve(name + "-1.jar"), "");
    }
  }

  /** A Java installation that prints its arguments. */
  private Path java(String version) throws IOException {
    Path home = directory.resolve("java " + version);
    script(
        home.resolve("bin/java"),
        "if [ \"$1\" = -version ]; then",
        "  echo 'Picked up JAVA_TOOL_OPTIONS: -Dfile.encoding=UTF-8' >&2",
        "  echo 'openjdk version \"" + version + "\" 2025-04-15' >&2",
        "  exit",
        "fi",
        "while [ \"$1\" != -cp ]; do shift; done",
        "printf ' -cp %s %s' \"$2\" \"$3\"",
        "shift 3",
        "for argument in \"$@\"; do printf '[%s]' \"$argument\"; done",
        "echo");
    return home;
  }

  /** All that the launcher calls, and no java. */
  private Path tools() throws IOException {
    Path tools = Files.createDirectories(directory.resolve("tools"));
    for (String tool : List.of("ls", "dirname", "readlink", "sed", "head")) {
      for (String place : List.of("/bin", "/usr/bin")) {
        if (Files.exists(Path.of(place, tool)) && !Files.exists(tools.resolve(tool))) {
          script(tools.resolve(tool), "exec " + place + "/" + tool + " \"$@\"");
        }
      }
    }
    return tools;
  }

  private static Path script(Path at, String... lines) throws IOException {
    Files.createDirectories(at.getParent());
    Files.writeString(at, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
    assertThat(at.toFile().setExecutable(true)).isTrue();
    return at;
  }

  private Run run(String... args) throws IOException, InterruptedException {
    return start(plugin.resolve("bin/tidemark"), args);
  }

  private Run start(Path launcher, String... args) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("/bin/sh", launcher.toString()));
    command.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().clear();
    builder.environment().putAll(environment);
    Path out = directory.resolve("out");
    Path err = directory.resolve("err");
    Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("the launcher does not end");
    }
    return new Run(
        process.exitValue(),
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(err, StandardCharsets.UTF_8));
  }
}
