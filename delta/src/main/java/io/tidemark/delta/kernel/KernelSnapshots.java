package io.tidemark.delta.kernel;

import io.delta.kernel.TableManager;
import io.delta.kernel.exceptions.TableNotFoundException;
import io.delta.kernel.internal.SnapshotImpl;
import io.delta.kernel.internal.checksum.CRCInfo;
import io.delta.kernel.internal.files.ParsedDeltaData;
import io.delta.kernel.internal.files.ParsedPublishedDeltaData;
import io.delta.kernel.internal.lang.Lazy;
import io.delta.kernel.internal.metrics.SnapshotQueryContext;
import io.delta.kernel.internal.replay.LogReplay;
import io.delta.kernel.internal.snapshot.LogSegment;
import io.delta.kernel.internal.table.SnapshotFactory;
import io.delta.kernel.internal.tablefeatures.TableFeatures;
import io.delta.kernel.internal.util.FileNames;
import io.delta.kernel.utils.FileStatus;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Loads the newest version of one table for its writer: either completely from the log, or by
 * reading only the commits since a known version. Kernel's API cannot read increments, so this
 * class uses its internals. A complete load lists the log directory, and its cost grows with every
 * commit.
 */
public final class KernelSnapshots {

  /** When a version is behind by more commits, a complete load reads less. */
  private static final int MAX_COMMITS_TO_FOLLOW = 50;

  private final TableLog log;
  private final KernelBorder border;
  private final OtherWriters others;

  /** The versions of one table, read from its log. */
  public KernelSnapshots(TableLog log) {
    this.log = log;
    this.border = log.border();
    this.others = new OtherWriters(log.location());
  }

  /** The newest version, or empty when there is no table. */
  public Optional<KernelSnapshot> load() throws IOException {
    try {
      return Optional.of(
          border.call(
              () ->
                  new KernelSnapshot(
                      log,
                      (SnapshotImpl)
                          TableManager.loadSnapshot(log.location())
                              .withCommitter(CommitInfoCommitter.INSTANCE)
                              .build(log.engine())),
              TableNotFoundException.class));
    } catch (TableNotFoundException e) {
      return Optional.empty();
    }
  }

  /**
   * The newest version, loaded by reading the commits after {@code known}; {@code known} itself
   * when there are none; empty when the table is gone. Looks up the newest known commit too,
   * because a table that was removed or replaced does not have it.
   */
  public Optional<KernelSnapshot> advance(KernelSnapshot known) throws IOException {
    FileStatus newest =
        border.call(() -> known.kernel().getLogSegment().getDeltaFileAtEndVersion());
    if (!log.has(newest)) {
      return load();
    }
    List<FileStatus> commits = new ArrayList<>();
    Optional<FileStatus> next = log.commit(known.version() + 1);
    while (next.isPresent()) {
      commits.add(next.get());
      if (commits.size() > MAX_COMMITS_TO_FOLLOW) {
        return load();
      }
      next = log.commit(known.version() + commits.size() + 1);
    }
    return Optional.of(commits.isEmpty() ? known : follow(known, commits));
  }

  private KernelSnapshot follow(KernelSnapshot known, List<FileStatus> commits) throws IOException {
    Definition definition = known.definition();
    for (FileStatus commit : commits) {
      definition = definition.with(log, commit, others);
    }
    Definition newest = definition;
    return border.call(
        () -> {
          requireReadable(newest);
          return new KernelSnapshot(log, snapshot(known.kernel(), extend(known, commits), newest));
        });
  }

  private void requireReadable(Definition definition) {
    TableFeatures.validateKernelCanReadTheTable(definition.protocol(), log.location());
    if (TableFeatures.isCatalogManagedSupported(definition.protocol())) {
      throw border.catalogManaged();
    }
  }

  private SnapshotImpl snapshot(SnapshotImpl from, LogSegment segment, Definition definition) {
    // The intent "latest" is required: Kernel removes expired log files for such a version only.
    SnapshotQueryContext query = SnapshotQueryContext.forLatestSnapshot(from.getPath());
    query.setResolvedVersion(segment.getVersion());
    query.setCheckpointVersion(segment.getCheckpointVersionOpt());
    Lazy<LogSegment> lazySegment = new Lazy<>(() -> segment);
    Lazy<Optional<CRCInfo>> checksum =
        SnapshotFactory.createLazyChecksumFileLoaderWithMetrics(
            log.engine(), lazySegment, query.getSnapshotMetrics());
    return new SnapshotImpl(
        from.getDataPath(),
        segment.getVersion(),
        lazySegment,
        new LogReplay(log.engine(), from.getDataPath(), lazySegment, checksum),
        definition.protocol(),
        definition.metadata(),
        CommitInfoCommitter.INSTANCE,
        query,
        Optional.empty());
  }

  /** The log segment with the new commits and the newest checksum. */
  private LogSegment extend(KernelSnapshot known, List<FileStatus> commits) throws IOException {
    List<ParsedDeltaData> deltas = new ArrayList<>();
    commits.forEach(commit -> deltas.add(ParsedPublishedDeltaData.forFileStatus(commit)));
    LogSegment longer = known.kernel().getLogSegment().newWithAddedDeltas(deltas);
    Optional<FileStatus> checksum = checksum(longer.getVersion());
    if (checksum.isEmpty() && !known.checksumIsMissing()) {
      checksum = checksum(known.version());
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

  private Optional<FileStatus> checksum(long version) throws IOException {
    return log.file(FileNames.checksumFile(log.directory(), version).toString());
  }
}
