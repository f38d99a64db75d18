package io.tidemark.metrics;

import java.lang.reflect.Proxy;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.sink.SinkTaskContext;
import org.apache.kafka.connect.source.SourceTaskContext;

/** Contexts of tasks that offer their metrics, and nothing else. */
final class FakeContexts {

  private FakeContexts() {}

  static SinkTaskContext sink(PluginMetrics metrics) {
    return (SinkTaskContext) of(SinkTaskContext.class, metrics);
  }

  static SourceTaskContext source(PluginMetrics metrics) {
    return (SourceTaskContext) of(SourceTaskContext.class, metrics);
  }

  private static Object of(Class<?> type, PluginMetrics metrics) {
    return Proxy.newProxyInstance(
        type.getClassLoader(),
        new Class<?>[] {type},
        (proxy, method, arguments) -> {
          if (method.getName().equals("pluginMetrics")) {
            return metrics;
          }
          throw new UnsupportedOperationException(method.getName());
        });
  }
}
