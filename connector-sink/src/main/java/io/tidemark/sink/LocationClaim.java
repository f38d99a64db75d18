package io.tidemark.sink;

import io.tidemark.checkpoint.CheckpointErrors;
import io.tidemark.checkpoint.ForwardClock;
import io.tidemark.checkpoint.log.CheckpointLocation;
import io.tidemark.connector.Problem;
import io.tidemark.sink.config.DeltaSinkConfig;
import io.tidemark.sink.recovery.OwnerErrors;
import io.tidemark.sink.recovery.Ownership;
import io.tidemark.sink.segment.Retries;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.apache.hadoop.security.AccessControlException;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigValue;

/**
 * How a connector gets hold of its checkpoint location. The connector's worker reads or creates the
 * query id and claims the location; each task then has to read the same id, or its worker has
 * another directory under that name.
 */
final class LocationClaim {

  /** Eleven seconds in all: Connect waits for a connector that starts, and tasks bear more. */
  private static final int CONNECTOR_FAILURES = 4;

  private final DeltaSinkConfig config;
  private final CheckpointLocation checkpoint;
  private final LongConsumer pause;
  private final Ownership ownership;

  LocationClaim(DeltaSinkConfig config, CheckpointLocation checkpoint) {
    this(config, checkpoint, TaskRuntime::pause);
  }

  /**
   * @param pause waits for that many milliseconds
   */
  LocationClaim(DeltaSinkConfig config, CheckpointLocation checkpoint, LongConsumer pause) {
    this.config = config;
    this.checkpoint = checkpoint;
    this.pause = pause;
    this.ownership = new Ownership(checkpoint, config.connectorName(), config.takenOverFrom());
  }

  /** Adds what the places themselves say against a configuration that is sound otherwise. */
  static Config validate(Map<String, String> props, Config found) {
    if (isSound(found)) {
      try {
        DeltaSinkConfig config = new DeltaSinkConfig(props);
        Places.check(props, config, (key, text) -> complain(found, key, text));
        if (isSound(found)) {
          owner(config)
              .ifPresent(
                  owner -> {
                    String key = DeltaSinkConfig.CHECKPOINT_LOCATION;
                    Problem problem =
                        Problem.invalid(
                            key, config.checkpointLocation(), OwnerErrors.advice(owner));
                    complain(found, key, problem.exception().getMessage());
                  });
        }
      } catch (RuntimeException | IOException e) {
        // A location that cannot be looked at from here; the start says what is wrong with it.
        return found;
      }
    }
    return found;
  }

  private static boolean isSound(Config found) {
    return found.configValues().stream().allMatch(value -> value.errorMessages().isEmpty());
  }

  private static void complain(Config found, String key, String message) {
    for (ConfigValue value : found.configValues()) {
      if (value.name().equals(key)) {
        value.addErrorMessage(message);
      }
    }
  }

  /** Only on local file systems: a remote one that is away would hold up the request. */
  private static Optional<String> owner(DeltaSinkConfig config) throws IOException {
    CheckpointLocation checkpoint = SinkParts.checkpoint(config);
    return checkpoint.storage().localFile("metadata").isEmpty()
        ? Optional.empty()
        : new LocationClaim(config, checkpoint).ownership.refusal();
  }

  /**
   * Claims the location for a connector that starts.
   *
   * @return the query id, for its tasks
   */
  String claim() {
    Places.require(config);
    return new Retries(CONNECTOR_FAILURES, pause)
        .run(
            "read the checkpoint location",
            () -> {
              try {
                String queryId = checkpoint.queryId();
                ownership.claim(ForwardClock.SYSTEM.getAsLong());
                return queryId;
              } catch (AccessDeniedException | AccessControlException e) {
                // At a start that is no outage.
                throw CheckpointErrors.unusableLocation(checkpoint.location(), e);
              }
            });
  }

  /**
   * Makes sure that a task has its connector's location before it. A task without a connector, as
   * of tests and tools, claims it itself.
   */
  void join() {
    Retries retries = new Retries(config.taskMaxFailures(), pause);
    Optional<String> wanted = config.queryId();
    if (wanted.isEmpty()) {
      claim();
      return;
    }
    Places.require(config);
    ownership.join(wanted.get(), retries, pause);
  }

  /** Fails when another connector has taken the location over. */
  void require(Retries retries) {
    ownership.require(retries);
  }

  /** The same for a driver, which bears failures itself. */
  void require() throws IOException {
    ownership.require();
  }
}
