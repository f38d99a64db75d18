package io.tidemark.sink;

import io.tidemark.checkpoint.log.CheckpointLocation;
import io.tidemark.common.ForwardClock;
import io.tidemark.connector.LocalPlace;
import io.tidemark.connector.Problem;
import io.tidemark.connector.Validation;
import io.tidemark.sink.config.DeltaSinkConfig;
import io.tidemark.sink.recovery.OwnerErrors;
import io.tidemark.sink.recovery.Ownership;
import io.tidemark.sink.segment.Retries;
import io.tidemark.storage.HadoopFileSystems;
import io.tidemark.storage.Probe;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.LongConsumer;
import org.apache.kafka.common.config.Config;

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
    this(config, checkpoint, Environment::pause);
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
    if (Validation.isSound(found)) {
      Map<String, String> named = Validation.named(props);
      DeltaSinkConfig config = new DeltaSinkConfig(named);
      Places.check(named, config, found);
      if (Validation.isSound(found) && named.equals(props)) {
        owner(config)
            .ifPresent(
                owner ->
                    Validation.add(
                        found,
                        Problem.invalid(
                            DeltaSinkConfig.CHECKPOINT_LOCATION,
                            config.checkpointLocation(),
                            OwnerErrors.advice(owner))));
      }
    }
    return found;
  }

  /** Only on local file systems: a remote one that is away would hold up the request. */
  private static Optional<String> owner(DeltaSinkConfig config) {
    if (LocalPlace.of(config.checkpointLocation(), config.hadoopProperties()).isEmpty()) {
      return Optional.empty();
    }
    try (HadoopFileSystems fileSystems = SinkParts.fileSystems(config)) {
      return new LocationClaim(config, SinkParts.checkpoint(config, fileSystems))
          .ownership.refusal();
    } catch (RuntimeException | IOException e) {
      // A location that cannot be looked at from here; the start says what is wrong with it.
      return Optional.empty();
    }
  }

  /**
   * Claims the location for a connector that starts.
   *
   * @return the query id, for its tasks
   */
  String claim() {
    Places.require(config);
    return new Retries(CONNECTOR_FAILURES, pause)
        .start(
            "read the checkpoint location",
            checkpoint.location(),
            () -> {
              String queryId = checkpoint.queryId();
              ownership.claim(ForwardClock.SYSTEM.getAsLong());
              return queryId;
            });
  }

  /** Tries out every place that the connector writes to, unless it is local. */
  void prove(HadoopFileSystems fileSystems) {
    Places.require(config);
    for (String location : new TreeSet<>(config.locations().values())) {
      new Retries(CONNECTOR_FAILURES, pause)
          .start(
              "try out " + location,
              location,
              () -> {
                Probe.require(location, fileSystems);
                return location;
              });
    }
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
