package io.tidemark.connector;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigValue;

/** The problems that a connector's {@code validate} finds, each at its key. */
public final class Validation {

  private static final String NAME = "name";

  private Validation() {}

  /** Whether nothing was found, so that the configuration can be read. */
  public static boolean isSound(Config found) {
    return found.configValues().stream().allMatch(value -> value.errorMessages().isEmpty());
  }

  /** Adds problems that depend on the worker's environment. */
  public static void add(Config found, Problem problem) {
    for (ConfigValue value : found.configValues()) {
      if (value.name().equals(problem.key())) {
        value.addErrorMessage(problem.exception().getMessage());
      }
    }
  }

  /**
   * The same properties with a name: Connect also validates connectors that do not have one yet.
   */
  public static Map<String, String> named(Map<String, String> props) {
    Map<String, String> named = new HashMap<>(props);
    named.putIfAbsent(NAME, "unnamed");
    return named;
  }
}
