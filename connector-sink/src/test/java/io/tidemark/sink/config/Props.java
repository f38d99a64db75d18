package io.tidemark.sink.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigValue;

/** Connector properties of tests, and what validation says about them. */
final class Props {

  private Props() {}

  /** A valid configuration of one table, with some keys changed; a null takes a key away. */
  static Map<String, String> oneTable(String... changes) {
    Map<String, String> props = new LinkedHashMap<>();
    props.put("name", "orders-to-delta");
    props.put("connector.class", "io.tidemark.sink.DeltaSinkConnector");
    props.put("topics", "orders");
    props.put("table.path", "/lake/orders");
    return change(props, changes);
  }

  /** A valid configuration of a table per topic, with some keys changed. */
  static Map<String, String> tablePerTopic(String... changes) {
    Map<String, String> props = oneTable("table.path", null);
    props.put("table.base.path", "/lake");
    props.put("checkpoint.location", "/checkpoints/orders");
    return change(props, changes);
  }

  /** Every key with errors, to its errors joined by lines. */
  static Map<String, String> errors(Map<String, String> props) {
    return new TreeMap<>(
        DeltaSinkConfig.validate(props).configValues().stream()
            .filter(value -> !value.errorMessages().isEmpty())
            .collect(
                Collectors.toMap(
                    ConfigValue::name, value -> String.join("\n", value.errorMessages()))));
  }

  static Map<String, ConfigValue> values(Map<String, String> props) {
    return DeltaSinkConfig.validate(props).configValues().stream()
        .collect(Collectors.toMap(ConfigValue::name, Function.identity()));
  }

  private static Map<String, String> change(Map<String, String> props, String... changes) {
    for (int i = 0; i < changes.length; i += 2) {
      if (changes[i + 1] == null) {
        props.remove(changes[i]);
      } else {
        props.put(changes[i], changes[i + 1]);
      }
    }
    return props;
  }
}
