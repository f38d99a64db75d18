package io.tidemark.delta.table;

import io.delta.kernel.TransactionCommitResult;
import io.tidemark.common.TidemarkException;
import io.tidemark.delta.kernel.KernelBorder;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The newest version of one table that this process knows, and the way to a newer one. Versions are
 * followed commit by commit; only maintenance loads the log anew, which keeps the cost of a commit
 * flat. Guarded by itself.
 */
final class TableHead {

  private final KernelSnapshots snapshots;
  private final KernelCommits commits;
  private final WriteGate gate;
  private final String id;
  private TableVersion version;

  TableHead(KernelSnapshots snapshots, KernelCommits commits, TableVersion version) {
    this.snapshots = snapshots;
    this.commits = commits;
    this.gate = new WriteGate(snapshots.location());
    this.id = version.id();
    this.version = version;
  }

  String id() {
    return id;
  }

  String location() {
    return snapshots.location();
  }

  KernelBorder border() {
    return snapshots.border();
  }

  KernelCommits commits() {
    return commits;
  }

  /** The newest version now; fails when the table is gone or another one. */
  synchronized TableVersion newest() throws IOException {
    version = sameTable(snapshots.advance(version));
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

  /** The newest transaction of a query as of this version. */
  OptionalLong lastTransaction(TableVersion base, String appId) throws IOException {
    return commits.lastTransaction(base, appId);
  }

  /** The newest version that is a batch of a query. */
  Optional<CommittedBatch> lastBatch(String appId, long sinceMs) throws IOException {
    return search(newest(), appId, sinceMs).found();
  }

  /** Looks for the newest batch of a query in the commits of the log. */
  BatchSearch search(TableVersion base, String appId, long fromMs) throws IOException {
    return snapshots.search(base, appId, fromMs);
  }

  /** Those of these files that a version names. */
  Set<String> named(Set<String> paths, long sinceMs) throws IOException {
    return snapshots.named(paths, sinceMs, newest());
  }

  /** What other queries have left. */
  OtherQueries otherQueries(String appId) throws IOException {
    return snapshots.otherQueries(appId, newest());
  }

  /** The version in {@code (after, until]} that the call {@code attempt} committed. */
  OptionalLong versionOf(String attempt, long after, TableVersion until) throws IOException {
    return snapshots.versionOf(attempt, after, until);
  }

  /** Goes on from a commit of ours on {@code base}. */
  synchronized TableVersion committed(TableVersion base, TransactionCommitResult result) {
    version = commits.after(base, result);
    return version;
  }

  /** What is due: the checksum of a broken chain, a table checkpoint, expired log files. */
  void maintain() throws IOException {
    TableVersion known = known();
    if (!border().call(() -> known.checkpointIsDue() || known.checksumIsMissing())) {
      return;
    }
    TableVersion latest = sameTable(snapshots.load());
    if (border().call(latest::checksumIsMissing)) {
      commits.writeMissingChecksum(latest);
    }
    if (border().call(latest::checkpointIsDue)) {
      commits.writeCheckpoint(latest);
    }
    shorten(sameTable(snapshots.load()));
  }

  /** Takes up a version whose log is shorter, for it begins at the new table checkpoint. */
  private synchronized void shorten(TableVersion loaded) throws IOException {
    version = loaded.number() < version.number() ? sameTable(snapshots.advance(loaded)) : loaded;
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
