package io.tidemark.connector;

import java.lang.management.ManagementFactory;
import java.util.Optional;
import javax.management.JMException;
import javax.management.ObjectName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A task's metrics in JMX, as {@code io.tidemark:type=<type>,connector="<name>",task=<number>}. The
 * task also runs without them: failures here are only logged.
 */
public final class TaskBean implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(TaskBean.class);

  private final Optional<ObjectName> name;

  private TaskBean(Optional<ObjectName> name) {
    this.name = name;
  }

  /**
   * Registers metrics, replacing those of an earlier incarnation.
   *
   * @param type such as {@code delta-sink}
   * @param figures an MXBean
   */
  public static TaskBean register(String type, String connector, int task, Object figures) {
    TaskBean bean = new TaskBean(name(type, connector, task));
    bean.close();
    bean.name.ifPresent(
        name -> {
          try {
            ManagementFactory.getPlatformMBeanServer().registerMBean(figures, name);
          } catch (JMException e) {
            LOG.warn("Cannot register the metrics {}", name, e);
          }
        });
    return bean;
  }

  private static Optional<ObjectName> name(String type, String connector, int task) {
    try {
      return Optional.of(
          new ObjectName(
              "io.tidemark:type="
                  + type
                  + ",connector="
                  + ObjectName.quote(connector)
                  + ",task="
                  + task));
    } catch (JMException e) {
      LOG.warn("Cannot name the metrics of {}", connector, e);
      return Optional.empty();
    }
  }

  /** Removes the metrics from JMX. */
  @Override
  public void close() {
    name.ifPresent(
        registered -> {
          try {
            if (ManagementFactory.getPlatformMBeanServer().isRegistered(registered)) {
              ManagementFactory.getPlatformMBeanServer().unregisterMBean(registered);
            }
          } catch (JMException e) {
            LOG.debug("Cannot unregister the metrics {}", registered, e);
          }
        });
  }
}
