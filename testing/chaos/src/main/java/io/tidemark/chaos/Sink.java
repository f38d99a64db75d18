package io.tidemark.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.cluster.ConnectRest;
import io.tidemark.cluster.ConnectWorker;
import io.tidemark.cluster.Patience;
import io.tidemark.stores.Lake;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;

/** A connector under test, asked through whichever worker answers. */
final class Sink implements AutoCloseable {

  private static final Patience ANSWER = Patience.ofSeconds(180);

  final String name;
  final Path table;
  final Progress progress;
  private final List<ConnectWorker> workers;
  private final Map<String, String> config = new TreeMap<>();
  private int turn;

  private Sink(String name, List<ConnectWorker> workers, List<String> topics, Lake lake) {
    this.name = name;
    this.workers = workers;
    this.table = lake.files(name);
    String checkpoint = name + "-checkpoint";
    this.progress = new Progress(lake.files(checkpoint));
    config.put("connector.class", "io.tidemark.sink.DeltaSinkConnector");
    config.put("topics", String.join(",", topics));
    config.put("tasks.max", "3");
    config.put("table.path", lake.location(name));
    config.put("checkpoint.location", lake.location(checkpoint));
    config.putAll(lake.connectorKeys());
    config.put("commit.interval.ms", "700");
    config.put("errors.tolerance", "all");
    config.put("errors.deadletterqueue.topic.name", queue());
    config.put("errors.deadletterqueue.topic.replication.factor", "1");
    config.put("errors.deadletterqueue.context.headers.enable", "true");
    config.put("consumer.override.session.timeout.ms", "6000");
    config.put("consumer.override.heartbeat.interval.ms", "1000");
    // New partitions are to be found within the run, not after Kafka's five minutes.
    config.put("consumer.override.metadata.max.age.ms", "3000");
  }

  /** A row for each record. */
  static Sink records(List<ConnectWorker> workers, List<String> topics, Lake lake) {
    Sink sink = new Sink("records", workers, topics, lake);
    sink.config.put("metadata.columns", "topic,partition,offset");
    return sink;
  }

  /** A row for each window and bucket. */
  static Sink windows(List<ConnectWorker> workers, List<String> topics, Lake lake) {
    Sink sink = new Sink("windows", workers, topics, lake);
    sink.config.put("transforms", "sums");
    sink.aggregate("type", "WindowedAggregate");
    sink.aggregate("event.time.field", "at");
    sink.aggregate("watermark.delay.ms", "" + Payload.DISORDER_MS);
    // The slowest partition determines the watermark, and none is idle for this long: no record is
    // late.
    sink.aggregate("watermark.policy", "min");
    sink.aggregate("watermark.idle.timeout.ms", "120000");
    sink.aggregate("window.size.ms", "" + WindowOracle.SIZE_MS);
    sink.aggregate("group.by", "bucket");
    sink.aggregate("aggregates", "records=count(*), total=sum(hash)");
    return sink;
  }

  private void aggregate(String key, String value) {
    config.put("transforms.sums." + key, value);
  }

  /** Its dead letter queue. */
  String queue() {
    return name + "-letters";
  }

  /** Its consumer group. */
  String group() {
    return "connect-" + name;
  }

  void create() {
    tell("is created", rest -> rest.put(name, config));
  }

  /** Gives the running connector another value of a key. */
  void change(String key, String value) {
    config.put(key, value);
    tell("takes " + key + "=" + value, rest -> rest.put(name, config));
  }

  String value(String key) {
    return config.get(key);
  }

  void pause() {
    tell("is paused", rest -> rest.pause(name));
  }

  void resume() {
    tell("is resumed", rest -> rest.resume(name));
  }

  void restart() {
    tell("is restarted", rest -> rest.restart(name));
  }

  void restartTask(int task) {
    tell("restarts task " + task, rest -> rest.restartTask(name, task));
  }

  JsonNode status() {
    return ask("tells its status", rest -> rest.status(name));
  }

  private void tell(String what, Consumer<ConnectRest> request) {
    ask(
        what,
        rest -> {
          request.accept(rest);
          return true;
        });
  }

  /** Asks one worker after the other: one may be dead, or forward to a leader that is. */
  private <T> T ask(String what, Function<ConnectRest, T> request) {
    AtomicReference<T> answer = new AtomicReference<>();
    ANSWER.await(
        "connector " + name + " " + what,
        () -> {
          answer.set(request.apply(workers.get(turn++ % workers.size()).rest()));
          return true;
        });
    return answer.get();
  }

  @Override
  public void close() {
    progress.close();
  }
}
