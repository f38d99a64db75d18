package io.tidemark.delta.table;

import io.delta.kernel.TransactionCommitResult;
import io.tidemark.common.ForwardClock;
import io.tidemark.common.TidemarkException;
import io.tidemark.delta.kernel.KernelBorder;
import io.tidemark.delta.kernel.KernelCommits;
import io.tidemark.delta.kernel.KernelSnapshot;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/**
 * The newest version of one table that this process knows. It is updated commit by commit, and only
 * maintenance loads the whole log again. So the cost of a commit does not grow with the log.
 * Guarded by itself.
 */
final class TableHead {

  private static final long NEVER = -1;
  private static final long RECENT_MS = 5_000;

  private final TableLoader loader;
  private final CommitSearch search;
  private final WriteGate gate;
  private final String id;
  private TableVersion version;

  /** When the newest version was last looked up, epoch milliseconds; {@link #NEVER} since it. */
  private long lookedMs = NEVER;

  TableHead(TableLoader loader, TableVersion version) {
    this.loader = loader;
    this.search = new CommitSearch(loader.log());
    this.gate = new WriteGate(location());
    this.id = version.id();
    this.version = version;
  }

  String id() {
    return id;
  }

  String location() {
    return loader.log().location();
  }

  KernelBorder border() {
    return loader.log().border();
  }

  KernelCommits commits() {
    return loader.commits();
  }

  /** Searches the commits. */
  CommitSearch search() {
    return search;
  }

  /** Loads the newest version; fails when the table is gone or is another one. */
  synchronized TableVersion newest() throws IOException {
    lookedMs = NEVER;
    version = sameTable(loader.advance(version));
    lookedMs = ForwardClock.SYSTEM.nowMs();
    return version;
  }

  /** The newest version as of a moment ago. A commit on top of it notices a newer one. */
  synchronized TableVersion recent() throws IOException {
    return lookedMs != NEVER && ForwardClock.SYSTEM.nowMs() - lookedMs < RECENT_MS
        ? version
        : newest();
  }

  /** Fails when the version has features that we do not support. */
  void requireWritable(TableVersion base) {
    gate.require(base.writerFeatures(), base.properties(), base.kernelSchema());
  }

  /** Why files written for a schema do not fit the newest known version; empty when they fit. */
  Optional<TidemarkException> misfit(String written) {
    return misfit(written, known());
  }

  /** Why files written for a schema do not fit a version; empty when they fit. */
  Optional<TidemarkException> misfit(String written, TableVersion base) {
    if (written.isEmpty() || written.equals(base.written())) {
      return Optional.empty();
    }
    try {
      WrittenSchema before = WrittenSchema.parse(location(), written);
      return before.id().equals(id)
          ? new SchemaFit(location(), base.number()).problem(before.schema(), base.schema())
          : Optional.of(TableErrors.replaced(location(), before.id(), id));
    } catch (IllegalArgumentException e) {
      return Optional.of(TableErrors.unknownSchema(location(), e));
    }
  }

  /** The newest batch of a query. */
  Optional<CommittedBatch> lastBatch(String appId, long sinceMs) throws IOException {
    return search.batch(newest(), appId, sinceMs).found();
  }

  /** Those of these files that a version names. */
  Set<String> named(Set<String> paths, long sinceMs) throws IOException {
    return search.named(paths, sinceMs, newest());
  }

  /** The batches of other queries. */
  OtherQueries otherQueries(String appId) throws IOException {
    return search.otherQueries(appId, newest());
  }

  /**
   * Continues with the version that our commit on top of {@code base} made.
   *
   * @throws TidemarkException when it is a version of another table that was created in its place.
   *     Kernel does not notice that when it commits after the versions of others, and would give
   *     the version a checksum with the old table's metadata
   */
  synchronized TableVersion committed(TableVersion base, TransactionCommitResult result)
      throws IOException {
    lookedMs = NEVER;
    if (result.getVersion() != base.number() + 1) {
      version = sameTable(loader.advance(base));
    }
    version = loader.after(base, result);
    return version;
  }

  /** Writes a missing checksum and a due table checkpoint, and removes expired log files. */
  void maintain() throws IOException {
    KernelSnapshot known = known().snapshot();
    if (!known.checkpointIsDue() && !known.checksumIsMissing()) {
      return;
    }
    KernelSnapshot latest = sameTable(loader.load()).snapshot();
    if (latest.checksumIsMissing()) {
      latest.writeMissingChecksum();
    }
    if (latest.checkpointIsDue()) {
      latest.writeCheckpoint();
    }
    shorten(sameTable(loader.load()));
  }

  /** Uses a version whose log segment is shorter, because it begins at the new checkpoint. */
  private synchronized void shorten(TableVersion loaded) throws IOException {
    lookedMs = NEVER;
    version = loaded.number() < version.number() ? sameTable(loader.advance(loaded)) : loaded;
  }

  private synchronized TableVersion known() {
    return version;
  }

  private TableVersion sameTable(Optional<TableVersion> found) {
    TableVersion now = found.orElseThrow(() -> TableErrors.gone(location(), id, known().number()));
    if (!now.id().equals(id)) {
      throw TableErrors.replaced(location(), id, now.id());
    }
    return now;
  }
}
