package io.tidemark.sink;

import io.tidemark.checkpoint.CheckpointErrors;
import io.tidemark.connector.LocalPlace;
import io.tidemark.connector.Problem;
import io.tidemark.sink.config.DeltaSinkConfig;
import io.tidemark.sink.file.PlaceErrors;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.apache.kafka.common.config.ConfigValue;

/**
 * What this worker has against the places that a configuration names. Only local file systems are
 * looked at: a remote one that is away would hold up the request. Nothing is changed.
 */
final class Places {

  private Places() {}

  /**
   * Complains for validation.
   *
   * @param complaints takes a key and a whole message
   */
  static void check(
      Map<String, String> props, DeltaSinkConfig config, BiConsumer<String, String> complaints) {
    Map<String, String> real = new HashMap<>(props);
    boolean usable = true;
    for (Map.Entry<String, String> location : config.locations().entrySet()) {
      Optional<LocalPlace> place = place(location.getValue(), config);
      Optional<String> complaint = place.flatMap(known -> known.complaint(true));
      complaint.ifPresent(
          text ->
              complaints.accept(
                  location.getKey(),
                  message(Problem.invalid(location.getKey(), location.getValue(), text))));
      usable &= complaint.isEmpty();
      place.ifPresent(known -> real.put(location.getKey(), known.real(location.getValue())));
    }
    if (usable) {
      // Where one lies in another is a matter of places, not of names.
      for (ConfigValue value : DeltaSinkConfig.validate(real).configValues()) {
        if (value.name().equals(DeltaSinkConfig.CHECKPOINT_LOCATION)) {
          value.errorMessages().forEach(text -> complaints.accept(value.name(), text));
        }
      }
    }
  }

  /**
   * Fails at once where waiting would not help.
   *
   * @throws io.tidemark.checkpoint.TidemarkException TM-307 or TM-245
   */
  static void require(DeltaSinkConfig config) {
    new TreeMap<>(config.locations())
        .forEach(
            (key, location) ->
                place(location, config)
                    .flatMap(place -> place.complaint(true))
                    .ifPresent(
                        complaint -> {
                          throw key.equals(DeltaSinkConfig.CHECKPOINT_LOCATION)
                              ? CheckpointErrors.unusableLocation(location, complaint)
                              : PlaceErrors.unusable(key, location, complaint);
                        }));
  }

  private static Optional<LocalPlace> place(String location, DeltaSinkConfig config) {
    return LocalPlace.of(location, config.hadoopProperties());
  }

  private static String message(Problem problem) {
    return problem.exception().getMessage();
  }
}
