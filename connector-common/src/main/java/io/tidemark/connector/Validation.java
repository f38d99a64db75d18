package io.tidemark.connector;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigValue;

/** What a connector's {@code validate} finds, each at its key. */
public final class Validation {

  private static final String NAME = "name";

  private Validation() {}

  /**
   * Finds everything that the configuration itself shows. Unknown keys, pass-through keys and
   * aliases appear only when something is wrong with them.
   *
   * @param given under our own spelling of the keys
   * @param crossChecks beside those of single values
   */
  public static Config of(
      ConfigDef definition,
      Map<String, String> given,
      Function<Settings, List<Problem>> crossChecks) {
    Map<String, ConfigValue> found = definition.validateAll(given);
    Map<String, ConfigValue> values = new LinkedHashMap<>();
    Map<String, Object> sound = new LinkedHashMap<>();
    for (String key : definition.configKeys().keySet()) {
      ConfigValue value = found.get(key);
      values.put(key, value);
      if (value.errorMessages().isEmpty()) {
        sound.put(key, value.value());
      }
    }
    for (Problem problem : crossChecks.apply(new Settings(given, sound))) {
      values
          .computeIfAbsent(problem.key(), ConfigValue::new)
          .addErrorMessage(problem.exception().getMessage());
    }
    return new Config(new ArrayList<>(values.values()));
  }

  /** Whether nothing was found, so that the configuration can be read. */
  public static boolean isSound(Config found) {
    return found.configValues().stream().allMatch(value -> value.errorMessages().isEmpty());
  }

  /** Adds what the world has against a configuration. */
  public static void add(Config found, Problem problem) {
    for (ConfigValue value : found.configValues()) {
      if (value.name().equals(problem.key())) {
        value.addErrorMessage(problem.exception().getMessage());
      }
    }
  }

  /** The same properties with some name: Connect also validates connectors that have none yet. */
  public static Map<String, String> named(Map<String, String> props) {
    Map<String, String> named = new HashMap<>(props);
    named.putIfAbsent(NAME, "unnamed");
    return named;
  }
}
