package io.tidemark.benchmarks;

import io.tidemark.cluster.FreeSpace;
import io.tidemark.cluster.KafkaBroker;
import io.tidemark.cluster.Topics;
import io.tidemark.stores.Lake;
import io.tidemark.stores.S3Server;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What all contestants of a run share: a broker with its topics, plugins, and an S3 server. */
final class Arena implements AutoCloseable {

  private static final String BUCKET = "benchmarks";
  private static final long BYTES_PER_RECORD = 4096;
  private static final long LEAST_BYTES = 2L << 30;

  private final Setup setup;
  private final PrintStream out;
  private final ClockTicks clock;
  private final Plugins plugins;
  private final KafkaBroker broker;
  private final Map<String, OrderTopic> orders = new HashMap<>();
  private Topics topics;
  private S3Server s3;

  private Arena(Setup setup, PrintStream out) {
    this.setup = setup;
    this.out = out;
    this.clock = ClockTicks.ofThisMachine();
    this.plugins = new Plugins(setup);
    this.broker = new KafkaBroker(setup.directory().resolve("broker"));
  }

  /** Starts the broker, and the S3 server if it is asked for. */
  static Arena open(Setup setup, PrintStream out) {
    FreeSpace.require(
        setup.directory(), Math.max(LEAST_BYTES, setup.options().records * BYTES_PER_RECORD));
    Arena arena = new Arena(setup, out);
    try {
      arena.broker.start();
      arena.topics = new Topics(arena.broker.bootstrapServers());
      if (setup.options().s3) {
        arena.s3 = S3Server.start(setup.directory().resolve("s3"), BUCKET);
      }
      return arena;
    } catch (RuntimeException e) {
      arena.close();
      throw e;
    }
  }

  Setup setup() {
    return setup;
  }

  Options options() {
    return setup.options();
  }

  ClockTicks clock() {
    return clock;
  }

  Plugins plugins() {
    return plugins;
  }

  Topics topics() {
    return topics;
  }

  String bootstrapServers() {
    return broker.bootstrapServers();
  }

  /** This machine's file system. */
  Lake local() {
    return Lake.directory(setup.directory().resolve("lake"));
  }

  /** The S3 server, with {@code --s3}. */
  Optional<Lake> s3() {
    return Optional.ofNullable(s3).map(server -> Lake.bucket(server, server.endpoint()));
  }

  Path directory(String name) {
    return setup.directory().resolve(name);
  }

  /** A topic of all orders with that many partitions; it is filled the first time. */
  OrderTopic orders(int partitions) {
    return orders.computeIfAbsent(
        "orders-" + partitions,
        name -> {
          say("Filling topic %s with %,d orders".formatted(name, options().records));
          OrderTopic topic =
              OrderTopic.fill(topics, bootstrapServers(), name, partitions, options().records);
          say("%d bytes on average".formatted(topic.averageBytes()));
          return topic;
        });
  }

  void say(String line) {
    out.println(line);
  }

  @Override
  public void close() {
    if (topics != null) {
      topics.close();
    }
    if (s3 != null) {
      s3.close();
    }
    broker.close();
  }
}
