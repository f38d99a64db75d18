package io.tidemark.cluster;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.Uuid;

/**
 * One Kafka node, broker and controller at once. It keeps its ports and its data over any number of
 * stops, kills and starts.
 */
public final class KafkaBroker implements AutoCloseable {

  private static final Patience START = Patience.ofSeconds(120);
  private static final Duration STOP = Duration.ofSeconds(20);
  private static final long NEEDED_BYTES = 256L << 20;

  private final Path directory;
  private final Map<String, String> overrides;
  private final KafkaLibs libs = KafkaLibs.configured();
  private final int port = FreePorts.any();
  private final int controllerPort = FreePorts.any();
  private JavaProcess process;

  /**
   * @param directory for properties, data and log of the broker
   */
  public KafkaBroker(Path directory) {
    this(directory, Map.of());
  }

  /**
   * @param overrides broker properties that override those for a small single node
   */
  public KafkaBroker(Path directory, Map<String, String> overrides) {
    this.directory = directory.toAbsolutePath();
    this.overrides = Map.copyOf(overrides);
  }

  /** Starts the broker; returns when it answers. Formats its storage the first time. */
  public void start() {
    FreeSpace.require(directory, NEEDED_BYTES);
    FreePorts.require(port);
    FreePorts.require(controllerPort);
    Path properties = directory.resolve("broker.properties");
    PropertiesFile.write(properties, properties());
    if (!Files.exists(data().resolve("meta.properties"))) {
      format(properties);
    }
    process = JavaProcess.start(command("broker", "kafka.Kafka").args(properties.toString()));
    awaitReady();
  }

  public String bootstrapServers() {
    return "127.0.0.1:" + port;
  }

  public JavaProcess process() {
    return process;
  }

  /** Everything that the broker has printed. */
  public Path log() {
    return directory.resolve("broker.log");
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

  private void format(Path properties) {
    String clusterId = Uuid.randomUuid().toString();
    JavaCommand format =
        command("storage formatter", "kafka.tools.StorageTool")
            .args("format", "--standalone", "-t", clusterId, "-c", properties.toString());
    try (JavaProcess formatter = JavaProcess.start(format)) {
      if (formatter.exitCode(START.limit()) != 0) {
        formatter.requireAlive();
      }
    }
  }

  private JavaCommand command(String name, String mainClass) {
    return JavaCommand.of(name, mainClass, libs.classPath(), log())
        .jvm("-Xmx320m")
        .jvm(SmallJvm.options("warn"));
  }

  private void awaitReady() {
    Map<String, Object> config =
        Map.of(
            AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrapServers(),
            AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG,
            200);
    try (Admin admin = Admin.create(config)) {
      START.await(
          "the broker answers",
          process,
          () -> !admin.describeCluster().nodes().get(2, TimeUnit.SECONDS).isEmpty());
    }
  }

  private Path data() {
    return directory.resolve("data");
  }

  private Map<String, String> properties() {
    Map<String, String> all = new TreeMap<>();
    all.put("process.roles", "broker,controller");
    all.put("node.id", "1");
    all.put(
        "listeners",
        "PLAINTEXT://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d".formatted(port, controllerPort));
    all.put("advertised.listeners", "PLAINTEXT://" + bootstrapServers());
    all.put("controller.listener.names", "CONTROLLER");
    all.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    all.put("controller.quorum.bootstrap.servers", "127.0.0.1:" + controllerPort);
    all.put("log.dirs", data().toString());
    all.put("auto.create.topics.enable", "false");
    all.put("offsets.topic.replication.factor", "1");
    all.put("offsets.topic.num.partitions", "4");
    all.put("transaction.state.log.replication.factor", "1");
    all.put("transaction.state.log.min.isr", "1");
    all.put("transaction.state.log.num.partitions", "4");
    all.put("share.coordinator.state.topic.replication.factor", "1");
    all.put("share.coordinator.state.topic.min.isr", "1");
    all.put("group.initial.rebalance.delay.ms", "0");
    all.put("group.min.session.timeout.ms", "1000");
    all.put("log.segment.bytes", Integer.toString(64 << 20));
    all.putAll(overrides);
    return all;
  }
}
