package io.tidemark.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidemark.metrics.FakePluginMetrics;
import io.tidemark.metrics.Metric;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.management.Attribute;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a task shows, on new workers and on old ones. */
class SinkMetricsTest {

  private static final Map<String, Object> ORDER = Map.of("id", 1L, "at", 1_790_000_000_000L);

  @TempDir private Path directory;

  private Map<String, String> props() {
    Map<String, String> props = new HashMap<>();
    props.put("table.path", directory.resolve("lake/orders").toString());
    props.put("checkpoint.location", directory.resolve("checkpoint").toString());
    return props;
  }

  private Map<String, String> windowed() {
    Map<String, String> props = props();
    props.put("transforms", "minutes");
    props.put("transforms.minutes.type", "io.tidemark.transforms.WindowedAggregate");
    props.put("transforms.minutes.event.time.field", "at");
    props.put("transforms.minutes.window.size.ms", "60000");
    props.put("transforms.minutes.watermark.delay.ms", "0");
    props.put("transforms.minutes.aggregates", "n=count(*)");
    return props;
  }

  /** Without a batch of its own while the test lasts. */
  private static Map<String, String> silent(Map<String, String> props) {
    props.put("commit.interval.ms", "3600000");
    return props;
  }

  @Test
  void countsWhatIsCommitted() {
    FakePluginMetrics worker = new FakePluginMetrics();
    try (LocalTask task = new LocalTask(props(), worker)) {
      task.land(List.of(ORDER, ORDER, ORDER));
      await().atMost(Duration.ofMinutes(1)).until(() -> worker.value(Metric.SINK_ROWS).equals(3.0));
      assertThat(worker.value(Metric.SINK_RECORDS)).isEqualTo(3.0);
      assertThat(worker.value(Metric.SINK_COMMITTED_RECORDS)).isEqualTo(3.0);
      assertThat(worker.value(Metric.SINK_FILES)).isEqualTo(1.0);
      assertThat(worker.value(Metric.SINK_VERSIONS)).isEqualTo(1.0);
      assertThat(number(worker, Metric.SINK_BYTES)).isPositive();
      assertThat(number(worker, Metric.SINK_BATCHES)).isPositive();
      assertThat(number(worker, Metric.SINK_BATCH_NUMBER)).isNotNegative();
      assertThat(number(worker, Metric.SINK_COMMIT_SECONDS)).isNotNegative();
      assertThat((String) worker.value(Metric.SINK_LAST_PROGRESS)).contains("\"batchId\"");
      for (Metric nothing :
          List.of(
              Metric.SINK_REJECTED_RECORDS,
              Metric.SINK_DROPPED_RECORDS,
              Metric.SINK_LOST_RECORDS,
              Metric.SINK_RETRIES,
              Metric.SINK_AUDIT_FINDINGS)) {
        assertThat(worker.value(nothing)).as(nothing.id()).isEqualTo(0.0);
      }
    }
    assertThat(worker.names()).as("after the task").isEmpty();
  }

  /** Otherwise an alert would be silent, or cry, for as long as nothing is committed. */
  @Test
  void tellsTheTruthOfTheLastBatchRightAfterARestart() {
    try (LocalTask task = new LocalTask(props())) {
      task.land(List.of(ORDER));
    }
    FakePluginMetrics worker = new FakePluginMetrics();
    try (LocalTask task = new LocalTask(silent(props()), worker)) {
      task.tick();
      await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> number(worker, Metric.SINK_BATCH_NUMBER) >= 0);
      assertThat(number(worker, Metric.SINK_LAST_COMMIT_AGE)).isNotNegative().isLessThan(600);
      assertThat(worker.value(Metric.SINK_BATCHES)).as("of this driver").isEqualTo(0.0);
    }
  }

  @Test
  void isUnknownRatherThanZeroBeforeAnythingIsKnown() {
    FakePluginMetrics worker = new FakePluginMetrics();
    try (LocalTask task = new LocalTask(silent(windowed()), worker)) {
      task.tick();
      for (Metric unknown :
          List.of(
              Metric.SINK_BATCH_NUMBER,
              Metric.SINK_LAST_COMMIT_AGE,
              Metric.SINK_LAG_RECORDS,
              Metric.SINK_LAG_SECONDS,
              Metric.SINK_PLAN_SECONDS,
              Metric.SINK_COMMIT_SECONDS,
              Metric.SINK_RETENTION_HEADROOM)) {
        assertThat(worker.value(unknown)).as(unknown.id()).isEqualTo(Double.NaN);
      }
      for (Metric unknown : List.of(Metric.SINK_WATERMARK, Metric.SINK_STATE_BYTES)) {
        assertThat(worker.value(unknown, "minutes")).as(unknown.id()).isEqualTo(Double.NaN);
      }
    }
  }

  /** A panel or an alert on a metric that nothing shows would be silent for ever. */
  @Test
  void showsEveryMetricOfTheReferenceInBothWays() throws Exception {
    TreeSet<String> all =
        Metric.of(true).stream().map(Metric::id).collect(Collectors.toCollection(TreeSet::new));
    FakePluginMetrics worker = new FakePluginMetrics();
    try (LocalTask task = new LocalTask(windowed(), worker)) {
      task.tick();
      assertThat(worker.names()).isEqualTo(all);
    }
    MBeanServer jmx = ManagementFactory.getPlatformMBeanServer();
    ObjectName pattern = new ObjectName("kafka.connect:type=plugins,connector=orders,task=0,*");
    try (LocalTask task = new LocalTask(windowed())) {
      task.tick();
      TreeSet<String> shown = new TreeSet<>();
      for (ObjectName bean : jmx.queryNames(pattern, null)) {
        String[] names =
            Arrays.stream(jmx.getMBeanInfo(bean).getAttributes())
                .map(MBeanAttributeInfo::getName)
                .toArray(String[]::new);
        for (Attribute attribute : jmx.getAttributes(bean, names).asList()) {
          shown.add(attribute.getName());
        }
      }
      assertThat(shown).isEqualTo(all);
    }
    assertThat(jmx.queryNames(pattern, null)).as("after the task").isEmpty();
  }

  private static double number(FakePluginMetrics worker, Metric metric) {
    return (Double) worker.value(metric);
  }
}
