package io.tidemark.source.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.common.TidemarkException;
import io.tidemark.source.fake.FakeConnect;
import io.tidemark.source.fake.FakeFile;
import io.tidemark.source.fake.FakeLake;
import io.tidemark.source.fake.FakeLog;
import io.tidemark.source.fake.FakeVersion;
import io.tidemark.source.fake.Rows;
import io.tidemark.source.offset.Position;
import io.tidemark.source.offset.Shards;
import io.tidemark.source.offset.TableShard;
import io.tidemark.source.plan.Assignment;
import io.tidemark.source.plan.Resume;
import io.tidemark.source.plan.ShardRange;
import io.tidemark.source.plan.StartingPoint;
import io.tidemark.source.read.ReadCounts;
import io.tidemark.source.read.ReadOptions;
import io.tidemark.source.read.TableReader;
import io.tidemark.source.record.RecordFactory;
import io.tidemark.source.record.RecordOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * Tables that are written while tasks read them, die, are started again in other numbers, and have
 * bad luck with storage. One seed decides everything.
 */
final class SourceSimulation {

  private static final int STEPS = 120;

  private final Random random;
  private final Rows rows;
  private final FakeLake lake = new FakeLake();
  private final FakeConnect connect = new FakeConnect();
  private final List<String> tables = new ArrayList<>();
  private final Map<String, Position> starts = new HashMap<>();
  private final Map<String, Position> handed = new HashMap<>();
  private final Shards shards;
  private final StartingPoint point;
  private final FakeConnect.Mode mode;
  private final boolean largeTransactions;
  private final ReadOptions options;
  private final BatchLimits limits;
  private final ReadCounts counts = new ReadCounts();
  private List<FakeConnect.Task> tasks = new ArrayList<>();
  private List<List<ShardRange>> assignment = List.of();
  private int maxTasks;
  private long nowMs;
  private boolean storms;

  /** The versions that a table had before it was put back to an earlier one. */
  private final Map<String, List<FakeVersion>> before = new HashMap<>();

  private boolean putsBack;
  private boolean noticed;

  SourceSimulation(long seed) {
    random = new Random(seed);
    rows = new Rows(seed);
    shards = new Shards(1 << random.nextInt(5));
    mode =
        switch (random.nextInt(6)) {
          case 0 -> FakeConnect.Mode.POLL_BOUNDARY;
          case 1 -> FakeConnect.Mode.AT_LEAST_ONCE;
          default -> FakeConnect.Mode.CONNECTOR_BOUNDARY;
        };
    largeTransactions = random.nextBoolean();
    options = new ReadOptions(random.nextInt(4) == 0, false, false, true, 1 + random.nextInt(5));
    limits =
        new BatchLimits(
            1 + random.nextInt(7),
            1 + random.nextInt(5),
            random.nextInt(3),
            1000,
            largeTransactions ? 1_000_000 : 1 + random.nextInt(9),
            largeTransactions ? 1_000_000_000 : 1 + random.nextInt(9_000));
    point =
        switch (random.nextInt(4)) {
          case 0 -> new StartingPoint.Latest();
          case 1 -> new StartingPoint.Version(0);
          default -> new StartingPoint.Snapshot();
        };
    int count = 1 + random.nextInt(3);
    for (int table = 0; table < count; table++) {
      tables.add("/lake/table-" + table);
      if (random.nextInt(4) > 0) {
        lake.create(tables.get(table));
      }
    }
    lake.weather =
        operation -> {
          if (storms && random.nextInt(40) == 0) {
            throw new IOException("storm at " + operation);
          }
        };
  }

