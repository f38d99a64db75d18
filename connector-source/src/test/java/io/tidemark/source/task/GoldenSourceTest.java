package io.tidemark.source.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.connector.Checkout;
import io.tidemark.delta.read.DeltaReadableTables;
import io.tidemark.delta.read.ReadableTable;
import io.tidemark.source.fake.FakeConnect;
import io.tidemark.source.offset.Position;
import io.tidemark.source.offset.Shards;
import io.tidemark.source.plan.Assignment;
import io.tidemark.source.plan.Resume;
import io.tidemark.source.plan.ShardRange;
import io.tidemark.source.read.ReadCounts;
import io.tidemark.source.read.ReadOptions;
import io.tidemark.source.read.TableReader;
import io.tidemark.source.record.RecordFactory;
import io.tidemark.source.record.RecordOptions;
import io.tidemark.storage.HadoopFileSystems;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tables that Spark wrote: whoever applies the change feed from the first version on has the rows
 * of the newest one, though tasks die and are divided otherwise in between.
 */
@Tag("long")
@Execution(ExecutionMode.CONCURRENT)
class GoldenSourceTest {

  private static final Shards SHARDS = new Shards(8);

  private final DeltaReadableTables tables =
      new DeltaReadableTables(new HadoopFileSystems(Map.of()));
  private long nowMs;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "copies",
        "deletes",
        "feed",
        "feed-moved",
        "feed-replaced",
        "feed-vectors",
        "nested",
        "partitions",
        "replaced",
        "timed",
        "tracked",
        "types"
      })
  void changesAddUpToTheRowsOfEachVersion(String name) throws IOException {
    String table = Checkout.root().resolve("delta/src/test/resources/golden/" + name) + "/table";
    ReadableTable opened = tables.open(table).orElseThrow();
    List<SourceRecord> changes = records(table, Position.tail(0, opened.id(), 0), new Random(1));
    for (long version = 0; version <= opened.newest(); version++) {
      List<SourceRecord> snapshot =
          records(table, Position.snapshot(0, opened.id(), version), new Random(version));
      long last = version;
      assertThat(applied(changes, record -> version(record) <= last))
          .as("version " + version)
          .isEqualTo(
              applied(snapshot, record -> record.sourceOffset().get("snapshot").equals(true)));
    }
    for (int seed = 2; seed <= 5; seed++) {
      assertThat(
              applied(
                  records(table, Position.tail(0, opened.id(), 0), new Random(seed)), any -> true))
          .as("seed " + seed)
          .isEqualTo(applied(changes, any -> true));
    }
  }

  private static long version(SourceRecord record) {
    return (long) record.headers().lastWithName("_delta_version").value();
  }

  private List<SourceRecord> records(String table, Position start, Random random) {
    FakeConnect connect = new FakeConnect();
    int quiet = 0;
    while (quiet < 2) {
      int sent = 0;
      for (List<ShardRange> ranges : Assignment.of(1, SHARDS, 1 + random.nextInt(4))) {
        FakeConnect.Task task =
            connect
            .new Task(
                FakeConnect.Mode.CONNECTOR_BOUNDARY,
                random,
                transactions -> session(table, ranges.get(0), start, connect, transactions));
        for (int polls = 1 + random.nextInt(6); polls > 0; polls--) {
          nowMs += 10_000;
          int count = task.poll(FakeConnect.death(random));
          sent += Math.abs(count);
          if (count < 0) {
            break;
          }
        }
      }
      quiet = sent == 0 ? quiet + 1 : 0;
    }
    return connect.records();
  }

  private TaskSession session(
      String table,
      ShardRange range,
      Position start,
      FakeConnect connect,
      Transactions transactions) {
    TableReader reader =
        new TableReader(
            tables,
            table,
            SHARDS,
            range,
            Resume.of(table, SHARDS, start, connect::offsets),
            new ReadOptions(true, false, false, true, 3),
            new ReadCounts());
    RecordFactory factory =
        new RecordFactory(table, new RecordOptions("${table}", List.of(), true, false));
    return new TaskSession(
        List.of(new TableStream(reader, SHARDS, factory)),
        new BatchLimits(5, 1000, 0, 60_000, 7, 1_000_000),
        1_000,
        3,
        transactions,
        () -> nowMs);
  }

  /** How often there is each row. */
  private static Map<String, Integer> applied(
      List<SourceRecord> records, Predicate<SourceRecord> wanted) {
    Map<String, Integer> rows = new TreeMap<>();
    for (SourceRecord record : records) {
      if (!wanted.test(record)) {
        continue;
      }
      String change = (String) record.headers().lastWithName("_delta_change_type").value();
      int more = change.equals("insert") || change.equals("update_postimage") ? 1 : -1;
      rows.merge(text(record.value()), more, Integer::sum);
    }
    rows.values().removeIf(count -> count == 0);
    return rows;
  }

  /** Without what is null, for a row that is older than a column has it not. */
  private static String text(Object value) {
    if (value instanceof Struct struct) {
      Map<String, String> fields = new TreeMap<>();
      for (Field field : struct.schema().fields()) {
        if (struct.get(field) != null) {
          fields.put(field.name(), text(struct.get(field)));
        }
      }
      return fields.toString();
    }
    if (value instanceof List<?> list) {
      List<String> elements = new ArrayList<>();
      list.forEach(element -> elements.add(text(element)));
      return elements.toString();
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, String> entries = new TreeMap<>();
      map.forEach((key, element) -> entries.put(text(key), text(element)));
      return entries.toString();
    }
    if (value instanceof byte[] bytes) {
      return ByteBuffer.wrap(bytes).toString() + java.util.Arrays.toString(bytes);
    }
    return String.valueOf(value);
  }
}
