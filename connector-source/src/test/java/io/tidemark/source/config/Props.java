package io.tidemark.source.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigValue;

/** Connector properties of tests, and what validation says about them. */
final class Props {

  private Props() {}

  /** A valid configuration of one table, with some keys changed; a null takes a key away. */
  static Map<String, String> oneTable(String... changes) {
    Map<String, String> props = new LinkedHashMap<>();
    props.put("name", "orders-from-delta");
    props.put("connector.class", "io.tidemark.source.DeltaSourceConnector");
    props.put("table.path", "/lake/orders");
    for (int i = 0; i < changes.length; i += 2) {
      if (changes[i + 1] == null) {
        props.remove(changes[i]);
      } else {
        props.put(changes[i], changes[i + 1]);
      }
    }
    return props;
  }

  /** Every key with errors, to its errors joined by lines. */
  static Map<String, String> errors(Map<String, String> props) {
    return new TreeMap<>(
        DeltaSourceConfig.validate(props).configValues().stream()
            .filter(value -> !value.errorMessages().isEmpty())
            .collect(
                Collectors.toMap(
                    ConfigValue::name, value -> String.join("\n", value.errorMessages()))));
  }
}
