package io.tidemark.sink;

import io.tidemark.checkpoint.CheckpointErrors;
import io.tidemark.checkpoint.log.CheckpointLocation;
import io.tidemark.common.ForwardClock;
import io.tidemark.connector.Problem;
import io.tidemark.connector.Validation;
import io.tidemark.sink.config.DeltaSinkConfig;
import io.tidemark.sink.recovery.OwnerErrors;
import io.tidemark.sink.recovery.Ownership;
import io.tidemark.sink.segment.Retries;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NotDirectoryException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;
import org.apache.hadoop.fs.ParentNotDirectoryException;
import org.apache.hadoop.security.AccessControlException;
import org.apache.kafka.common.config.Config;

/**
 * How a connector gets hold of its checkpoint location. The connector's worker reads or creates the
 * query id and claims the location; each task then has to read the same id, or its worker has
 * another directory under that name.
 */
final class LocationClaim {

  /** Eleven seconds in all: Connect waits for a connector that starts, and tasks bear more. */
  private static final int CONNECTOR_FAILURES = 4;

  /** EROFS, ENOTDIR and ENAMETOOLONG, for which Java has no classes. */
  private static final Set<String> FINAL_REASONS =
      Set.of("Read-only file system", "Not a directory", "File name too long");

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
    try {
      CheckpointLocation checkpoint = SinkParts.checkpoint(config);
      return checkpoint.storage().localFile("metadata").isEmpty()
          ? Optional.empty()
          : new LocationClaim(config, checkpoint).ownership.refusal();
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
        .run(
            "read the checkpoint location",
            () -> {
              try {
                String queryId = checkpoint.queryId();
                ownership.claim(ForwardClock.SYSTEM.getAsLong());
                return queryId;
              } catch (IOException e) {
                if (isOutage(e)) {
                  throw e;
                }
                throw CheckpointErrors.unusableLocation(checkpoint.location(), e);
              }
            });
  }

  /** Whether waiting may help; not where the worker may not write, or a file is in the way. */
  static boolean isOutage(IOException e) {
    return !(e instanceof AccessDeniedException
        || e instanceof AccessControlException
        || e instanceof NotDirectoryException
        || e instanceof ParentNotDirectoryException
        || (e instanceof FileSystemException refused
            && refused.getReason() != null
            && FINAL_REASONS.contains(refused.getReason())));
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
