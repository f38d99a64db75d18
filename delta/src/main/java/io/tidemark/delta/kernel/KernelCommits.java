package io.tidemark.delta.kernel;

import io.delta.kernel.Operation;
import io.delta.kernel.Transaction;
import io.delta.kernel.TransactionCommitResult;
import io.delta.kernel.data.Row;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.exceptions.CommitStateUnknownException;
import io.delta.kernel.exceptions.ConcurrentWriteException;
import io.delta.kernel.exceptions.MaxCommitRetryLimitReachedException;
import io.delta.kernel.hook.PostCommitHook;
import io.delta.kernel.internal.SnapshotImpl;
import io.delta.kernel.internal.TransactionImpl;
import io.delta.kernel.internal.actions.Metadata;
import io.delta.kernel.internal.actions.Protocol;
import io.delta.kernel.internal.actions.SetTransaction;
import io.delta.kernel.internal.rowtracking.MaterializedRowTrackingColumn;
import io.delta.kernel.internal.tablefeatures.TableFeatures;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterable;
import io.tidemark.common.ForwardClock;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Commits to one table with Kernel. A lost race is reported with Kernel's own exceptions. */
public final class KernelCommits {

  private static final Logger LOG = LoggerFactory.getLogger(KernelCommits.class);

  /** Kernel retries without a pause; the caller pauses between its rounds. */
  private static final int MAX_RETRIES = 20;

  private final TableLog log;
  private final KernelBorder border;
  private final Engine engine;
  private final String engineInfo;

  /**
   * @param engineInfo name and version of the writer
   */
  public KernelCommits(TableLog log, String engineInfo) {
    this.log = log;
    this.border = log.border();
    this.engine = log.engine();
    this.engineInfo = engineInfo;
  }

  /**
   * Commits files under a transaction id, which the caller has compared with that in the base.
   * Kernel's public builder would read the base's commit to compare it again.
   */
  public TransactionCommitResult append(
      KernelSnapshot base,
      String appId,
      long batch,
      AddActions files,
      CommitDescription description)
      throws IOException {
    SetTransaction id = new SetTransaction(appId, batch, Optional.of(ForwardClock.SYSTEM.nowMs()));
    return committing(
        () -> {
          Transaction transaction =
              transaction(
                  base.kernel(),
                  Operation.STREAMING_UPDATE,
                  Optional.empty(),
                  Optional.empty(),
                  Optional.of(id));
          transaction.withCommitterProperties(description);
          return transaction.commit(engine, files);
        });
  }

  /**
   * Commits a changed schema. Kernel's public builder refuses this without column mapping, so the
   * transaction is built here. With column mapping the schema already has the field ids.
   *
   * @param properties the table properties that change with the schema
   */
  public TransactionCommitResult changeSchema(
      KernelSnapshot base,
      StructType schema,
      Map<String, String> properties,
      CommitDescription description)
      throws IOException {
    return committing(
        () -> {
          Transaction transaction = schemaChange(base.kernel(), schema, properties);
          transaction.withCommitterProperties(description);
          return transaction.commit(engine, none());
        });
  }

  private Transaction schemaChange(
      SnapshotImpl snapshot, StructType schema, Map<String, String> properties) {
    Metadata changed = snapshot.getMetadata().withNewSchema(schema);
    if (!properties.isEmpty()) {
      changed = changed.withMergedConfiguration(properties);
    }
    Optional<Protocol> protocol =
        TableFeatures.autoUpgradeProtocolBasedOnMetadata(changed, Set.of(), snapshot.getProtocol())
            .map(upgrade -> upgrade._1);
    return transaction(
        snapshot, Operation.MANUAL_UPDATE, protocol, Optional.of(changed), Optional.empty());
  }

  /** What Kernel's builders make. */
  private Transaction transaction(
      SnapshotImpl snapshot,
      Operation operation,
      Optional<Protocol> protocol,
      Optional<Metadata> metadata,
      Optional<SetTransaction> id) {
    TableFeatures.validateKernelCanWriteToTable(
        snapshot.getProtocol(), snapshot.getMetadata(), snapshot.getPath());
    MaterializedRowTrackingColumn.validateRowTrackingConfigsNotMissing(
        snapshot.getMetadata(), snapshot.getPath());
    return new TransactionImpl(
        false,
        snapshot.getDataPath(),
        Optional.of(snapshot),
        engineInfo,
        operation,
        protocol,
        metadata,
        snapshot.getCommitter(),
        id,
        Optional.empty(),
        Optional.of(MAX_RETRIES),
        0,
        ForwardClock.SYSTEM::nowMs);
  }

  /** Lets Kernel commit. Conflicts with other writers pass as Kernel's own exceptions. */
  private TransactionCommitResult committing(KernelBorder.Call<TransactionCommitResult> commit)
      throws IOException {
    return border.call(
        commit,
        ConcurrentWriteException.class,
        CommitStateUnknownException.class,
        MaxCommitRetryLimitReachedException.class);
  }

  /** No files. */
  public static CloseableIterable<Row> none() {
    return CloseableIterable.emptyIterable();
  }

  /** The writer features of the table after a transaction. */
  public static Set<String> writerFeatures(Transaction transaction) {
    return ((TransactionImpl) transaction).getProtocol().getWriterFeatures();
  }

  /**
   * The version that our commit made. Writes its checksum if no replay of the log is needed for it.
   * Empty when the version has to be loaded from the log.
   */
  public Optional<KernelSnapshot> made(TransactionCommitResult result) {
    writeChecksum(result);
    return result
        .getPostCommitSnapshot()
        .map(snapshot -> new KernelSnapshot(log, (SnapshotImpl) snapshot));
  }

  /** With a checksum, later commits and loads need no replay of the log. */
  private void writeChecksum(TransactionCommitResult result) {
    for (PostCommitHook hook : result.getPostCommitHooks()) {
      if (hook.getType() == PostCommitHook.PostCommitHookType.CHECKSUM_SIMPLE) {
        try {
          border.call(
              () -> {
                hook.threadSafeInvoke(engine);
                return null;
              });
        } catch (IOException | RuntimeException e) {
          LOG.warn(
              "Table {}: cannot write the checksum of version {}; loading this version is slower",
              log.location(),
              result.getVersion(),
              e);
        }
      }
    }
  }
}
