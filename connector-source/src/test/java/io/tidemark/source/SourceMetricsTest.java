package io.tidemark.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.metrics.FakePluginMetrics;
import io.tidemark.metrics.Metric;
import io.tidemark.metrics.MetricTarget;
import io.tidemark.source.read.Lag;
import io.tidemark.source.read.ReadCounts;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.connect.source.SourceTaskContext;
import org.junit.jupiter.api.Test;

/** What a source task shows. */
class SourceMetricsTest {

  private static final String ORDERS = "/lake/orders";
  private static final String LOST = "/lake/lost";

  private final FakePluginMetrics worker = new FakePluginMetrics();

  private SourceMetrics metrics() {
    SourceTaskContext context =
        (SourceTaskContext)
            Proxy.newProxyInstance(
                SourceTaskContext.class.getClassLoader(),
                new Class<?>[] {SourceTaskContext.class},
                (proxy, method, arguments) -> worker);
    return new SourceMetrics(
        List.of(ORDERS, LOST), MetricTarget.of(context, "orders", 0), new ReadCounts(), () -> 4);
  }

  @Test
  void isUnknownRatherThanZeroBeforeTheFirstPoll() {
    try (SourceMetrics metrics = metrics()) {
      metrics.publish(0);
      for (Metric metric : Metric.of(false)) {
        if (metric.tag() == Metric.Tag.TABLE) {
          assertThat(worker.value(metric, ORDERS)).as(metric.id()).isEqualTo(Double.NaN);
        }
      }
    }
  }

  @Test
  void showsTheLagOfEachTableAndWhichIsMissing() {
    try (SourceMetrics metrics = metrics()) {
      metrics.polled(
          3, Map.of(ORDERS, new Lag(2, 5, 700, 1_500), LOST, Lag.UNKNOWN), Set.of(LOST), 0);
      assertThat(worker.value(Metric.SOURCE_LAG_VERSIONS, ORDERS)).isEqualTo(2.0);
      assertThat(worker.value(Metric.SOURCE_LAG_FILES, ORDERS)).isEqualTo(5.0);
      assertThat(worker.value(Metric.SOURCE_LAG_BYTES, ORDERS)).isEqualTo(700.0);
      assertThat(worker.value(Metric.SOURCE_LAG_SECONDS, ORDERS)).isEqualTo(1.5);
      assertThat(worker.value(Metric.SOURCE_LAG_SECONDS, LOST)).isEqualTo(Double.NaN);
      assertThat(worker.value(Metric.SOURCE_TABLE_MISSING, ORDERS)).isEqualTo(0.0);
      assertThat(worker.value(Metric.SOURCE_TABLE_MISSING, LOST)).isEqualTo(1.0);
      assertThat(worker.value(Metric.SOURCE_RECORDS)).isEqualTo(3.0);
      assertThat(worker.value(Metric.SOURCE_RETRIES)).isEqualTo(4.0);
    }
    assertThat(worker.names()).as("after the task").isEmpty();
  }

  @Test
  void showsEveryMetricOfTheReference() {
    try (SourceMetrics metrics = metrics()) {
      metrics.publish(0);
      assertThat(worker.names())
          .isEqualTo(
              Metric.of(false).stream()
                  .map(Metric::id)
                  .collect(Collectors.toCollection(TreeSet::new)));
    }
  }
}