  void run() {
    for (int commits = random.nextInt(8); commits > 0; commits--) {
      write();
    }
    restartConnector();
    storms = random.nextBoolean();
    putsBack = random.nextInt(4) == 0;
    for (int step = 0; step < STEPS; step++) {
      switch (random.nextInt(20)) {
        case 0, 1, 2, 3 -> write();
        case 4 -> restartConnector();
        case 5 -> startTasks();
        case 6 -> restartTask(random.nextInt(tasks.size()));
        case 7 -> putBack();
        default -> poll(random.nextInt(tasks.size()), FakeConnect.death(random));
      }
    }
    storms = false;
    for (String table : tables) {
      if (!lake.tables.containsKey(table)) {
        lake.create(table);
      }
    }
    drain();
    check();
  }

  private void write() {
    String table = tables.get(random.nextInt(tables.size()));
    FakeLog log = lake.tables.get(table);
    if (log == null) {
      log = lake.create(table);
    }
    switch (random.nextInt(8)) {
      case 0 -> {
        if (log.files().size() > 1) {
          log.optimize(List.of(rows.compacted(log.files())));
        }
      }
      case 1 -> log.columns("id", "text-" + random.nextInt(1000));
      case 2 -> log.append(List.of());
      default -> {
        List<FakeFile> files = new ArrayList<>();
        for (int count = random.nextInt(6); count >= 0; count--) {
          files.add(rows.file(random.nextInt(6)));
        }
        log.append(files);
      }
    }
  }

  /** As from a backup, and then others write the versions of the same numbers. */
  private void putBack() {
    String table = tables.get(random.nextInt(tables.size()));
    FakeLog log = lake.tables.get(table);
    if (!putsBack || log == null || log.newest() < 2 || before.containsKey(table)) {
      return;
    }
    before.put(table, log.versions());
    log.restoreTo(random.nextInt((int) log.newest()));
    for (int commits = random.nextInt(6); commits > 0; commits--) {
      log.append(List.of(rows.file(1 + random.nextInt(3)), rows.file(1)));
    }
  }

