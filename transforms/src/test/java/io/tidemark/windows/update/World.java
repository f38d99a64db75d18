package io.tidemark.windows.update;

import io.tidemark.windows.config.UpdateSpec;
import io.tidemark.windows.config.WindowedAggregateConfig;
import io.tidemark.windows.state.StateStore;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;

/** A worker with tasks, a clock and a disk, in one thread. */
final class World {

  static final String TOPIC = "orders";

  private static final Schema ORDER =
      SchemaBuilder.struct()
          .field("at", Schema.OPTIONAL_INT64_SCHEMA)
          .field("product", Schema.OPTIONAL_STRING_SCHEMA)
          .field("amount", Schema.OPTIONAL_INT64_SCHEMA)
          .build();

  final MemoryStores stores = new MemoryStores();
  final Map<String, String> config = new TreeMap<>();
  private final Function<Path, StateStore> opening;
  private PartitionStates states;
  private long clockMs;

  World(Path directory) {
    this(directory, null);
  }

  /**
   * @param opening null for stores in memory
   */
  World(Path directory, Function<Path, StateStore> opening) {
    this.opening = opening == null ? stores::open : opening;
    restart();
    config.put("output.mode", "update");
    config.put("state.dir", directory.toString());
    config.put("event.time.field", "at");
    config.put("watermark.delay.ms", "100");
    config.put("window.size.ms", "100");
    config.put("group.by", "product");
    config.put("aggregates", "total=sum(amount), n=count(*)");
  }

  /** The worker is another process from now on. */
  void restart() {
    stores.kill();
    states = new PartitionStates(opening);
  }

  void pass(long ms) {
    clockMs += ms;
  }

  UpdateOperator task(int number) {
    return task("sink", number);
  }

  UpdateOperator task(String connector, int number) {
    WindowedAggregateConfig parsed = new WindowedAggregateConfig(config);
    UpdateSpec spec = parsed.update().orElseThrow();
    return new UpdateOperator(
        parsed.aggregation(spec.id()),
        spec,
        states,
        () -> new TaskName(connector, number),
        () -> TimeUnit.MILLISECONDS.toNanos(clockMs),
        () -> 1_000_000_000L);
  }

  Path state(int partition) {
    return Path.of(config.get("state.dir"), "sink", "windows", TOPIC + "-" + partition);
  }

  /** An order without schema. */
  static SinkRecord order(int partition, long offset, long at, String product, Object amount) {
    Map<String, Object> value = new HashMap<>();
    value.put("at", at);
    value.put("product", product);
    value.put("amount", amount);
    return record(partition, offset, null, value);
  }

  /** An order with schema. */
  static SinkRecord struct(int partition, long offset, long at, String product, Long amount) {
    return record(
        partition,
        offset,
        ORDER,
        new Struct(ORDER).put("at", at).put("product", product).put("amount", amount));
  }

  static SinkRecord record(int partition, long offset, Schema schema, Object value) {
    return new SinkRecord(
        TOPIC, partition, null, "a key", schema, value, offset, 7L, TimestampType.CREATE_TIME);
  }
}
