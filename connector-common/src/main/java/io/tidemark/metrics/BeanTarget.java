package io.tidemark.metrics;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.kafka.common.utils.Sanitizer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * JMX under the names that a newer worker would use: an upgrade of the worker changes no dashboard.
 *
 * <pre>
 *   kafka.connect:type=plugins,connector=orders,task=0                    metrics without tag
 *   kafka.connect:type=plugins,connector=orders,task=0,operator=revenue   metrics of an operator
 * </pre>
 */
final class BeanTarget extends MetricTarget {

  private static final Logger LOG = LoggerFactory.getLogger(BeanTarget.class);

  private final String name;
  private final List<ObjectName> registered = new ArrayList<>();

  BeanTarget(String connector, int task) {
    this.name =
        "kafka.connect:type=plugins,connector="
            + Sanitizer.jmxSanitize(connector)
            + ",task="
            + task;
  }

  @Override
  void publish(List<TaskMetrics.Published> metrics) {
    Map<String, Map<String, Supplier<Object>>> beans = new LinkedHashMap<>();
    for (TaskMetrics.Published one : metrics) {
      String tag =
          one.tag().isEmpty()
              ? ""
              : "," + one.metric().tag().key() + "=" + Sanitizer.jmxSanitize(one.tag());
      beans
          .computeIfAbsent(name + tag, absent -> new LinkedHashMap<>())
          .put(one.metric().id(), one.value());
    }
    beans.forEach(this::register);
  }

  private void register(String text, Map<String, Supplier<Object>> values) {
    try {
      ObjectName bean = new ObjectName(text);
      server().registerMBean(new ValuesBean(values), bean);
      registered.add(bean);
    } catch (JMException e) {
      throw new IllegalStateException("cannot register " + text + " in JMX", e);
    }
  }

  @Override
  void close() {
    for (ObjectName bean : registered) {
      try {
        server().unregisterMBean(bean);
      } catch (JMException e) {
        LOG.debug("Cannot remove {} from JMX", bean, e);
      }
    }
    registered.clear();
  }

  private static MBeanServer server() {
    return ManagementFactory.getPlatformMBeanServer();
  }
}
