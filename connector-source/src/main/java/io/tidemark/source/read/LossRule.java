package io.tidemark.source.read;

import io.tidemark.common.TidemarkException;
import io.tidemark.delta.read.MissingFileException;
import io.tidemark.delta.read.MissingVersionException;
import io.tidemark.source.error.SourceErrors;
import io.tidemark.source.offset.Position;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What becomes of a shard whose table has lost what it was to read: it fails, or goes on. */
final class LossRule {

  private static final Logger LOG = LoggerFactory.getLogger(LossRule.class);

  private final String location;
  private final boolean fail;
  private final ReadCounts counts;
  private boolean told;

  LossRule(String location, boolean fail, ReadCounts counts) {
    this.location = location;
    this.fail = fail;
    this.counts = counts;
  }

  /** What is lost from here on is another matter, to be told and counted once for all shards. */
  void anotherMatter() {
    told = false;
  }

  /** Whether to go on. */
  boolean goesOn() {
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

  /** A version that was read is another one now. */
  void replaced(Position at, long version) {
    lost(() -> SourceErrors.versionsReplaced(location, at.version(), version));
  }

  /** Nobody knows whether a version that was read is still the same. */
  void unproven(Position at, long version) {
    lost(() -> SourceErrors.historyUnproven(location, at.version(), version));
  }

  void versionsMissing(Position at, long earliest, MissingVersionException cause) {
    lost(() -> SourceErrors.versionsMissing(location, at.version(), earliest, cause));
  }

  void versionsInBetweenMissing(Position at, long next, MissingVersionException cause) {
    lost(() -> SourceErrors.versionsInBetweenMissing(location, at.version(), next, cause));
  }

  void columnsMissing(Position at, long toldFrom, MissingVersionException cause) {
    lost(() -> SourceErrors.columnsMissing(location, at.version(), toldFrom, cause));
  }

  void fileMissing(MissingFileException cause) {
    lost(() -> SourceErrors.fileMissing(location, cause.version(), cause.path(), cause));
  }

  private void lost(Supplier<TidemarkException> failure) {
    TidemarkException what = failure.get();
    if (fail) {
      throw what;
    }
    if (!told) {
      counts.lost();
      LOG.warn(
          "Going on without what is lost, as fail.on.data.loss=false says: {}", what.getMessage());
    }
    told = true;
  }
}
