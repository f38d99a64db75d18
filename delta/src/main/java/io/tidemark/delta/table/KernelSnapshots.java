package io.tidemark.delta.table;

import io.delta.kernel.TableManager;
import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.exceptions.KernelException;
import io.delta.kernel.exceptions.TableNotFoundException;
import io.delta.kernel.internal.SnapshotImpl;
import io.delta.kernel.internal.actions.Metadata;
import io.delta.kernel.internal.actions.Protocol;
import io.delta.kernel.internal.checksum.CRCInfo;
import io.delta.kernel.internal.files.ParsedDeltaData;
import io.delta.kernel.internal.files.ParsedPublishedDeltaData;
import io.delta.kernel.internal.lang.Lazy;
import io.delta.kernel.internal.metrics.SnapshotQueryContext;
import io.delta.kernel.internal.replay.LogReplay;
import io.delta.kernel.internal.replay.ProtocolMetadataLogReplay;
import io.delta.kernel.internal.snapshot.LogSegment;
import io.delta.kernel.internal.table.SnapshotFactory;
import io.delta.kernel.internal.tablefeatures.TableFeatures;
import io.delta.kernel.internal.util.FileNames;
import io.delta.kernel.internal.util.VectorUtils;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.FileStatus;
import io.tidemark.delta.kernel.KernelBorder;
import io.tidemark.delta.kernel.LogReader;
import io.tidemark.delta.kernel.Transactions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Loads the versions of one table: whole, from the log, or by reading only the commits since a
 * version that is known. Kernel has no such increment in its API, hence the internals; a whole load
 * lists the log directory, whose cost grows with every commit.
 */
final class KernelSnapshots {

  /** Behind by more commits than this, a whole load reads less. */
  private static final int MAX_COMMITS_TO_FOLLOW = 50;

  /** A commit comes after its files, by one file system's clock, which may have been set since. */
  private static final long CLOCK_SLACK_MS = 86_400_000;

  private static final String TRANSACTION_RETENTION = "delta.setTransactionRetentionDuration";

  private final Engine engine;
  private final String location;
  private final LogReader log;
  private final KernelBorder border;

  KernelSnapshots(Engine engine, String location) {
    this.engine = engine;
    this.location = location;
    this.log = new LogReader(engine, location, TableErrors.REFUSALS);
    this.border = log.border();
  }

  String location() {
    return location;
  }

  KernelBorder border() {
    return border;
  }

  /** The newest version, or empty when there is no table. */
  Optional<TableVersion> load() throws IOException {
    try {
      return Optional.of(
          version(
              border.call(
                  () ->
                      (SnapshotImpl)
                          TableManager.loadSnapshot(location)
                              .withCommitter(CommitInfoCommitter.INSTANCE)
                              .build(engine),
                  TableNotFoundException.class)));
    } catch (TableNotFoundException e) {
      return Optional.empty();
    }
  }

  /**
   * The newest version, by way of what came after {@code known}; empty when the table is gone. Asks
   * for the newest known commit too, because a removed or replaced table has another one.
   */
  Optional<TableVersion> advance(TableVersion known) throws IOException {
    FileStatus newest =
        border.call(() -> known.snapshot().getLogSegment().getDeltaFileAtEndVersion());
    if (!log.file(newest.getPath()).filter(now -> same(now, newest)).isPresent()) {
      return load();
    }
    List<FileStatus> commits = new ArrayList<>();
    Optional<FileStatus> next = commit(known, 1);
    while (next.isPresent()) {
      commits.add(next.get());
      if (commits.size() > MAX_COMMITS_TO_FOLLOW) {
        return load();
      }
      next = commit(known, commits.size() + 1);
    }
    return Optional.of(commits.isEmpty() ? known : follow(known, commits));
  }

  /** The version in {@code (after, until]} that the call {@code attempt} committed. */
  OptionalLong versionOf(String attempt, long after, TableVersion until) throws IOException {
    for (long version = until.number(); version > after; version--) {
      FileStatus commit = FileStatus.of(commitPath(until, version));
      if (attempt.equals(log.read(commit, CommitInfoCommitter.TAGS, KernelSnapshots::attempt))) {
        return OptionalLong.of(version);
      }
    }
    return OptionalLong.empty();
  }

