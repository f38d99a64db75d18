package io.tidemark.benchmarks;

import io.tidemark.stores.Lake;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** From a record to its visible row, at a steady rate. */
final class LatencySuite {

  private static final int PARTITIONS = 4;
  private static final String COMMIT_INTERVAL_MS = "1000";
  private static final long WARM_UP_SECONDS = 15;

  private LatencySuite() {}

  static Section run(Arena arena, List<Measurement> figures) {
    Map<String, Lake> lakes = new LinkedHashMap<>();
    lakes.put("Tidemark, local disk", arena.local());
    arena.s3().ifPresent(lake -> lakes.put("Tidemark, S3 server on this machine", lake));
    List<List<String>> rows = new ArrayList<>();
    List<Bar> bars = new ArrayList<>();
    for (Map.Entry<String, Lake> lake : lakes.entrySet()) {
      Latency latency = measure(arena, lake.getKey(), lake.getValue());
      List<Long> all = latency.milliseconds();
      Usage usage = latency.usage();
      figures.add(
          new Measurement(
              Suite.LATENCY, lake.getKey(), "steady", 1, all.size(), usage, latency.text()));
      rows.add(
          List.of(
              lake.getKey(),
              Long.toString(Spread.percentile(all, 0.5)),
              Long.toString(Spread.percentile(all, 0.99)),
              Long.toString(Spread.percentile(all, 1)),
              "%,d".formatted(all.size()),
              Spread.number(usage.cpuSeconds() / usage.wallSeconds() * 100) + " %"));
      Spread spread =
          new Spread(
              Spread.percentile(all, 0.5),
              Spread.percentile(all, 0),
              Spread.percentile(all, 0.99),
              2);
      bars.add(new Bar(lake.getKey(), spread, true));
    }
    String title = "From a record to its row";
    return new Section(
        Suite.LATENCY.word(),
        title,
        ("%,d records a second, commit.interval.ms=%s, one task: milliseconds from the "
                + "time at which a record is handed to the producer until the version with its row "
                + "is found. The first %d seconds are left out.")
            .formatted(arena.options().rate, COMMIT_INTERVAL_MS, WARM_UP_SECONDS),
        List.of("where", "median", "99 %", "longest", "rows", "CPU of the worker, of one core"),
        rows,
        new BarChart(title, "milliseconds: median, shortest and 99 %; less is better", bars),
        List.of("The table is looked at every 20 ms, which is part of the figures."),
        List.of(
            "The S3 server is a process of the same machine without a network, so a real "
                + "one answers later."));
  }

  private record Latency(List<Long> milliseconds, Usage usage) {

    String text() {
      return "median %d ms, 99 %% %d ms, longest %d ms"
          .formatted(
              Spread.percentile(milliseconds, 0.5),
              Spread.percentile(milliseconds, 0.99),
              Spread.percentile(milliseconds, 1));
    }
  }

  private static Latency measure(Arena arena, String name, Lake lake) {
    String run = "latency-" + (lake.root().startsWith("s3a:") ? "s3" : "local");
    OrderTopic topic = new OrderTopic(run, PARTITIONS, 0, 0);
    arena.topics().create(run, PARTITIONS);
    ConnectorContestant sink =
        ConnectorContestant.of(
            arena,
            run,
            "",
            ConnectorKind.tidemark(arena),
            lake,
            topic,
            Map.of("commit.interval.ms", COMMIT_INTERVAL_MS));
    Place place = sink.place(run);
    try (ConnectorSession worker = sink.start(run + "-worker");
        SteadyLoad load =
            SteadyLoad.start(arena.bootstrapServers(), run, PARTITIONS, arena.options().rate);
        VersionWatch watch = VersionWatch.start(sink.kind().table().apply(place))) {
      worker.prepare(run);
      worker.post(place);
      DeltaRows rows = new DeltaRows(sink.kind().table().apply(place));
      worker.await(place, "has committed the first records", () -> rows.records() > 0);
      rest(WARM_UP_SECONDS);
      long fromMs = System.currentTimeMillis();
      ProcessMeter meter = worker.meter();
      rest(arena.options().seconds);
      Usage usage = meter.usage();
      long sent = load.finish();
      worker.await(
          place, "has made all %,d records visible".formatted(sent), () -> rows.records() >= sent);
      Latency latency = new Latency(watch.latencies(fromMs), usage);
      arena.say("latency  %-44s %s".formatted(name, latency.text()));
      worker.end(place);
      return latency;
    } catch (IOException e) {
      throw BenchmarkErrors.fileFailed("read the table of", place.files(), e);
    }
  }

  private static void rest(long seconds) {
    long endNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    for (long left = endNanos - System.nanoTime(); left > 0; left = endNanos - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }
}
