package io.tidemark.delta.table;

import io.delta.kernel.TransactionCommitResult;
import io.tidemark.common.TidemarkException;
import io.tidemark.delta.kernel.KernelBorder;
import io.tidemark.delta.kernel.KernelCommits;
import io.tidemark.delta.kernel.KernelSnapshot;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/**
 * The newest version of one table that this process knows, and the way to a newer one. Versions are
 * followed commit by commit; only maintenance loads the log anew, which keeps the cost of a commit
 * flat. Guarded by itself.
 */
final class TableHead {

  private final TableLoader loader;
  private final CommitSearch search;
  private final WriteGate gate;
  private final String id;
  private TableVersion version;

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

  /** The way through the commits. */
  CommitSearch search() {
    return search;
  }

  /** The newest version now; fails when the table is gone or another one. */
  synchronized TableVersion newest() throws IOException {
    version = sameTable(loader.advance(version));
    return version;
  }

  /** Fails when the version uses what we cannot honour. */
  void requireWritable(TableVersion base) {
    gate.require(base.writerFeatures(), base.properties(), base.kernelSchema());
  }

  /** Why files written for a schema do not fit the newest version that was seen. */
  Optional<TidemarkException> misfit(String written) {
    return misfit(written, known());
  }

  /** Why files written for a schema do not fit the version; empty when they do. */
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

  /** The newest version that is a batch of a query. */
  Optional<CommittedBatch> lastBatch(String appId, long sinceMs) throws IOException {
    return search.batch(newest(), appId, sinceMs).found();
  }

  /** Those of these files that a version names. */
  Set<String> named(Set<String> paths, long sinceMs) throws IOException {
    return search.named(paths, sinceMs, newest());
  }

  /** What other queries have left. */
  OtherQueries otherQueries(String appId) throws IOException {
    return search.otherQueries(appId, newest());
  }

  /** Goes on from a commit of ours on {@code base}. */
  synchronized TableVersion committed(TableVersion base, TransactionCommitResult result) {
    version = loader.after(base, result);
    return version;
  }

  /** What is due: the checksum of a broken chain, a table checkpoint, expired log files. */
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

  /** Takes up a version whose log is shorter, for it begins at the new table checkpoint. */
  private synchronized void shorten(TableVersion loaded) throws IOException {
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
