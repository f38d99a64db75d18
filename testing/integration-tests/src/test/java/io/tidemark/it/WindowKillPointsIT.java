package io.tidemark.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.faults.KillPoint;
import io.tidemark.faults.KillPoint.Moment;
import io.tidemark.faults.ProtocolStep;
import io.tidemark.reader.SparkJudge;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real worker dies right before and right after every step that windows and sessions take beside
 * those of {@link KillPointsIT}. The rows are compared with those computed from all records at
 * once.
 */
class WindowKillPointsIT {

  private static final Logger LOG = LoggerFactory.getLogger(WindowKillPointsIT.class);
  private static final String NAME = "window-kill-points";
  private static final int PARTITIONS = 2;
  private static final int RECORDS_AT_ONCE = 20;
  private static final long MINUTE_MS = 60_000;
  private static final long START_MS = 1_790_000_000_000L / MINUTE_MS * MINUTE_MS;
  private static final long GAP_MS = MINUTE_MS / 2;
  private static final String NOBODY = "nobody";

  /**
   * Attempts that are left behind are removed with every tenth batch, so steps that need one come
   * right after those that leave it. Raw records are not landed here: a data file is one of
   * results.
   */
  private static final List<ProtocolStep> STEPS =
      List.of(
          ProtocolStep.MERGED_RUN,
          ProtocolStep.RUN,
          ProtocolStep.SESSION_RUN,
          ProtocolStep.ATTEMPT,
          ProtocolStep.DATA_FILE,
          ProtocolStep.PLAN,
          ProtocolStep.ATTEMPT_REMOVAL,
          ProtocolStep.RUN_REMOVAL);

  private final Cluster cluster = Cluster.shared();
  private final Random random = new Random(20261126);

  /** Window start and product to sum and count. */
  private final Map<String, long[]> windows = new TreeMap<>();

  /** User to event times and amounts. */
  private final Map<String, List<long[]>> visits = new TreeMap<>();

  private int rounds;
  private boolean over;

  @Test
  void writesEachWindowAndEachSessionOnceWhereverTheWorkerDies() throws IOException {
    assertThat(EnumSet.copyOf(STEPS)).containsAll(ProtocolStep.ofWindows());
    Path lake = cluster.fresh(NAME).resolve("lake");
    Path checkpoint = Path.of(lake + "-checkpoint");
    cluster.topics.create(NAME, PARTITIONS);
    try (DyingWorker worker = new DyingWorker(cluster, NAME, this::send)) {
      for (ProtocolStep step : STEPS) {
        for (Moment moment : Moment.values()) {
          worker.dieAt(new KillPoint(step, moment, 1), sink(lake));
          if (step == ProtocolStep.PLAN) {
            requireResults(checkpoint, moment);
          }
        }
      }
      Set<Path> left = files(checkpoint.resolve("state"), checkpoint.resolve("attempts"));
      Set<Path> resultFiles = files(lake);
      over = true;
      worker.live();
      worker.sendUntil("what the dead left is removed", () -> isRemoved(left, checkpoint));
      Cluster.PATIENCE.await("all windows are closed", () -> isClosed(lake));
      worker.rest().delete(NAME);
      judge(lake);
      requireNoOrphan(resultFiles, lake);
    }
  }

  /** Each round is a minute of event time; records are up to five minutes late. */
  private void send() {
    rounds++;
    for (int i = 0; i < RECORDS_AT_ONCE; i++) {
      if (over) {
        send(i, START_MS + round(), NOBODY, NOBODY, 1);
      } else {
        long eventMs = START_MS + round() - random.nextInt((int) (5 * MINUTE_MS));
        String product = "product-" + random.nextInt(4);
        String user = "user-" + random.nextInt(20);
        int amount = random.nextInt(1_000);
        send(i, eventMs, product, user, amount);
        long[] sums =
            windows.computeIfAbsent(
                Math.floorDiv(eventMs, MINUTE_MS) * MINUTE_MS + " " + product,
                absent -> new long[2]);
        sums[0] += amount;
        sums[1]++;
        visits.computeIfAbsent(user, absent -> new ArrayList<>()).add(new long[] {eventMs, amount});
      }
    }
    cluster.records.flush();
  }

  private long round() {
    return rounds * MINUTE_MS + (over ? 120 * MINUTE_MS : 0);
  }

  private void send(int i, long eventMs, String product, String user, int amount) {
    cluster.records.send(
        NAME,
        i % PARTITIONS,
        null,
        "{\"event_time\":%d,\"product\":\"%s\",\"user\":\"%s\",\"amount\":%d}"
            .formatted(eventMs, product, user, amount));
  }

  private Map<String, String> sink(Path lake) {
    Map<String, String> config =
        DyingWorker.sink(
            cluster,
            NAME,
            lake,
            "table.base.path",
            lake.toString(),
            // Little is kept, so that a test sees it removed.
            "checkpoint.retain.batches",
            "2",
            "transforms",
            "products,users");
    config.remove("table.path");
    aggregate(config, "products", "rocksdb", "tumbling", "window.size.ms", MINUTE_MS, "product");
    config.put("transforms.products.forward.input", "true");
    aggregate(config, "users", "memory", "session", "window.gap.ms", GAP_MS, "user");
    return config;
  }