  /**
   * The newest batch of a query up to a version.
   *
   * @param fromMs commits that were written before are not looked at, epoch milliseconds
   */
  BatchSearch search(TableVersion until, String appId, long fromMs) throws IOException {
    for (long version = until.number(); version >= 0; version--) {
      Optional<FileStatus> commit = log.file(commitPath(until, version));
      if (commit.isEmpty()) {
        return new BatchSearch(Optional.empty(), false);
      }
      if (commit.get().getModificationTime() < fromMs) {
        break;
      }
      Optional<CommittedBatch> batch = CommittedBatches.read(log, commit.get(), version, appId);
      if (batch.isPresent()) {
        return new BatchSearch(batch, true);
      }
    }
    return new BatchSearch(Optional.empty(), true);
  }

  /**
   * Those of these files that a commit or the newest version names.
   *
   * @param sinceMs when the oldest of them was written
   */
  Set<String> named(Set<String> paths, long sinceMs, TableVersion newest) throws IOException {
    NamedFiles named = new NamedFiles(paths);
    Optional<FileStatus> commit = commitSince(newest, newest.number(), sinceMs);
    for (long version = newest.number(); commit.isPresent() && !named.isComplete(); version--) {
      log.read(commit.get(), NamedFiles.ACTIONS, named::inCommit);
      commit = version == 0 ? Optional.empty() : commitSince(newest, version - 1, sinceMs);
    }
    return named.isComplete()
        ? named.found()
        : border.call(
            () -> {
              try (CloseableIterator<FilteredColumnarBatch> files =
                  newest.snapshot().getScanBuilder().build().getScanFiles(engine)) {
                return named.inVersion(files);
              }
            });
  }

  /** A commit, unless it is older than what it might name. */
  private Optional<FileStatus> commitSince(TableVersion newest, long version, long sinceMs)
      throws IOException {
    return log.file(commitPath(newest, version))
        .filter(commit -> commit.getModificationTime() >= sinceMs - CLOCK_SLACK_MS);
  }

  /** The newest batches of other queries up to a version, as far back as there are commits. */
  OtherQueries otherQueries(String appId, TableVersion until) throws IOException {
    SortedSet<String> sought =
        new TreeSet<>(border.call(() -> Transactions.appIds(engine, until.snapshot())));
    sought.remove(appId);
    // Where transactions expire, a query may have written and be forgotten by now.
    boolean forgetful = until.properties().containsKey(TRANSACTION_RETENTION);
    Map<String, CommittedBatch> found = new LinkedHashMap<>();
    for (long version = until.number();
        version >= 0 && (forgetful || !sought.isEmpty());
        version--) {
      Optional<FileStatus> commit = log.file(commitPath(until, version));
      if (commit.isEmpty()) {
        break;
      }
      CommittedBatches.read(
              log,
              commit.get(),
              version,
              query -> !query.equals(appId) && !found.containsKey(query))
          .ifPresent(
              batch -> {
                found.put(batch.queryId(), batch);
                sought.remove(batch.queryId());
              });
    }
    return new OtherQueries(List.copyOf(found.values()), sought);
  }

  /** Kernel reads the schema late, and names the type it does not know but not the column. */
  TableVersion version(SnapshotImpl snapshot) throws IOException {
    String schema = border.call(() -> snapshot.getMetadata().getSchemaString());
    try {
      return border.call(
          () -> new TableVersion(snapshot), KernelException.class, IllegalArgumentException.class);
    } catch (KernelException | IllegalArgumentException e) {
      throw SchemaText.unknownType(schema)
          .map(column -> TableErrors.unsupportedType(location, column.getKey(), column.getValue()))
          .orElseGet(() -> border.refusal(e));
    }
  }

  private static String attempt(Iterator<ColumnarBatch> batches) {
    if (!batches.hasNext()) {
      return null;
    }
    ColumnarBatch batch = batches.next();
    ColumnVector info = batch.getColumnVector(0);
    for (int row = 0; row < batch.getSize(); row++) {
      if (!info.isNullAt(row) && !info.getChild(0).isNullAt(row)) {
        Map<String, String> tags = VectorUtils.toJavaMap(info.getChild(0).getMap(row));
        return tags.get(CommitInfoCommitter.ATTEMPT_TAG);
      }
    }
    return null;
  }

