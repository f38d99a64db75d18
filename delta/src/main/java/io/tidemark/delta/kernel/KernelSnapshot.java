package io.tidemark.delta.kernel;

import io.delta.kernel.Snapshot;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.exceptions.CheckpointAlreadyExistsException;
import io.delta.kernel.internal.ScanImpl;
import io.delta.kernel.internal.SnapshotImpl;
import io.delta.kernel.internal.TableConfig;
import io.delta.kernel.internal.checksum.CRCInfo;
import io.delta.kernel.utils.CloseableIterator;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One version of a table as Kernel has loaded it. */
public final class KernelSnapshot {

  private static final Logger LOG = LoggerFactory.getLogger(KernelSnapshot.class);

  /** Commits between two table checkpoints are at least as many as the table has hundred files. */
  private static final long FILES_PER_COMMIT = 100;

  /** A reader without a newer table checkpoint reads at most so many commits. */
  private static final long MAX_COMMITS = 200;

  private final TableLog log;
  private final KernelBorder border;
  private final Engine engine;
  private final SnapshotImpl snapshot;
  private final Definition definition;

  KernelSnapshot(TableLog log, SnapshotImpl snapshot) {
    this.log = log;
    this.border = log.border();
    this.engine = log.engine();
    this.snapshot = snapshot;
    this.definition = new Definition(snapshot.getProtocol(), snapshot.getMetadata());
  }

  SnapshotImpl kernel() {
    return snapshot;
  }

  /** Its number. */
  public long version() {
    return snapshot.getVersion();
  }

  /** The directory of the table, qualified. */
  public String path() {
    return snapshot.getPath();
  }

  /** Protocol and metadata. */
  public Definition definition() {
    return definition;
  }

  /** The physical names of the columns that the table is clustered by, each as a path. */
  public List<List<String>> clusteringColumns() throws IOException {
    return border.call(
        () ->
            snapshot.getPhysicalClusteringColumns().orElse(List.of()).stream()
                .map(column -> List.of(column.getNames()))
                .toList());
  }

  /** The newest transaction of a query; empty when the version has none. */
  public OptionalLong lastTransaction(String appId) throws IOException {
    Optional<Long> last = border.call(() -> snapshot.getLatestTransactionVersion(engine, appId));
    return last.isPresent() ? OptionalLong.of(last.get()) : OptionalLong.empty();
  }

  /** Every {@code txn.appId} that it knows. */
  public Set<String> appIds() throws IOException {
    return border.call(() -> Transactions.appIds(engine, snapshot));
  }

  /**
   * Passes all files of the version to a function.
   *
   * @param statistics whether to read the statistics of the files
   */
  public <T> T files(boolean statistics, TableLog.Pass<FilteredColumnarBatch, T> pass)
      throws IOException {
    return border.call(
        () -> {
          ScanImpl scan = (ScanImpl) snapshot.getScanBuilder().build();
          try (CloseableIterator<FilteredColumnarBatch> files =
              scan.getScanFiles(engine, statistics)) {
            return pass.through(files);
          }
        });
  }

  /**
   * True when the commits since the last table checkpoint fill the table's interval. A checkpoint
   * names every file, so a table that does not set its interval gets one after more commits the
   * more files it has: the share of each commit in it stays the same.
   */
  public boolean checkpointIsDue() throws IOException {
    return border.call(
        () -> {
          long commits = version() - snapshot.getLogSegment().getCheckpointVersionOpt().orElse(0L);
          return commits >= TableConfig.CHECKPOINT_INTERVAL.fromMetadata(snapshot.getMetadata())
              && (definition.properties().containsKey(TableConfig.CHECKPOINT_INTERVAL.getKey())
                  || commits >= Math.min(files() / FILES_PER_COMMIT, MAX_COMMITS));
        });
  }

  /** Number of its data files as its checksum has it; 0 without a checksum. */
  private long files() {
    return snapshot.getCurrentCrcInfo().map(CRCInfo::getNumFiles).orElse(0L);
  }

  /**
   * Writes a table checkpoint of this version, which must be loaded as the newest one, and removes
   * expired log files. Kernel's own hook would not remove them.
   */
  public void writeCheckpoint() throws IOException {
    try {
      border.call(
          () -> {
            snapshot.writeCheckpoint(engine);
            return null;
          },
          CheckpointAlreadyExistsException.class);
    } catch (CheckpointAlreadyExistsException anotherWriterWasFaster) {
      LOG.debug("Table {}: table checkpoint {} already exists", log.location(), version());
    }
  }

  /** True when the checksum of the version is neither in the log nor in memory. */
  public boolean checksumIsMissing() throws IOException {
    return border.call(
        () ->
            snapshot
                .getStatistics()
                .getChecksumWriteMode()
                .filter(Snapshot.ChecksumWriteMode.FULL::equals)
                .isPresent());
  }

  /** Replays the log and writes the checksum of the version. */
  public void writeMissingChecksum() throws IOException {
    border.call(
        () -> {
          snapshot.writeChecksum(engine, Snapshot.ChecksumWriteMode.FULL);
          return null;
        });
  }
}
