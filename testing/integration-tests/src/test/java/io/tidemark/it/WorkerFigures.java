package io.tidemark.it;

import java.io.IOException;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** The figures of a worker's tasks under JMX. */
@SuppressWarnings("BanJNDI") // the worker is a process of the test
final class WorkerFigures implements AutoCloseable {

  private final JMXConnector connector;
  private final MBeanServerConnection server;

  WorkerFigures(int port) throws IOException {
    connector =
        JMXConnectorFactory.connect(
            new JMXServiceURL("service:jmx:rmi:///jndi/rmi://127.0.0.1:" + port + "/jmxrmi"));
    server = connector.getMBeanServerConnection();
  }

  /** What a worker is to be launched with. */
  static String[] options(int port) {
    return new String[] {
      "-Dcom.sun.management.jmxremote.host=127.0.0.1",
      "-Dcom.sun.management.jmxremote.port=" + port,
      "-Dcom.sun.management.jmxremote.rmi.port=" + port,
      "-Dcom.sun.management.jmxremote.authenticate=false",
      "-Dcom.sun.management.jmxremote.ssl=false",
      "-Djava.rmi.server.hostname=127.0.0.1"
    };
  }

  /** A metric of the first task of a connector, whose name JMX need not quote. */
  Object of(String connector, String metric) throws JMException, IOException {
    return server.getAttribute(task(connector, ""), metric);
  }

  /**
   * A metric of the first task of a connector.
   *
   * @param tag of the metric, such as {@code operator=minutes}
   */
  double of(String connector, String metric, String tag) throws JMException, IOException {
    return (Double) server.getAttribute(task(connector, "," + tag), metric);
  }

  /** A metric that Connect itself has of a connector. */
  double ofConnect(String type, String connector, String metric) throws JMException, IOException {
    ObjectName name = new ObjectName("kafka.connect:type=" + type + ",connector=" + connector);
    return ((Number) server.getAttribute(name, metric)).doubleValue();
  }

  /** Whether the worker's reporter shows the metrics of a task, and not the task itself. */
  boolean isReported(String connector) throws JMException, IOException {
    return server
        .getMBeanInfo(task(connector, ""))
        .getClassName()
        .startsWith("org.apache.kafka.common.metrics.JmxReporter");
  }

  private static ObjectName task(String connector, String tags) throws JMException {
    return new ObjectName("kafka.connect:type=plugins,connector=" + connector + ",task=0" + tags);
  }

  /** Bytes of the worker's heap that are in use when its garbage is collected. */
  long heapInUse() throws JMException, IOException {
    ObjectName memory = new ObjectName("java.lang:type=Memory");
    server.invoke(memory, "gc", new Object[0], new String[0]);
    CompositeData usage = (CompositeData) server.getAttribute(memory, "HeapMemoryUsage");
    return (Long) usage.get("used");
  }

  @Override
  public void close() throws IOException {
    connector.close();
  }
}
