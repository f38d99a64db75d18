package io.tidemark.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.cluster.ConnectRest;
import io.tidemark.cluster.ConnectWorker;
import io.tidemark.cluster.FreePorts;
import io.tidemark.cluster.Patience;
import io.tidemark.cluster.WorkerConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A worker in which one connector after the other is posted, counted and deleted. */
final class ConnectorSession implements Contestant.Session {

  private static final Patience RESULT =
      new Patience(Duration.ofMinutes(30), Duration.ofMillis(50));
  private static final Patience END = Patience.ofSeconds(120);
  // Asking costs the worker CPU time.
  private static final long STATUS_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final ConnectorContestant contestant;
  private final ConnectWorker worker;
  private final ConnectorFile file;

  private ConnectorSession(ConnectorContestant contestant, ConnectWorker worker) {
    this.contestant = contestant;
    this.worker = worker;
    this.file = ConnectorFile.read(contestant.file());
  }

  static ConnectorSession start(ConnectorContestant contestant, String session) {
    Arena arena = contestant.arena();
    Map<String, String> overrides =
        new TreeMap<>(
            Map.of(
                "consumer.auto.offset.reset", "earliest",
                "consumer.max.poll.records", "5000",
                "offset.flush.interval.ms", "10000"));
    overrides.putAll(contestant.kind().worker());
    WorkerConfig config =
        new WorkerConfig(
            arena.bootstrapServers(), session, contestant.kind().pluginPath(), overrides, Map.of());
    ConnectWorker worker =
        new ConnectWorker(arena.directory(session), config, arena.options().heap, FreePorts.any());
    try {
      // Workers of tests live for seconds; a measured one has the compiler and collector of a
      // server.
      worker.launch("-XX:TieredStopAtLevel=4", "-XX:-UseSerialGC", "-XX:+UseG1GC");
      worker.awaitReady();
      return new ConnectorSession(contestant, worker);
    } catch (RuntimeException e) {
      worker.close();
      throw e;
    }
  }

  @Override
  public Outcome run(String name) {
    Place place = prepare(name);
    long records = contestant.topic().records();
    RowCount rows = contestant.kind().rows().apply(place);
    try {
      ProcessMeter meter = meter();
      post(place);
      await(
          place,
          "has made all %,d records visible".formatted(records),
          () -> rows.records() >= records);
      Usage usage = meter.usage();
      end(place);
      long found = rows.records();
      if (found != records) {
        throw BenchmarkErrors.countDiffers(name, found + " records", records);
      }
      return new Outcome(usage, contestant.kind().detail(place), place);
    } catch (IOException e) {
      throw BenchmarkErrors.fileFailed("read the result in", place.files(), e);
    } finally {
      if (rows instanceof TopicRecords consumer) {
        consumer.close();
      }
    }
  }

  /** The directory of a run and the topics that it needs. */
  Place prepare(String name) {
    Place place = contestant.place(name);
    try {
      Files.createDirectories(place.files());
    } catch (IOException e) {
      throw BenchmarkErrors.fileFailed("create", place.files(), e);
    }
    contestant.arena().topics().create(place.output(), contestant.topic().partitions());
    return place;
  }

  /** Measures the worker from now on. */
  ProcessMeter meter() {
    return ProcessMeter.start(worker.process().pid(), contestant.arena().clock());
  }

  /** Creates the connector of a run. */
  void post(Place place) throws IOException {
    worker.rest().create(file.document(contestant.words(place), contestant.allKeys()));
  }

  /** A question to the result, which may be unreadable for a moment. */
  interface Question {
    boolean answered() throws IOException;
  }

  /** Waits for the connector; fails with TM-984 when it has failed, and with TM-906 in the end. */
  void await(Place place, String awaited, Question question) {
    AtomicLong asked = new AtomicLong(System.nanoTime());
    String[] failed = {null};
    RESULT.await(
        "connector " + place.name() + " " + awaited,
        worker.process(),
        () -> {
          if (System.nanoTime() - asked.get() > STATUS_NANOS) {
            asked.set(System.nanoTime());
            failed[0] = failure(worker.rest().status(place.name()));
          }
          return failed[0] != null || question.answered();
        });
    if (failed[0] != null) {
      throw BenchmarkErrors.connectorFailed(place.name(), failed[0], worker.log());
    }
  }

  /** Deletes the connector; its tasks are gone when this returns and cost the next run nothing. */
  void end(Place place) {
    ConnectRest rest = worker.rest();
    rest.delete(place.name());
    END.await(
        "connector " + place.name() + " is deleted",
        worker.process(),
        () -> !rest.connectors().contains(place.name()));
    if (contestant.kind().sink()) {
      END.await(
          "the consumers of " + place.name() + " are gone",
          worker.process(),
          () -> contestant.arena().topics().members("connect-" + place.name()) == 0);
    }
  }

  @Override
  public void close() {
    worker.stop();
    worker.close();
  }

  private static String failure(JsonNode status) {
    String state = status.at("/connector/state").asText();
    for (JsonNode task : status.path("tasks")) {
      if (task.path("state").asText().equals("FAILED")) {
        state = "FAILED";
      }
    }
    return state.equals("FAILED") ? state : null;
  }
}
