package io.tidemark.delta.read;

import io.delta.kernel.data.Row;
import io.delta.kernel.utils.FileStatus;
import io.tidemark.delta.kernel.Definition;
import io.tidemark.delta.kernel.TableLog;
import java.io.IOException;

/** A commit of the log, read once when this object is made. */
final class DeltaCommit implements Commit {

  private final long version;
  private final CommitFiles files;
  private long timestampMs;
  private String operation = "";
  private Definition said = Definition.NOTHING;
  private int addedFiles;
  private long addedBytes;
  private int removedFiles;
  private int changeFiles;
  private int rewrittenFiles;
  private boolean addsAndRemoves;
  private Rewrites rewrites;

  private DeltaCommit(TableLog log, long version, FileStatus commit) {
    this.version = version;
    this.files = new CommitFiles(log, commit);
    this.timestampMs = commit.getModificationTime();
  }

  static DeltaCommit read(TableLog log, long version, FileStatus commit) throws IOException {
    DeltaCommit read = new DeltaCommit(log, version, commit);
    boolean[] seen = new boolean[2];
    log.each(commit, LogFile.ACTIONS, action -> read.take(action, seen));
    read.addsAndRemoves = seen[0] && seen[1];
    return read;
  }

  private void take(Row action, boolean[] seen) {
    LogFile.of(action)
        .ifPresent(
            file -> {
              count(file);
              files.heard(file);
              seen[0] |= file.kind() == LogFile.Kind.ADD;
              seen[1] |= file.kind() == LogFile.Kind.REMOVE;
            });
    said = said.with(action, LogFile.DEFINITION_AT);
    if (!action.isNullAt(LogFile.COMMIT_INFO_AT)) {
      Row info = action.getStruct(LogFile.COMMIT_INFO_AT);
      timestampMs = info.isNullAt(0) ? timestampMs : info.getLong(0);
      operation = info.isNullAt(1) ? operation : info.getString(1);
    }
  }

  private void count(LogFile file) {
    if (file.kind() == LogFile.Kind.CHANGE) {
      changeFiles++;
    } else if (!file.dataChange()) {
      rewrittenFiles++;
    } else if (file.kind() == LogFile.Kind.ADD) {
      addedFiles++;
      addedBytes += Math.max(0, file.bytes());
    } else {
      removedFiles++;
    }
  }

  /** The protocol and the metadata in the commit. */
  Definition said() {
    return said;
  }

  @Override
  public long version() {
    return version;
  }

  @Override
  public long timestampMs() {
    return timestampMs;
  }

  @Override
  public String operation() {
    return operation;
  }

  @Override
  public Summary summary() {
    return new Summary(
        addedFiles,
        addedBytes,
        removedFiles,
        changeFiles,
        rewrittenFiles,
        said.saysMetadata() || said.saysProtocol(),
        said.saysMetadata() ? said.tableId() : null);
  }

  @Override
  public ChangeStream changes(Reading reading) throws IOException {
    if (reading == Reading.CHANGES && changeFiles > 0) {
      return FileChanges.ofFeed(version, files);
    }
    if (rewrites == null) {
      rewrites = addsAndRemoves ? Rewrites.in(files) : Rewrites.NONE;
    }
    return reading == Reading.APPENDS
        ? FileChanges.appended(version, files, rewrites)
        : FileChanges.derived(version, files, rewrites);
  }
}
