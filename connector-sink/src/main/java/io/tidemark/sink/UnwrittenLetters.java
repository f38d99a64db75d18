package io.tidemark.sink;

import java.lang.management.ManagementFactory;
import java.util.function.LongSupplier;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.ObjectName;
import org.apache.kafka.common.utils.Sanitizer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many dead letters of a task Connect could not write, by Connect's own figures: where it tells
 * of those whose future it does not hand out. 0 in a worker that does not show them.
 */
final class UnwrittenLetters implements LongSupplier {

  private static final Logger LOG = LoggerFactory.getLogger(UnwrittenLetters.class);

  private final ObjectName name;
  private long last = -1;

  UnwrittenLetters(String connector, int task) {
    try {
      this.name =
          new ObjectName(
              "kafka.connect:type=task-error-metrics,connector="
                  + Sanitizer.jmxSanitize(connector)
                  + ",task="
                  + task);
    } catch (JMException e) {
      throw new IllegalStateException("cannot name the metrics of " + connector, e);
    }
  }

  @Override
  public long getAsLong() {
    try {
      Object value =
          ManagementFactory.getPlatformMBeanServer()
              .getAttribute(name, "deadletterqueue-produce-failures");
      last = ((Number) value).longValue();
    } catch (InstanceNotFoundException e) {
      // Later it means no more than that a former incarnation of the task has ended.
      if (last < 0) {
        LOG.warn(
            "This worker does not show {}: dead letters that Connect cannot write may go unnoticed."
                + " Do not leave JmxReporter out of its metric.reporters",
            name);
      }
    } catch (JMException | ClassCastException e) {
      LOG.warn("Cannot read the metrics {}", name, e);
    }
    last = Math.max(last, 0);
    return last;
  }
}
