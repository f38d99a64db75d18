package io.tidemark.cluster;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * A JVM of our own making, which can be killed, suspended and resumed. It never outlives this
 * process: a shutdown hook kills it, or its {@link Leash} if this process is killed.
 */
public final class JavaProcess implements AutoCloseable {

  private static final Set<Process> LIVING = ConcurrentHashMap.newKeySet();
  private static final int LAST_LINES = 15;

  static {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(() -> LIVING.forEach(Process::destroyForcibly), "kill-children"));
  }

  private final JavaCommand command;
  private final Process process;

  private JavaProcess(JavaCommand command, Process process) {
    this.command = command;
    this.process = process;
  }

  /** Starts the command on the JDK that runs this process. */
  public static JavaProcess start(JavaCommand command) {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    ProcessBuilder builder = new ProcessBuilder(commandLine(java, command));
    builder.environment().putAll(command.environment());
    builder.redirectError(ProcessBuilder.Redirect.appendTo(command.log().toFile()));
    if (!command.conversation()) {
      builder.redirectErrorStream(true);
      builder.redirectOutput(ProcessBuilder.Redirect.appendTo(command.log().toFile()));
    }
    try {
      Path directory = Files.createDirectories(command.log().toAbsolutePath().getParent());
      // So that /proc/self/cwd is another directory in each process.
      builder.directory(directory.toFile());
      Process process = builder.start();
      LIVING.removeIf(ended -> !ended.isAlive());
      LIVING.add(process);
      return new JavaProcess(command, process);
    } catch (IOException e) {
      throw ClusterErrors.javaMissing(java, e);
    }
  }

  public long pid() {
    return process.pid();
  }

  public boolean alive() {
    return process.isAlive();
  }

  /** Fails with the end of the log when the process has ended. */
  public void requireAlive() {
    if (!process.isAlive()) {
      throw ClusterErrors.died(command.name(), process.exitValue(), command.log(), lastLines());
    }
  }

  /** Like {@code kill -9}: it gets no chance to clean up. Returns when it is gone. */
  public void kill() {
    process.destroyForcibly();
    awaitExit(Duration.ofSeconds(30));
  }

  /**
   * Asks the process to end, kills it when it has not after the grace time; returns when it is
   * gone.
   */
  public void terminate(Duration grace) {
    // Not Process.destroy, which also closes the input: the leash would halt it in the middle.
    process.toHandle().destroy();
    if (!awaitExit(grace)) {
      kill();
    }
  }

  /** Stops the process where it is (SIGSTOP), as a long garbage collection or a frozen VM would. */
  public void suspend() {
    signal("STOP");
  }

  /** Lets a suspended process continue (SIGCONT). */
  public void resume() {
    signal("CONT");
  }

  /** The exit code, once the process has ended by itself. */
  public int exitCode(Duration limit) {
    if (!awaitExit(limit)) {
      throw ClusterErrors.tooSlow("the " + command.name() + " ends", limit, null);
    }
    return process.exitValue();
  }

  /** What the process prints; only for a {@linkplain JavaCommand#talking() talking} one. */
  public BufferedReader output() {
    return process.inputReader();
  }

  /** What the process reads; only for a {@linkplain JavaCommand#talking() talking} one. */
  public BufferedWriter input() {
    return process.outputWriter();
  }

  @Override
  public void close() {
    kill();
  }

  private static List<String> commandLine(Path java, JavaCommand command) {
    List<String> line = new ArrayList<>();
    line.add(java.toString());
    line.addAll(command.jvmOptions());
    line.add("-cp");
    line.add(command.classPath() + File.pathSeparator + CodeSource.of(JavaProcess.class));
    if (!command.conversation()) {
      line.add(Leash.class.getName());
    }
    line.add(command.mainClass());
    line.addAll(command.arguments());
    return line;
  }

  private void signal(String signal) {
    try {
      Process kill = new ProcessBuilder("kill", "-" + signal, Long.toString(pid())).start();
      if (kill.waitFor() != 0) {
        requireAlive();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw ClusterErrors.interrupted("signal the " + command.name(), e);
    }
  }

  private boolean awaitExit(Duration limit) {
    try {
      return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw ClusterErrors.interrupted("wait for the end of the " + command.name(), e);
    }
  }

  private String lastLines() {
    try {
      List<String> lines = Files.readAllLines(command.log());
      return String.join(
          System.lineSeparator(),
          lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
    } catch (IOException e) {
      return "(unreadable: " + e.getMessage() + ")";
    }
  }
}
