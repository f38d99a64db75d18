package io.tidemark.sink.recovery;

import io.tidemark.checkpoint.log.CheckpointLocation;
import io.tidemark.checkpoint.log.OwnerLog;
import io.tidemark.sink.segment.Retries;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ownership of a checkpoint location by one connector. Two connectors on one location would fence
 * each other and divide the records between them at random; each record would still be written
 * exactly once, but to the table of the connector that read it. The connector claims the location
 * when it starts, and its tasks check that it still owns the location before they seal and plan.
 */
public final class Ownership {

  private static final Logger LOG = LoggerFactory.getLogger(Ownership.class);

  /** Reads of the owner before it counts: a mount may return old entries for seconds. */
  private static final int LOOKS = 10;

  private static final long LOOK_PAUSE_MS = 1_000;

  private final CheckpointLocation checkpoint;
  private final String connector;
  private final Optional<String> takenOverFrom;

  /** Number of the entry that makes this connector the owner; -1 before it is known. */
  private volatile long number = -1;

  /**
   * @param connector its name
   * @param takenOverFrom name of the connector that it may take the location over from
   */
  public Ownership(
      CheckpointLocation checkpoint, String connector, Optional<String> takenOverFrom) {
    this.checkpoint = checkpoint;
    this.connector = connector;
    this.takenOverFrom = takenOverFrom;
  }

  /**
   * Makes the connector the owner, if there is no owner or it is the one to take over from.
   *
   * @throws io.tidemark.common.TidemarkException when it is another's (TM-168)
   * @throws IOException when it may be tried again
   */
  public void claim(long nowMs) throws IOException {
    while (true) {
      OptionalLong newest = checkpoint.owners().latest();
      Optional<OwnerLog.Owner> owner = owner(newest);
      if (owner.isPresent() && owner.get().connector().equals(connector)) {
        number = newest.getAsLong();
        return;
      }
      if (owner.isPresent() && !takenOverFrom.equals(Optional.of(owner.get().connector()))) {
        throw OwnerErrors.another(
            checkpoint.location(),
            connector,
            owner.get(),
            checkpoint.owners().file(newest.getAsLong()));
      }
      long next = newest.orElse(-1) + 1;
      if (checkpoint.owners().create(next, new OwnerLog.Owner(connector, nowMs))) {
        owner.ifPresent(
            before ->
                LOG.info(
                    "Connector {} takes over checkpoint location {} from connector {}",
                    connector,
                    checkpoint.location(),
                    before.connector()));
      }
    }
  }

  /**
   * Makes sure that a task sees its connector's location.
   *
   * @param queryId the query id that the connector has read there
   * @param pause waits for that many milliseconds
   * @throws io.tidemark.common.TidemarkException when the task reads something else (TM-169), or
   *     the location is another connector's (TM-168)
   */
  public void join(String queryId, Retries retries, LongConsumer pause) {
    Optional<String> wanted = Optional.of(queryId);
    for (int look = 1; !read(retries).equals(wanted); look++) {
      if (look == LOOKS) {
        throw OwnerErrors.notShared(checkpoint.location(), queryId, read(retries));
      }
      pause.accept(LOOK_PAUSE_MS);
    }
    require(retries);
  }

  private Optional<String> read(Retries retries) {
    return retries.run("read the checkpoint location", checkpoint::knownQueryId);
  }

  /**
   * Like {@link #require()}, but tolerates failures.
   *
   * @throws io.tidemark.common.TidemarkException when it is another's (TM-168)
   */
  public void require(Retries retries) {
    retries.run(
        "read the owner of the checkpoint location",
        () -> {
          require();
          return this;
        });
  }

  /**
   * Fails when another connector has taken the location over. Costs one read.
   *
   * @throws io.tidemark.common.TidemarkException when it is another's (TM-168)
   */
  public void require() throws IOException {
    if (number >= 0 && !checkpoint.owners().exists(number + 1)) {
      return;
    }
    OptionalLong newest = checkpoint.owners().latest();
    Optional<OwnerLog.Owner> owner = owner(newest);
    if (owner.isPresent() && !owner.get().connector().equals(connector)) {
      throw OwnerErrors.another(
          checkpoint.location(),
          connector,
          owner.get(),
          checkpoint.owners().file(newest.getAsLong()));
    }
    newest.ifPresent(found -> number = found);
  }

  /**
   * The owner, unless the connector may claim the location; for validation, which changes nothing.
   */
  public Optional<String> refusal() throws IOException {
    OptionalLong newest = checkpoint.owners().latest();
    return owner(newest)
        .map(OwnerLog.Owner::connector)
        .filter(name -> !name.equals(connector) && !takenOverFrom.equals(Optional.of(name)));
  }

  private Optional<OwnerLog.Owner> owner(OptionalLong number) throws IOException {
    return number.isEmpty() ? Optional.empty() : checkpoint.owners().read(number.getAsLong());
  }
}