  private void restartConnector() {
    boolean stormy = storms;
    storms = false;
    for (String table : tables) {
      try {
        Position start = StartingPoint.resolve(point, lake.open(table));
        handed.put(table, start);
        if (!isStarted(table)) {
          starts.put(table, start);
        }
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }
    storms = stormy;
    maxTasks = 1 + random.nextInt(6);
    startTasks();
  }

  private boolean isStarted(String table) {
    return connect.stored().keySet().stream()
        .anyMatch(partition -> TableShard.of(partition).orElseThrow().table().equals(table));
  }

  private void startTasks() {
    assignment = Assignment.of(tables.size(), shards, maxTasks);
    tasks = new ArrayList<>();
    for (int number = 0; number < assignment.size(); number++) {
      tasks.add(task(number));
    }
  }

  private void restartTask(int number) {
    tasks.set(number, task(number));
  }

  private FakeConnect.Task task(int number) {
    return connect
    .new Task(
        mode,
        random,
        transactions -> {
          List<TableStream> streams = new ArrayList<>();
          for (ShardRange range : assignment.get(number)) {
            String table = tables.get(range.table());
            streams.add(
                new TableStream(
                    new TableReader(
                        lake,
                        table,
                        shards,
                        range,
                        Resume.of(table, shards, handed.get(table), connect::offsets),
                        options,
                        counts),
                    shards,
                    new RecordFactory(
                        table, new RecordOptions("${table}", List.of("id"), true, false))));
          }
          return new TaskSession(streams, limits, 100, 1000, transactions, () -> nowMs);
        });
  }

  private void poll(int number, int diesBefore) {
    nowMs += 1 + random.nextInt(5_000);
    try {
      if (tasks.get(number).poll(diesBefore) < 0) {
        restartTask(number);
      }
    } catch (TidemarkException e) {
      notice(e);
      restartTask(number);
    }
  }

  private void notice(TidemarkException e) {
    if (before.isEmpty() || !e.code().equals("TM-524")) {
      throw e;
    }
  }

  private void drain() {
    int quiet = 0;
    int rounds = 0;
    while (quiet < 50) {
      nowMs += 60_000;
      int sent = 0;
      for (FakeConnect.Task task : List.copyOf(tasks)) {
        try {
          sent += task.poll();
          task.settle();
        } catch (TidemarkException e) {
          notice(e);
          noticed = true;
          tasks.remove(task);
        }
      }
      quiet = sent == 0 ? quiet + 1 : 0;
      if (++rounds > 100_000) {
        throw new AssertionError("does not come to an end");
      }
    }
  }

  private void check() {
    Map<TableShard, List<Long>> found = new HashMap<>();
    for (SourceRecord record : connect.records()) {
      TableShard shard = TableShard.of(record.sourcePartition()).orElseThrow();
      found
          .computeIfAbsent(shard, key -> new ArrayList<>())
          .add(((Struct) record.value()).getInt64("id"));
    }
    for (String table : tables) {
      for (int shard = 0; shard < shards.count(); shard++) {
        TableShard key = new TableShard(table, shard, shards.count());
        List<Long> rowsFound = found.getOrDefault(key, List.of());
        if (noticed) {
          checkOneHistory(key, rowsFound);
        } else if (mode == FakeConnect.Mode.AT_LEAST_ONCE) {
          assertThat(rowsFound)
              .as("rows of %s from %s", key, starts.get(table))
              .containsAll(expected(key));
        } else {
          assertThat(rowsFound)
              .as("rows of %s from %s", key, starts.get(table))
              .isEqualTo(expected(key));
        }
      }
    }
    if (mode == FakeConnect.Mode.CONNECTOR_BOUNDARY && largeTransactions && before.isEmpty()) {
      checkTransactions();
    }
  }

  /** Somebody said that a history is another one: until then, nothing is lost or of both. */
  private void checkOneHistory(TableShard shard, List<Long> found) {
    if (mode == FakeConnect.Mode.AT_LEAST_ONCE) {
      return;
    }
    List<Long> after = expected(shard);
    List<Long> earlier =
        before.containsKey(shard.table()) ? expected(shard, before.get(shard.table())) : List.of();
    assertThat(isBeginning(found, after) || isBeginning(found, earlier))
        .as("%s of %s is the beginning of %s or of %s", found, shard, after, earlier)
        .isTrue();
  }

  private static boolean isBeginning(List<Long> found, List<Long> of) {
    return found.size() <= of.size() && of.subList(0, found.size()).equals(found);
  }

  private List<Long> expected(TableShard shard) {
    return expected(shard, lake.tables.get(shard.table()).versions());
  }

  private List<Long> expected(TableShard shard, List<FakeVersion> versions) {
    Position start = starts.get(shard.table());
    List<FakeFile> files = new ArrayList<>();
    if (start.snapshot() && start.version() < versions.size()) {
      files.addAll(versions.get((int) start.version()).files());
    }
    for (long version = start.snapshot() ? start.version() + 1 : start.version();
        version < versions.size();
        version++) {
      files.addAll(versions.get((int) version).appends());
    }
    return files.stream()
        .filter(file -> shards.of(file.path()) == shard.number())
        .flatMap(file -> file.rows().stream())
        .map(FakeFile.FakeRow::id)
        .toList();
  }

  /** Each transaction holds rows of one version, and no version of a shard is in two. */
  private void checkTransactions() {
    Set<String> seen = new HashSet<>();
    for (List<SourceRecord> transaction : connect.committed) {
      Set<String> versions = new HashSet<>();
      Set<String> parts = new HashSet<>();
      for (SourceRecord record : transaction) {
        String version =
            TableShard.of(record.sourcePartition()).orElseThrow().table()
                + "@"
                + record.sourceOffset().get("version")
                + record.sourceOffset().get("snapshot");
        versions.add(version);
        parts.add(version + "#" + record.sourcePartition().get("shard"));
      }
      assertThat(versions).as("versions of one transaction").hasSize(1);
      assertThat(seen).as("parts of earlier transactions").doesNotContainAnyElementsOf(parts);
      seen.addAll(parts);
    }
  }
}
