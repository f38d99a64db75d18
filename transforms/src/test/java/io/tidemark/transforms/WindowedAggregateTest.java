package io.tidemark.transforms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.connector.Version;
import io.tidemark.windows.FatalError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.components.Versioned;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The transformation as Connect handles it, without our sink after it. */
class WindowedAggregateTest {

  @TempDir Path directory;

  private Map<String, String> config() {
    Map<String, String> config = new TreeMap<>();
    config.put("type", WindowedAggregate.class.getName());
    config.put("output.mode", "update");
    config.put("state.dir", directory.resolve("state").toString());
    config.put("aggregates", "n=count(*)");
    config.put("watermark.delay.ms", "0");
    config.put("window.size.ms", "1000");
    config.put("event.time.max.ahead.ms", "0");
    return config;
  }

  private static SinkRecord record(long offset) {
    SinkRecord record =
        new SinkRecord(
            "orders",
            3,
            null,
            "k",
            null,
            new HashMap<>(Map.of("a", 1)),
            offset,
            1_500L,
            TimestampType.CREATE_TIME);
    record.headers().addString("trace", "x");
    return record;
  }

  private static <T> T onTaskThread(Callable<T> work) throws Exception {
    FutureTask<T> task = new FutureTask<>(work);
    Thread thread = new Thread(task, "task-thread-my sink-2-0");
    thread.start();
    thread.join();
    return task.get();
  }

  @Test
  void givesRowsInPlaceOfRecords() throws Exception {
    onTaskThread(
        () -> {
          try (WindowedAggregate<SinkRecord> transformation = new WindowedAggregate<>()) {
            transformation.configure(config());
            transformation.apply(record(0));
            SinkRecord row = transformation.apply(record(1));
            assertThat(row.topic()).isEqualTo("orders");
            assertThat(row.kafkaPartition()).isEqualTo(3);
            assertThat(row.kafkaOffset()).isEqualTo(1);
            assertThat(row.originalKafkaOffset()).isEqualTo(1);
            assertThat(row.timestamp()).isEqualTo(1_500L);
            assertThat(row.headers()).isEmpty();
            assertThat(row.key()).isEqualTo(Map.of("window_start", 1_000L, "window_end", 2_000L));
            assertThat(row.value())
                .isEqualTo(Map.of("window", Map.of("start", 1_000L, "end", 2_000L), "n", 2L));
          }
          return null;
        });
    assertThat(directory.resolve("state/my%20sink-2/windows/orders-3.lock")).exists();
    onTaskThread(
        () -> {
          try (WindowedAggregate<SinkRecord> transformation = new WindowedAggregate<>()) {
            transformation.configure(config());
            assertThat(transformation.apply(record(2)).value())
                .as("continues after the end of the task")
                .isEqualTo(Map.of("window", Map.of("start", 1_000L, "end", 2_000L), "n", 3L));
          }
          return null;
        });
  }

  @Test
  void hasTheVersionOfTheBuildAsConnectWantsItForAPinnedOne() {
    Versioned transformation = new WindowedAggregate<SinkRecord>();
    assertThat(transformation.version()).isEqualTo(Version.TEXT).isNotEqualTo("undefined");
  }

  @Test
  void touchesNothingBeforeTheFirstRecord() throws IOException {
    WindowedAggregate<SinkRecord> transformation = new WindowedAggregate<>();
    assertThat(transformation.config().names()).contains("state.dir");
    transformation.configure(config());
    transformation.close();
    try (var files = Files.list(directory)) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void failsWithAnErrorOffTheThreadOfATask() {
    WindowedAggregate<SinkRecord> transformation = new WindowedAggregate<>();
    transformation.configure(config());
    assertThatThrownBy(() -> transformation.apply(record(0)))
        .isInstanceOf(FatalError.class)
        .hasMessageStartingWith("TM-459 ");
  }

  @Test
  void namesTheAlternativeInFrontOfAnotherSink() {
    Map<String, String> config = config();
    config.remove("output.mode");
    config.remove("state.dir");
    WindowedAggregate<SinkRecord> transformation = new WindowedAggregate<>();
    transformation.configure(config);
    assertThatThrownBy(() -> transformation.apply(record(0)))
        .isInstanceOf(FatalError.class)
        .hasMessageStartingWith("TM-461 ")
        .hasMessageContaining("output.mode=update");
  }

  @Test
  void refusesToWorkInASource() {
    WindowedAggregate<SourceRecord> transformation = new WindowedAggregate<>();
    transformation.configure(config());
    SourceRecord record = new SourceRecord(Map.of(), Map.of(), "orders", null, "x");
    assertThatThrownBy(() -> transformation.apply(record))
        .isInstanceOf(FatalError.class)
        .hasMessageStartingWith("TM-460 ");
  }

  @Test
  void refusesUnknownKeys() {
    Map<String, String> config = config();
    config.put("state.directory", "/x");
    WindowedAggregate<SinkRecord> transformation = new WindowedAggregate<>();
    assertThatThrownBy(() -> transformation.configure(config))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("state.directory");
  }
}