  private static void aggregate(
      Map<String, String> config,
      String name,
      String provider,
      String window,
      String length,
      long ms,
      String group) {
    String key = "transforms." + name + ".";
    config.put(key + "type", "io.tidemark.transforms.WindowedAggregate");
    config.put(key + "event.time.field", "event_time");
    config.put(key + "watermark.delay.ms", String.valueOf(40 * MINUTE_MS));
    config.put(key + "window.type", window);
    config.put(key + length, String.valueOf(ms));
    config.put(key + "group.by", group);
    config.put(key + "aggregates", "total=sum(amount), n=count(*)");
    config.put(key + "state.store.provider", provider);
  }

  /** The plan that the worker died at names result rows. */
  private static void requireResults(Path checkpoint, Moment moment) throws IOException {
    long newest =
        files(checkpoint.resolve("batches")).stream()
            .mapToLong(file -> Long.parseLong(file.getFileName().toString()))
            .max()
            .orElseThrow();
    if (moment == Moment.AFTER) {
      assertThat(checkpoint.resolve("batches/" + newest)).content().contains("part-window-");
    } else {
      assertThat(files(checkpoint.resolve("attempts")))
          .anyMatch(
              file -> file.getFileName().toString().startsWith("%010d-".formatted(newest + 1)));
    }
  }

  private static Set<Path> files(Path... directories) throws IOException {
    Set<Path> files = new HashSet<>();
    for (Path directory : directories) {
      try (Stream<Path> below = Files.walk(directory)) {
        below
            .filter(Files::isRegularFile)
            .filter(file -> !file.getFileName().toString().startsWith("."))
            .forEach(files::add);
      }
    }
    return files;
  }

  /** Whether a batch or a segment names every run that is still there, and no attempt is left. */
  private static boolean isRemoved(Set<Path> left, Path checkpoint) throws IOException {
    StringBuilder logs = new StringBuilder();
    for (Path entry : files(checkpoint.resolve("batches"), checkpoint.resolve("segments"))) {
      logs.append(Files.readString(entry));
    }
    return left.stream()
        .filter(Files::exists)
        .allMatch(file -> logs.indexOf("\"" + file.getFileName() + "\"") >= 0);
  }

  private boolean isClosed(Path lake) {
    return rows(lake, "products", "product").size() >= windows.size()
        && rows(lake, "users", "user").size() >= sessions().size();
  }

  /** Start, end, group, sum and count, of all groups but the one that ends the others. */
  private List<String> rows(Path lake, String table, String group) {
    List<String> rows = new ArrayList<>();
    for (JsonNode row :
        cluster
            .spark()
            .query(
                "SELECT unix_millis(window.start) AS a, unix_millis(window.end) AS b, "
                    + "%s AS g, total, n FROM %s WHERE %s <> '%s'"
                        .formatted(group, SparkJudge.name(lake.resolve(table)), group, NOBODY))) {
      rows.add(
          "%d-%d %s: %d of %d"
              .formatted(
                  row.path("a").asLong(),
                  row.path("b").asLong(),
                  row.path("g").asText(),
                  row.path("total").asLong(),
                  row.path("n").asLong()));
    }
    return rows;
  }

  private List<String> expectedWindows() {
    List<String> rows = new ArrayList<>();
    windows.forEach(
        (key, sums) -> {
          long start = Long.parseLong(key.substring(0, key.indexOf(' ')));
          String product = key.substring(key.indexOf(' ') + 1);
          rows.add(
              "%d-%d %s: %d of %d".formatted(start, start + MINUTE_MS, product, sums[0], sums[1]));
        });
    return rows;
  }

  /** A record at most the gap after another one belongs to its session. */
  private List<String> sessions() {
    List<String> rows = new ArrayList<>();
    visits.forEach(
        (user, list) -> {
          List<long[]> sorted = new ArrayList<>(list);
          sorted.sort(Comparator.comparingLong(visit -> visit[0]));
          for (int from = 0, to = 1; from < sorted.size(); from = to, to++) {
            long total = sorted.get(from)[1];
            while (to < sorted.size() && sorted.get(to)[0] - sorted.get(to - 1)[0] <= GAP_MS) {
              total += sorted.get(to++)[1];
            }
            rows.add(
                "%d-%d %s: %d of %d"
                    .formatted(
                        sorted.get(from)[0],
                        sorted.get(to - 1)[0] + GAP_MS,
                        user,
                        total,
                        to - from));
          }
        });
    return rows;
  }

  private void judge(Path lake) {
    List<String> products = rows(lake, "products", "product");
    List<String> users = rows(lake, "users", "user");
    LOG.info("{} rounds, {} windows, {} sessions", rounds, products.size(), users.size());
    assertThat(products).containsExactlyInAnyOrderElementsOf(expectedWindows());
    assertThat(users).containsExactlyInAnyOrderElementsOf(sessions());
  }

  /** Every data file that a worker left when it died is the table's, or gone. */
  private void requireNoOrphan(Set<Path> left, Path lake) {
    Set<String> named = new HashSet<>();
    for (String table : List.of("products", "users")) {
      cluster
          .spark()
          .query(
              "SELECT DISTINCT _metadata.file_name AS name FROM "
                  + SparkJudge.name(lake.resolve(table)))
          .forEach(row -> named.add(row.path("name").asText()));
    }
    assertThat(left.stream().filter(file -> file.getFileName().toString().startsWith("part-")))
        .isNotEmpty()
        .allMatch(file -> !Files.exists(file) || named.contains(file.getFileName().toString()));
  }
}
