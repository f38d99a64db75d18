package io.tidemark.converters;

import java.util.HashMap;
import java.util.Map;

/** Connect's converter and ours, with the same configuration. */
final class Pair {

  final org.apache.kafka.connect.json.JsonConverter connects =
      new org.apache.kafka.connect.json.JsonConverter(false);
  final JsonConverter ours = new JsonConverter();

  Pair(Map<String, ?> configs) {
    connects.configure(new HashMap<>(configs), false);
    ours.configure(configs, false);
  }

  static Pair withoutSchemas() {
    return new Pair(Map.of("schemas.enable", "false"));
  }

  static Pair withSchemas() {
    return new Pair(Map.of());
  }
}
