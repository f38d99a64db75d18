package io.tidemark.chaos;

import io.tidemark.cluster.ConnectWorker;
import io.tidemark.cluster.FreePorts;
import io.tidemark.cluster.KafkaBroker;
import io.tidemark.cluster.Patience;
import io.tidemark.cluster.PluginZip;
import io.tidemark.cluster.Topics;
import io.tidemark.cluster.WorkerConfig;
import io.tidemark.reader.SparkJudge;
import io.tidemark.stores.Lake;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;

/** All that a storm can hit: broker, workers, connectors, topics and tables, each part real. */
final class Scene implements AutoCloseable {

  static final List<String> TOPICS = List.of("alpha", "beta");
  private static final List<Integer> PARTITIONS = List.of(4, 2);
  private static final Patience FIRST_BATCH = Patience.ofSeconds(120);

  final Optional<FaultyStore> store;
  final KafkaBroker broker;
  final List<ConnectWorker> workers = new ArrayList<>();
  final Topics topics;
  final Writer writer;
  final Sink records;
  final Sink windows;
  final List<Sink> sinks;
  final SparkJudge spark;
  final ForeignWriter foreign;

  private Scene(Setup setup) {
    Path plugins = setup.directory().resolve("plugins");
    store =
        setup.s3()
            ? Optional.of(FaultyStore.start(setup.directory().resolve("s3")))
            : Optional.empty();
    Lake lake = store.map(FaultyStore::lake).orElseGet(() -> Lake.directory(setup.directory()));
    broker = new KafkaBroker(setup.directory().resolve("broker"));
    WorkerConfig config = new WorkerConfig(broker.bootstrapServers(), "chaos-workers", plugins);
    for (int number = 0; number < setup.workers(); number++) {
      Path directory = setup.directory().resolve("worker-" + number);
      workers.add(new ConnectWorker(directory, config, setup.workerHeap(), FreePorts.any()));
    }
    topics = new Topics(broker.bootstrapServers());
    writer = new Writer(broker.bootstrapServers(), setup.seed());
    records = Sink.records(workers, TOPICS, lake);
    windows = Sink.windows(workers, TOPICS, lake);
    sinks = List.of(records, windows);
    spark = new SparkJudge(setup.directory(), setup.s3() ? FaultyStore.SPARK : Map.of(), List.of());
    foreign = new ForeignWriter(spark, records.table);
  }

  /** Starts everything; returns when each connector has committed its first batch. */
  static Scene start(Setup setup) throws IOException {
    PluginZip.unpack(setup.pluginZip(), setup.directory().resolve("plugins"));
    Scene scene = new Scene(setup);
    try {
      scene.broker.start();
      scene.workers.forEach(ConnectWorker::launch);
      scene.workers.forEach(ConnectWorker::awaitReady);
      scene.fill(setup.recordsPerSecond());
      return scene;
    } catch (RuntimeException e) {
      scene.close();
      throw e;
    }
  }

  private void fill(int recordsPerSecond) {
    for (int i = 0; i < TOPICS.size(); i++) {
      topics.create(TOPICS.get(i), PARTITIONS.get(i));
      for (int partition = 0; partition < PARTITIONS.get(i); partition++) {
        writer.include(TOPICS.get(i), partition);
      }
    }
    sinks.forEach(Sink::create);
    writer.start(recordsPerSecond);
    sinks.forEach(sink -> sink.progress.start());
    FIRST_BATCH.await(
        "each connector has committed its first batch",
        () -> sinks.stream().allMatch(sink -> sink.progress.batches() > 0));
  }

  /** The total number of records whose offsets the connectors have not committed. */
  long lag() {
    return sum(sink -> TOPICS.stream().mapToLong(topic -> topics.lag(sink.group(), topic)).sum());
  }

  /** A figure of all connectors. */
  long sum(ToLongFunction<Sink> figure) {
    return sinks.stream().mapToLong(figure).sum();
  }

  /** The largest figure of a connector. */
  long longest(ToLongFunction<Progress> figure) {
    return sinks.stream().map(sink -> sink.progress).mapToLong(figure).max().orElseThrow();
  }

  @Override
  public void close() {
    // Without a broker a producer waits for it; the parts that need it end first.
    writer.close();
    topics.close();
    sinks.forEach(Sink::close);
    workers.forEach(ConnectWorker::close);
    spark.close();
    broker.close();
    store.ifPresent(FaultyStore::close);
  }
}