  private TableVersion follow(TableVersion known, List<FileStatus> commits) throws IOException {
    SnapshotImpl from = known.snapshot();
    Told told = border.call(() -> new Told(from.getProtocol(), from.getMetadata()));
    for (FileStatus commit : commits) {
      told = log.read(commit, ProtocolMetadataLogReplay.PROTOCOL_METADATA_READ_SCHEMA, told::after);
    }
    Told newest = told;
    return version(
        border.call(
            () -> {
              requireReadable(newest.protocol());
              return snapshot(from, extend(known, commits), newest.protocol(), newest.metadata());
            }));
  }

  /** What is in force as of a version. */
  private record Told(Protocol protocol, Metadata metadata) {

    /** The same with what a commit says. */
    Told after(Iterator<ColumnarBatch> batches) {
      Protocol newProtocol = protocol;
      Metadata newMetadata = metadata;
      while (batches.hasNext()) {
        ColumnarBatch batch = batches.next();
        ColumnVector protocols = batch.getColumnVector(0);
        ColumnVector metadatas = batch.getColumnVector(1);
        for (int row = 0; row < batch.getSize(); row++) {
          if (!protocols.isNullAt(row)) {
            newProtocol = Protocol.fromColumnVector(protocols, row);
          }
          if (!metadatas.isNullAt(row)) {
            newMetadata = Metadata.fromColumnVector(metadatas, row);
          }
        }
      }
      return new Told(newProtocol, newMetadata);
    }
  }

  private void requireReadable(Protocol protocol) {
    TableFeatures.validateKernelCanReadTheTable(protocol, location);
    if (TableFeatures.isCatalogManagedSupported(protocol)) {
      throw TableErrors.REFUSALS.catalogManaged(location);
    }
  }

  private SnapshotImpl snapshot(
      SnapshotImpl from, LogSegment segment, Protocol protocol, Metadata metadata) {
    // Intent "latest": only such a version may remove expired log files.
    SnapshotQueryContext query = SnapshotQueryContext.forLatestSnapshot(from.getPath());
    query.setResolvedVersion(segment.getVersion());
    query.setCheckpointVersion(segment.getCheckpointVersionOpt());
    Lazy<LogSegment> lazySegment = new Lazy<>(() -> segment);
    Lazy<Optional<CRCInfo>> checksum =
        SnapshotFactory.createLazyChecksumFileLoaderWithMetrics(
            engine, lazySegment, query.getSnapshotMetrics());
    return new SnapshotImpl(
        from.getDataPath(),
        segment.getVersion(),
        lazySegment,
        new LogReplay(engine, from.getDataPath(), lazySegment, checksum),
        protocol,
        metadata,
        CommitInfoCommitter.INSTANCE,
        query,
        Optional.empty());
  }

  /** The log with the new commits and the newest checksum that there is. */
  private LogSegment extend(TableVersion known, List<FileStatus> commits) throws IOException {
    SnapshotImpl from = known.snapshot();
    List<ParsedDeltaData> deltas = new ArrayList<>();
    commits.forEach(commit -> deltas.add(ParsedPublishedDeltaData.forFileStatus(commit)));
    LogSegment longer = from.getLogSegment().newWithAddedDeltas(deltas);
    Optional<FileStatus> checksum = checksum(from, longer.getVersion());
    if (checksum.isEmpty() && !known.checksumIsMissing()) {
      checksum = checksum(from, known.number());
    }
    return new LogSegment(
        longer.getLogPath(),
        longer.getVersion(),
        longer.getDeltas(),
        longer.getCompactions(),
        longer.getCheckpoints(),
        longer.getDeltaFileAtEndVersion(),
        checksum.or(longer::getLastSeenChecksum),
        longer.getMaxPublishedDeltaVersion());
  }

  private Optional<FileStatus> commit(TableVersion known, int ahead) throws IOException {
    return log.file(commitPath(known, known.number() + ahead));
  }

  private Optional<FileStatus> checksum(SnapshotImpl snapshot, long version) throws IOException {
    return log.file(FileNames.checksumFile(snapshot.getLogPath(), version).toString());
  }

  private static String commitPath(TableVersion any, long version) {
    return FileNames.deltaFile(any.snapshot().getLogPath(), version);
  }

  private static boolean same(FileStatus one, FileStatus other) {
    return one.getSize() == other.getSize()
        && one.getModificationTime() == other.getModificationTime();
  }
}
