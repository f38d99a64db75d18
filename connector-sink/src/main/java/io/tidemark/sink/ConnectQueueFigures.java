package io.tidemark.sink;

import io.tidemark.sink.record.QueueFigures;
import java.lang.management.ManagementFactory;
import java.util.OptionalDouble;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.ObjectName;
import org.apache.kafka.common.utils.Sanitizer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The figures that Connect and its producer for the queue show under JMX, if the worker has it. */
final class ConnectQueueFigures implements QueueFigures {

  private static final Logger LOG = LoggerFactory.getLogger(ConnectQueueFigures.class);

  private final ObjectName errors;
  private final ObjectName producer;
  private long last = -1;

  ConnectQueueFigures(String connector, int task) {
    String client = "connector-dlq-producer-" + connector + "-" + task;
    try {
      this.errors =
          new ObjectName(
              "kafka.connect:type=task-error-metrics,connector="
                  + Sanitizer.jmxSanitize(connector)
                  + ",task="
                  + task);
      this.producer =
          new ObjectName(
              "kafka.producer:type=producer-metrics,client-id=" + Sanitizer.jmxSanitize(client));
    } catch (JMException e) {
      throw new IllegalStateException("cannot name the metrics of " + connector, e);
    }
  }

  @Override
  public long unwritten() {
    OptionalDouble failures = read(errors, "deadletterqueue-produce-failures");
    if (failures.isPresent()) {
      last = (long) failures.getAsDouble();
    } else if (last < 0) {
      // Later it means no more than that a former incarnation of the task has ended.
      LOG.warn(
          "This worker does not show the metric {}: the connector cannot see whether Connect fails"
              + " to write a dead letter. Add JmxReporter to metric.reporters of the worker",
          errors);
      last = 0;
    }
    return last;
  }

  /** Letters hold memory of the producer until it is known whether they are written. */
  @Override
  public boolean isWriting() {
    OptionalDouble total = read(producer, "buffer-total-bytes");
    OptionalDouble free = read(producer, "buffer-available-bytes");
    return total.isPresent() && free.isPresent() && free.getAsDouble() < total.getAsDouble();
  }

  private static OptionalDouble read(ObjectName name, String attribute) {
    try {
      Object value = ManagementFactory.getPlatformMBeanServer().getAttribute(name, attribute);
      return value instanceof Number number
          ? OptionalDouble.of(number.doubleValue())
          : OptionalDouble.empty();
    } catch (InstanceNotFoundException e) {
      return OptionalDouble.empty();
    } catch (JMException e) {
      LOG.debug("Cannot read {} of {}", attribute, name, e);
      return OptionalDouble.empty();
    }
  }
}
