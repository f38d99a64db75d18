package io.tidemark.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.cluster.JavaCommand;
import io.tidemark.cluster.JavaProcess;
import io.tidemark.cluster.ProgramLoop;
import io.tidemark.cluster.ProgramRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A program of one process, a {@link ProgramLoop}. What is measured is the whole process, from the
 * moment at which it is asked.
 *
 * @param mainClass of the program
 * @param classPath of the program
 * @param jvm options of its JVM beside the heap
 * @param setting that tells variants of a program apart
 */
record ProgramContestant(
    Arena arena,
    String name,
    String note,
    String mainClass,
    String classPath,
    List<String> jvm,
    OrderTopic topic,
    String setting)
    implements Contestant {

  private static final long START_SECONDS = 120;
  private static final long RUN_SECONDS = 1800;
  private static final ObjectMapper JSON = new ObjectMapper();

  ProgramContestant {
    jvm = List.copyOf(jvm);
  }

  @Override
  public Optional<String> absence() {
    return Optional.empty();
  }

  @Override
  public Session start(String session) {
    Path log = arena.directory(session).resolve("program.log");
    JavaProcess process =
        JavaProcess.start(
            JavaCommand.of(name, mainClass, classPath, log)
                .jvm("-Xmx" + arena.options().heap, "-XX:+UseG1GC")
                .jvm("-Djava.io.tmpdir=" + log.getParent())
                .jvm(jvm.toArray(String[]::new))
                .talking());
    Program program = new Program(process, log);
    try {
      program.answer(ProgramLoop.READY, START_SECONDS);
      return program;
    } catch (RuntimeException e) {
      program.close();
      throw e;
    }
  }

  private final class Program implements Session {

    private final JavaProcess process;
    private final Path log;

    private Program(JavaProcess process, Path log) {
      this.process = process;
      this.log = log;
    }

    @Override
    public Outcome run(String run) {
      Place place =
          new Place(run, arena.local().location(run), arena.local().files(run), run + "-out");
      arena.topics().create(place.output(), topic.partitions());
      try {
        Files.createDirectories(place.files());
        String line =
            JSON.writeValueAsString(
                new ProgramRun(
                    arena.bootstrapServers(),
                    topic.name(),
                    topic.partitions(),
                    topic.records(),
                    place.location(),
                    place.output(),
                    setting));
        ProcessMeter meter = ProcessMeter.start(process.pid(), arena.clock());
        process.input().write(line);
        process.input().newLine();
        process.input().flush();
        String answer = answer(ProgramLoop.DONE, RUN_SECONDS);
        return new Outcome(
            meter.usage(), answer.substring(ProgramLoop.DONE.length()).strip(), place);
      } catch (IOException e) {
        throw BenchmarkErrors.fileFailed("ask the program that logs to", log, e);
      }
    }

    /** The next line of the program, which has to begin like this. */
    private String answer(String expected, long limitSeconds) {
      CompletableFuture<String> line = CompletableFuture.supplyAsync(this::line);
      try {
        String answer = line.get(limitSeconds, TimeUnit.SECONDS);
        if (answer != null && answer.startsWith(expected)) {
          return answer;
        }
      } catch (ExecutionException | TimeoutException e) {
        throw BenchmarkErrors.programFailed(name, log);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      throw BenchmarkErrors.programFailed(name, log);
    }

    private String line() {
      try {
        return process.output().readLine();
      } catch (IOException e) {
        return null;
      }
    }

    @Override
    public void close() {
      process.close();
    }
  }
}
