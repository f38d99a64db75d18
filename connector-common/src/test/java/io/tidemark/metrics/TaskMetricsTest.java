package io.tidemark.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import javax.management.InstanceNotFoundException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

/** Both ways of metrics: through the worker, and through JMX on older workers. */
class TaskMetricsTest {

  private static final MBeanServer JMX = ManagementFactory.getPlatformMBeanServer();

  private final LongAdder records = new LongAdder();

  private TaskMetrics metrics(MetricTarget target) {
    return new TaskMetrics(target)
        .add(Metric.SINK_RECORDS, records)
        .add(Metric.SINK_LAG_RECORDS, () -> TaskMetrics.UNKNOWN)
        .add(Metric.SINK_STATE_BYTES, "per minute", () -> 7)
        .text(Metric.SINK_LAST_PROGRESS, () -> "{}");
  }

  @Test
  void goToTheWorkerWhereItTakesThem() {
    FakePluginMetrics worker = new FakePluginMetrics();
    try (TaskMetrics metrics = metrics(MetricTarget.of(FakeContexts.sink(worker), "orders", 0))) {
      metrics.publish(0);
      records.add(3);
      assertThat(worker.value(Metric.SINK_RECORDS)).isEqualTo(3.0);
      assertThat(worker.value(Metric.SINK_LAG_RECORDS)).isEqualTo(Double.NaN);
      assertThat(worker.value(Metric.SINK_STATE_BYTES, "per minute")).isEqualTo(7.0);
      assertThat(worker.value(Metric.SINK_LAST_PROGRESS)).isEqualTo("{}");
    }
    assertThat(worker.names()).as("after the task has ended").isEmpty();
    assertThat(MetricTarget.of(FakeContexts.source(worker), "orders", 0))
        .isInstanceOf(PluginTarget.class);
  }

  /** A zombie of the task keeps the names, and the task must run meanwhile. */
  @Test
  void areTriedAgainWhileAZombieHasTheNames() {
    FakePluginMetrics worker = new FakePluginMetrics();
    TaskMetrics zombie = metrics(MetricTarget.of(FakeContexts.sink(worker), "orders", 0));
    zombie.publish(0);
    LongAdder own = new LongAdder();
    own.add(5);
    TaskMetrics metrics =
        new TaskMetrics(MetricTarget.of(FakeContexts.sink(worker.again()), "orders", 0))
            .add(Metric.SINK_ROWS, () -> 1)
            .add(Metric.SINK_RECORDS, own);
    metrics.publish(0);
    assertThat(worker.value(Metric.SINK_RECORDS)).as("the zombie's").isEqualTo(0.0);
    assertThat(worker.names()).as("nothing of a half").doesNotContain("tidemark-sink-rows-total");
    zombie.close();
    metrics.publish(1);
    assertThat(worker.names()).as("too early").isEmpty();
    metrics.publish(5_000);
    assertThat(worker.value(Metric.SINK_RECORDS)).isEqualTo(5.0);
    zombie.close();
    assertThat(worker.value(Metric.SINK_RECORDS)).as("after the zombie").isEqualTo(5.0);
    metrics.close();
    metrics.publish(50_000);
    assertThat(worker.names()).as("closed for good").isEmpty();
  }

  @Test
  void areBeansOfTheSameNamesOnOlderWorkers() throws Exception {
    ObjectName task = new ObjectName("kafka.connect:type=plugins,connector=orders-1,task=2");
    ObjectName operator =
        new ObjectName(task.getCanonicalName() + ",operator=" + ObjectName.quote("a:b"));
    try (TaskMetrics metrics =
        metrics(MetricTarget.of(FakeContexts.sink(null), "orders-1", 2))
            .add(Metric.SINK_STATE_ROWS, "a:b", () -> 9)) {
      metrics.publish(0);
      records.add(3);
      assertThat(JMX.getAttribute(task, "tidemark-sink-records-total")).isEqualTo(3.0);
      assertThat(JMX.getAttribute(task, "tidemark-sink-lag-records")).isEqualTo(Double.NaN);
      assertThat(JMX.getAttribute(task, "tidemark-sink-last-progress")).isEqualTo("{}");
      assertThat(JMX.getAttribute(operator, "tidemark-sink-state-rows")).isEqualTo(9.0);
      assertThat(JMX.getMBeanInfo(task).getAttributes()).hasSize(3);
      TaskMetrics successor = metrics(MetricTarget.of(FakeContexts.source(null), "orders-1", 2));
      successor.publish(0);
      successor.close();
      assertThat(JMX.isRegistered(task)).as("after another that could not register").isTrue();
    }
    assertThatThrownBy(() -> JMX.getMBeanInfo(task)).isInstanceOf(InstanceNotFoundException.class);
    assertThat(JMX.isRegistered(operator)).isFalse();
  }

  /** Kafka's libraries before 4.1 do not have the class at all. */
  @Test
  void needNoClassThatOlderWorkersLack() throws Exception {
    ClassLoader older = new OlderWorker(Set.of("org.apache.kafka.common.metrics.PluginMetrics"));
    Class<?> publisher = older.loadClass(OlderTask.class.getName());
    assertThat(publisher.getClassLoader()).isSameAs(older);
    Object task = publisher.getConstructor().newInstance();
    ObjectName bean = new ObjectName("kafka.connect:type=plugins,connector=older,task=0");
    assertThat(JMX.getAttribute(bean, "tidemark-sink-rows-total")).isEqualTo(11.0);
    ((AutoCloseable) task).close();
    assertThat(JMX.isRegistered(bean)).isFalse();
  }

  @Test
  void aTagIsGivenWhereTheMetricHasOne() {
    TaskMetrics metrics = new TaskMetrics(MetricTarget.of(FakeContexts.sink(null), "orders", 0));
    assertThatThrownBy(() -> metrics.add(Metric.SINK_STATE_BYTES, () -> 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> metrics.add(Metric.SINK_ROWS, "orders", () -> 0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
