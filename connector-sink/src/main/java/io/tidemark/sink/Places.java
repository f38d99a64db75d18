package io.tidemark.sink;

import io.tidemark.connector.LocalPlace;
import io.tidemark.connector.Problem;
import io.tidemark.connector.Validation;
import io.tidemark.sink.config.DeltaSinkConfig;
import io.tidemark.sink.file.PlaceErrors;
import io.tidemark.storage.StorageErrors;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigValue;

/**
 * What this worker has against the places that a configuration names. Only local file systems are
 * looked at: a remote one that is away would hold up the request. Nothing is changed.
 */
final class Places {

  private Places() {}

  /** Adds to what was found in a configuration that is sound otherwise. */
  static void check(Map<String, String> props, DeltaSinkConfig config, Config found) {
    Map<String, String> real = new HashMap<>(props);
    config
        .locations()
        .forEach(
            (key, location) -> {
              LocalPlace.problem(key, location, config.hadoopProperties(), true)
                  .ifPresent(problem -> Validation.add(found, problem));
              LocalPlace.of(location, config.hadoopProperties())
                  .ifPresent(place -> real.put(key, place.real(location)));
            });
    if (Validation.isSound(found)) {
      // Where one lies in another is a matter of places, not of names.
      for (ConfigValue value : DeltaSinkConfig.validate(real).configValues()) {
        if (value.name().equals(DeltaSinkConfig.CHECKPOINT_LOCATION)) {
          value
              .errorMessages()
              .forEach(
                  text ->
                      Validation.add(found, new Problem(value.name(), new ConfigException(text))));
        }
      }
    }
  }

  /**
   * Fails at once where waiting would not help.
   *
   * @throws io.tidemark.common.TidemarkException TM-701 or TM-245
   */
  static void require(DeltaSinkConfig config) {
    new TreeMap<>(config.locations())
        .forEach(
            (key, location) ->
                LocalPlace.of(location, config.hadoopProperties())
                    .flatMap(place -> place.complaint(true))
                    .ifPresent(
                        complaint -> {
                          throw key.equals(DeltaSinkConfig.CHECKPOINT_LOCATION)
                              ? StorageErrors.unusableLocation(location, complaint)
                              : PlaceErrors.unusable(key, location, complaint);
                        }));
  }
}
