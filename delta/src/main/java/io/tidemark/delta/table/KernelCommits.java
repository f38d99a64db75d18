package io.tidemark.delta.table;

import io.delta.kernel.Operation;
import io.delta.kernel.Snapshot;
import io.delta.kernel.Transaction;
import io.delta.kernel.TransactionCommitResult;
import io.delta.kernel.data.Row;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.exceptions.CheckpointAlreadyExistsException;
import io.delta.kernel.exceptions.CommitStateUnknownException;
import io.delta.kernel.exceptions.ConcurrentWriteException;
import io.delta.kernel.exceptions.MaxCommitRetryLimitReachedException;
import io.delta.kernel.hook.PostCommitHook;
import io.delta.kernel.internal.SnapshotImpl;
import io.delta.kernel.internal.TransactionImpl;
import io.delta.kernel.internal.actions.Metadata;
import io.delta.kernel.internal.actions.Protocol;
import io.delta.kernel.internal.tablefeatures.TableFeatures;
import io.delta.kernel.utils.CloseableIterable;
import io.tidemark.common.ForwardClock;
import io.tidemark.delta.kernel.AddActions;
import io.tidemark.delta.kernel.KernelBorder;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes to the log of one table: commits, their checksums, table checkpoints. */
final class KernelCommits {

  private static final Logger LOG = LoggerFactory.getLogger(KernelCommits.class);

  /** Kernel retries without a pause; whoever calls pauses between its rounds. */
  private static final int MAX_RETRIES = 20;

  private final Engine engine;
  private final String engineInfo;
  private final KernelSnapshots snapshots;

  KernelCommits(Engine engine, String engineInfo, KernelSnapshots snapshots) {
    this.engine = engine;
    this.engineInfo = engineInfo;
    this.snapshots = snapshots;
  }

  /** Commits files under a transaction id; throws Kernel's own exceptions for a lost race. */
  TransactionCommitResult append(TableVersion base, Append append, CommitDescription description)
      throws IOException {
    return committing(
        () -> {
          Transaction transaction =
              base.snapshot()
                  .buildUpdateTableTransaction(engineInfo, Operation.STREAMING_UPDATE)
                  .withTransactionId(append.appId(), append.batch())
                  .withMaxRetries(MAX_RETRIES)
                  .build(engine);
          transaction.withCommitterProperties(description);
          return transaction.commit(
              engine, new AddActions(append.files(), base.partitionColumns()));
        });
  }

  /**
   * Commits a grown schema. Kernel's public builder refuses that without column mapping, hence its
   * transaction is built here; with column mapping the field ids are already in the schema.
   */
  TransactionCommitResult changeSchema(
      TableVersion base, SchemaGrowth growth, CommitDescription description) throws IOException {
    return committing(() -> schemaChange(base, growth, description).commit(engine, none()));
  }

  private Transaction schemaChange(
      TableVersion base, SchemaGrowth growth, CommitDescription description) {
    SnapshotImpl snapshot = base.snapshot();
    Metadata grown = snapshot.getMetadata().withNewSchema(growth.schema());
    if (base.columnsAreMapped()) {
      grown =
          grown.withMergedConfiguration(
              Map.of(TableVersion.MAX_FIELD_ID, Long.toString(growth.maxFieldId())));
    }
    Optional<Protocol> protocol =
        TableFeatures.autoUpgradeProtocolBasedOnMetadata(grown, Set.of(), snapshot.getProtocol())
            .map(upgrade -> upgrade._1);
    Transaction transaction =
        new TransactionImpl(
            false,
            snapshot.getDataPath(),
            Optional.of(snapshot),
            engineInfo,
            Operation.MANUAL_UPDATE,
            protocol,
            Optional.of(grown),
            snapshot.getCommitter(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(MAX_RETRIES),
            0,
            ForwardClock.SYSTEM::nowMs);
    transaction.withCommitterProperties(description);
    return transaction;
  }

  /** Lets Kernel commit; what others have done to the log meanwhile passes as Kernel says it. */
  private TransactionCommitResult committing(KernelBorder.Call<TransactionCommitResult> commit)
      throws IOException {
    return snapshots
        .border()
        .call(
            commit,
            ConcurrentWriteException.class,
            CommitStateUnknownException.class,
            MaxCommitRetryLimitReachedException.class);
  }

  /** No files. */
  static CloseableIterable<Row> none() {
    return CloseableIterable.emptyIterable();
  }

  /**
   * The version after a commit of ours, its checksum written when that takes no replay. What goes
   * wrong here is logged and no more, for the commit has happened.
   *
   * @param base the version under the commit; what is returned when nothing newer can be had
   */
  TableVersion after(TableVersion base, TransactionCommitResult result) {
    try {
      writeChecksum(result);
      Optional<Snapshot> next = result.getPostCommitSnapshot();
      if (next.isPresent()) {
        return snapshots.version((SnapshotImpl) next.get());
      }
      return snapshots.advance(base).orElse(base);
    } catch (IOException | RuntimeException e) {
      LOG.warn(
          "Table {}: could not follow up on version {}; the next commit reads the log again",
          snapshots.location(),
          result.getVersion(),
          e);
      return base;
    }
  }

  /** The first version, of a table just created. */
  Optional<TableVersion> first(TransactionCommitResult result) throws IOException {
    writeChecksum(result);
    Optional<Snapshot> snapshot = result.getPostCommitSnapshot();
    return snapshot.isPresent()
        ? Optional.of(snapshots.version((SnapshotImpl) snapshot.get()))
        : snapshots.load();
  }

  /** A checksum lets every later commit and load do without replaying the log. */
  private void writeChecksum(TransactionCommitResult result) {
    for (PostCommitHook hook : result.getPostCommitHooks()) {
      if (hook.getType() == PostCommitHook.PostCommitHookType.CHECKSUM_SIMPLE) {
        try {
          snapshots
              .border()
              .call(
                  () -> {
                    hook.threadSafeInvoke(engine);
                    return null;
                  });
        } catch (IOException | RuntimeException e) {
          LOG.warn(
              "Table {}: no checksum for version {}; loading it will be slower",
              snapshots.location(),
              result.getVersion(),
              e);
        }
      }
    }
  }

  /** Writes the checksum of a version from a replay of its log. */
  void writeMissingChecksum(TableVersion version) throws IOException {
    snapshots
        .border()
        .call(
            () -> {
              version.snapshot().writeChecksum(engine, Snapshot.ChecksumWriteMode.FULL);
              return null;
            });
  }

  /**
   * Writes a table checkpoint of a version loaded as the newest, and removes expired log files,
   * which Kernel's own hook would leave.
   */
  void writeCheckpoint(TableVersion version) throws IOException {
    try {
      snapshots
          .border()
          .call(
              () -> {
                version.snapshot().writeCheckpoint(engine);
                return null;
              },
              CheckpointAlreadyExistsException.class);
    } catch (CheckpointAlreadyExistsException anotherWriterWasFaster) {
      LOG.debug("Table {}: checkpoint {} exists", snapshots.location(), version.number());
    }
  }

  /** The newest transaction of a query as of this version. */
  OptionalLong lastTransaction(TableVersion version, String appId) throws IOException {
    OptionalLong known = version.knownTransaction(appId);
    if (known != null) {
      return known;
    }
    Optional<Long> found =
        snapshots
            .border()
            .call(() -> version.snapshot().getLatestTransactionVersion(engine, appId));
    OptionalLong last = found.isPresent() ? OptionalLong.of(found.get()) : OptionalLong.empty();
    version.remember(appId, last);
    return last;
  }
}
