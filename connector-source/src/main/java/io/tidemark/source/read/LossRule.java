package io.tidemark.source.read;

import io.tidemark.common.TidemarkException;
import io.tidemark.delta.read.MissingFileException;
import io.tidemark.delta.read.MissingVersionException;
import io.tidemark.source.error.SourceErrors;
import io.tidemark.source.offset.Position;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides whether a shard fails or continues when its table has lost data that was to be read. */
final class LossRule {

  private static final Logger LOG = LoggerFactory.getLogger(LossRule.class);

  private final String location;
  private final boolean fail;
  private final ReadCounts counts;
  private boolean reported;

  LossRule(String location, boolean fail, ReadCounts counts) {
    this.location = location;
    this.fail = fail;
    this.counts = counts;
  }

  /** Starts a new loss: the next loss is reported and counted once for all shards. */
  void newLoss() {
    reported = false;
  }

  /** Whether to continue. */
  boolean continues() {
    return !fail;
  }

  void dropped(long version, Throwable cause) {
    lost(() -> SourceErrors.tableDropped(location, version, cause));
  }

  /**
   * The table was created again: reads the new one from its start.
   *
   * @param generation a new one
   */
  Position recreated(Position at, String id, long newest, long generation) {
    lost(() -> SourceErrors.tableRecreated(location, at.version(), at.tableId(), id));
    return Position.snapshot(generation, id, newest);
  }

  /** The newest versions are gone. */
  void vanished(Position at, long newest) {
    lost(() -> SourceErrors.versionsVanished(location, at.version(), newest));
  }

  /** A version that was read has been replaced. */
  void replaced(Position at, long version) {
    lost(() -> SourceErrors.versionsReplaced(location, at.version(), version));
  }

  /** It cannot be proved that a version that was read is still the same. */
  void unproven(Position at, long version) {
    lost(() -> SourceErrors.historyUnproven(location, at.version(), version));
  }

  void versionsMissing(Position at, long earliest, MissingVersionException cause) {
    lost(() -> SourceErrors.versionsMissing(location, at.version(), earliest, cause));
  }

  void versionsInBetweenMissing(Position at, long next, MissingVersionException cause) {
    lost(() -> SourceErrors.versionsInBetweenMissing(location, at.version(), next, cause));
  }

  void columnsMissing(Position at, long describedFrom, MissingVersionException cause) {
    lost(() -> SourceErrors.columnsMissing(location, at.version(), describedFrom, cause));
  }

  void fileMissing(MissingFileException cause) {
    lost(() -> SourceErrors.fileMissing(location, cause.version(), cause.path(), cause));
  }

  private void lost(Supplier<TidemarkException> failure) {
    TidemarkException what = failure.get();
    if (fail) {
      throw what;
    }
    if (!reported) {
      counts.lost();
      LOG.warn(
          "Continuing without the lost data, because fail.on.data.loss=false: {}",
          what.getMessage());
    }
    reported = true;
  }
}
