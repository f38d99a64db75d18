package io.tidemark.source;

import io.tidemark.connector.LocalPlace;
import io.tidemark.connector.Problem;
import io.tidemark.source.config.DeltaSourceConfig;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigValue;

/**
 * What this worker has against the locations of tables; a table may be missing. Only local file
 * systems are looked at: a remote one that is away would hold up the request.
 */
final class Places {

  private Places() {}

  /** Adds to what was found in a configuration that is sound otherwise. */
  static Config validate(Map<String, String> props, Config found) {
    if (found.configValues().stream().anyMatch(value -> !value.errorMessages().isEmpty())) {
      return found;
    }
    // Validation is also asked about a connector that has no name yet.
    DeltaSourceConfig config =
        new DeltaSourceConfig(props.containsKey("name") ? props : named(props));
    for (String table : config.tables()) {
      LocalPlace.of(table, config.hadoopProperties())
          .flatMap(place -> place.complaint(false))
          .ifPresent(complaint -> complain(found, table, complaint));
    }
    return found;
  }

  private static Map<String, String> named(Map<String, String> props) {
    Map<String, String> named = new HashMap<>(props);
    named.put("name", "unnamed");
    return named;
  }

  private static void complain(Config found, String table, String complaint) {
    for (ConfigValue value : found.configValues()) {
      if (value.name().startsWith("table.path") && holds(value.value(), table)) {
        value.addErrorMessage(
            Problem.invalid(value.name(), table, complaint).exception().getMessage());
      }
    }
  }

  private static boolean holds(Object value, String table) {
    return value != null && value.toString().contains(table);
  }
}
