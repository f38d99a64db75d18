package io.tidemark.source;

import io.tidemark.connector.LocalPlace;
import io.tidemark.connector.Validation;
import io.tidemark.source.config.DeltaSourceConfig;
import java.util.Map;
import org.apache.kafka.common.config.Config;

/**
 * Checks whether this worker can use the locations of tables; a table may be missing. Only local
 * file systems are checked: a remote one that does not answer would delay the request.
 */
final class Places {

  private Places() {}

  /** Adds problems to a configuration that has no others. */
  static Config validate(Map<String, String> props, Config found) {
    if (Validation.isSound(found)) {
      DeltaSourceConfig config = new DeltaSourceConfig(Validation.named(props));
      for (String table : config.tables()) {
        LocalPlace.problem(config.tablesKey(), table, config.hadoopProperties(), false)
            .ifPresent(problem -> Validation.add(found, problem));
      }
    }
    return found;
  }
}
