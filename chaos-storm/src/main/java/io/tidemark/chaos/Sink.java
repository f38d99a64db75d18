package io.tidemark.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.cluster.ConnectRest;
import io.tidemark.cluster.ConnectWorker;
import io.tidemark.cluster.Patience;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;

/** The connector under test, asked through whichever worker answers. */
final class Sink {

  static final String NAME = "chaos";
  private static final Patience ANSWER = Patience.ofSeconds(180);

  private final List<ConnectWorker> workers;
  private final Map<String, String> config = new TreeMap<>();
  private int turn;

  Sink(List<ConnectWorker> workers, List<String> topics, Path table, Path checkpoint) {
    this.workers = workers;
    config.put("connector.class", "io.tidemark.sink.DeltaSinkConnector");
    config.put("topics", String.join(",", topics));
    config.put("tasks.max", "3");
    config.put("table.path", table.toString());
    config.put("checkpoint.location", checkpoint.toString());
    config.put("commit.interval.ms", "700");
    config.put("metadata.columns", "topic,partition,offset");
    config.put("consumer.override.session.timeout.ms", "6000");
    config.put("consumer.override.heartbeat.interval.ms", "1000");
    // New partitions are to be found within the run, not after Kafka's five minutes.
    config.put("consumer.override.metadata.max.age.ms", "3000");
  }

  void create() {
    tell("is created", rest -> rest.put(NAME, config));
  }

  /** Gives the running connector another value of a key. */
  void change(String key, String value) {
    config.put(key, value);
    tell("takes " + key + "=" + value, rest -> rest.put(NAME, config));
  }

  String value(String key) {
    return config.get(key);
  }

  void pause() {
    tell("is paused", rest -> rest.pause(NAME));
  }

  void resume() {
    tell("is resumed", rest -> rest.resume(NAME));
  }

  void restart() {
    tell("is restarted", rest -> rest.restart(NAME));
  }

  void restartTask(int task) {
    tell("restarts task " + task, rest -> rest.restartTask(NAME, task));
  }

  JsonNode status() {
    return ask("tells its status", rest -> rest.status(NAME));
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
        "the connector " + what,
        () -> {
          answer.set(request.apply(workers.get(turn++ % workers.size()).rest()));
          return true;
        });
    return answer.get();
  }
}
