package io.tidemark.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JavaProcessTest {

  private static final Duration LIMIT = Duration.ofSeconds(30);

  @TempDir Path directory;

  @Test
  void givesTheExitCodeAndKeepsTheOutput() throws Exception {
    JavaProcess process = JavaProcess.start(command("exit", "7"));

    assertThat(process.exitCode(LIMIT)).isEqualTo(7);
    assertThat(Files.readString(log())).contains("started with exit 7", "standard error");
  }

  @Test
  void saysHowAProcessDiedAndWhatItSaidLast() {
    JavaProcess process = JavaProcess.start(command("exit", "7"));
    process.exitCode(LIMIT);

    assertThatThrownBy(process::requireAlive)
        .hasMessageStartingWith("TM-905 The program ended with exit code 7")
        .hasMessageContaining("standard error");
  }

  @Test
  void passesArgumentsAndEnvironment() throws Exception {
    JavaProcess process = JavaProcess.start(command("environment").environment("COLOUR", "blue"));

    process.exitCode(LIMIT);
    assertThat(Files.readString(log())).contains("COLOUR=blue");
  }

  @Test
  void talksOverStandardInputAndOutput() throws Exception {
    try (JavaProcess process = JavaProcess.start(command("echo").talking())) {
      process.input().write("hello\n");
      process.input().flush();

      assertThat(process.output().readLine()).isEqualTo("started with echo ");
      assertThat(process.output().readLine()).isEqualTo("hello");
    }
  }

  @Test
  void makesNoProgressWhileSuspended() throws Exception {
    try (JavaProcess process = JavaProcess.start(command("count"))) {
      Patience.ofSeconds(30).await("it counts", process, () -> Files.size(log()) > 100);
      process.suspend();
      long size = sizeWhenStill();

      process.resume();
      Patience.ofSeconds(30).await("it counts again", process, () -> Files.size(log()) > size);
    }
  }

  @Test
  void letsAProgramTidyUpWhenItIsTerminated() throws Exception {
    try (JavaProcess process = JavaProcess.start(command("tidy"))) {
      Patience.ofSeconds(30).await("it counts", process, () -> Files.size(log()) > 100);

      process.terminate(LIMIT);

      assertThat(Files.readString(log())).contains("tidied up");
    }
  }

  @Test
  void leavesNothingAfterWhenKilled() {
    JavaProcess process = JavaProcess.start(command("count"));

    process.kill();

    assertThat(process.alive()).isFalse();
    assertThat(ProcessHandle.of(process.pid())).isEmpty();
  }

  @Test
  void endsWithItsParentEvenWhenTheParentIsKilled() throws Exception {
    JavaProcess parent = JavaProcess.start(command("parent"));
    Path pidFile = directory.resolve("child.pid");
    Patience.ofSeconds(30).await("the child runs", parent, () -> Files.size(pidFile) > 0);
    ProcessHandle child = ProcessHandle.of(Long.parseLong(Files.readString(pidFile))).orElseThrow();
    assertThat(child.isAlive()).isTrue();

    parent.kill();

    Patience.ofSeconds(30).await("the child ends", () -> !child.isAlive());
  }

  /** SIGSTOP takes effect at once, but output that was on its way may still arrive. */
  private long sizeWhenStill() {
    long[] size = {0};
    Patience.ofSeconds(30)
        .await(
            "it has stopped counting",
            () -> {
              long before = size[0];
              size[0] = Files.size(log());
              return size[0] == before;
            });
    return size[0];
  }

  private JavaCommand command(String... arguments) {
    String classPath = System.getProperty("java.class.path");
    return JavaCommand.of("program", Program.class.getName(), classPath, log())
        .jvm("-Xmx64m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
        .args(arguments)
        .args(arguments.length == 1 ? directory.toString() : "");
  }

  private Path log() {
    return directory.resolve("program.log");
  }
}
