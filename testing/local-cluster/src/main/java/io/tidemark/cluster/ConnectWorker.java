package io.tidemark.cluster;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * One distributed Connect worker. Workers with the same {@link WorkerConfig} make one Connect
 * cluster. A worker keeps its REST port over any number of stops, kills and starts.
 */
public final class ConnectWorker implements AutoCloseable {

  private static final Patience START = Patience.ofSeconds(180);
  private static final Duration STOP = Duration.ofSeconds(20);
  private static final long NEEDED_BYTES = 64L << 20;

  private final Path directory;
  private final WorkerConfig config;
  private final String heap;
  private final KafkaLibs libs = KafkaLibs.configured();
  private final int port;
  private final ConnectRest rest;
  private JavaProcess process;

  /**
   * @param directory for properties and log of this worker
   */
  public ConnectWorker(Path directory, WorkerConfig config) {
    this(directory, config, "512m", FreePorts.any());
  }

  /**
   * @param directory for properties and log of this worker
   * @param heap as in {@code -Xmx}
   * @param port of its REST interface
   */
  public ConnectWorker(Path directory, WorkerConfig config, String heap, int port) {
    this.directory = directory.toAbsolutePath();
    this.config = config;
    this.heap = heap;
    this.port = port;
    this.rest = new ConnectRest(URI.create("http://127.0.0.1:" + port));
  }

  /** Starts the worker; returns when it says that it is healthy. */
  public void start() {
    launch();
    awaitReady();
  }

  /**
   * Starts the worker without waiting, so that several start at the same time.
   *
   * @param jvmOptions for this start only, such as {@code -javaagent}
   */
  public void launch(String... jvmOptions) {
    FreeSpace.require(directory, NEEDED_BYTES);
    FreePorts.require(port);
    Path properties = directory.resolve("worker.properties");
    PropertiesFile.write(properties, config.properties(port));
    JavaCommand command =
        JavaCommand.of(
                "worker",
                "org.apache.kafka.connect.cli.ConnectDistributed",
                libs.classPath(),
                log())
            .jvm("-Xmx" + heap)
            .jvm(SmallJvm.options("info"))
            .jvm(jvmOptions)
            .args(properties.toString());
    for (Map.Entry<String, String> variable : config.environment().entrySet()) {
      command = command.environment(variable.getKey(), variable.getValue());
    }
    process = JavaProcess.start(command);
  }

  /** Returns when the worker has joined its group and serves requests. */
  public void awaitReady() {
    START.await("the worker is healthy", process, rest::healthy);
  }

  /** Its REST interface. */
  public ConnectRest rest() {
    return rest;
  }

  public JavaProcess process() {
    return process;
  }

  /** Everything that the worker has printed. */
  public Path log() {
    return directory.resolve("worker.log");
  }

  /** Ends it in order. */
  public void stop() {
    if (process != null) {
      process.terminate(STOP);
    }
  }

  /** Ends it as a power cut would. */
  @Override
  public void close() {
    if (process != null) {
      process.kill();
    }
  }
}
