package io.tidemark.delta.read;

import io.delta.kernel.data.Row;
import io.delta.kernel.internal.actions.Metadata;
import io.delta.kernel.internal.actions.Protocol;
import io.delta.kernel.utils.FileStatus;
import java.io.IOException;
import java.util.Optional;

/** A commit of the log, read once when it is made. */
final class DeltaCommit implements Commit {

  private final long version;
  private final CommitFiles files;
  private long timestampMs;
  private String operation = "";
  private Metadata metadata;
  private Protocol protocol;
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
    log.read(commit, LogFile.ACTIONS, action -> read.take(action, seen));
    read.addsAndRemoves = seen[0] && seen[1];
    read.protocol().ifPresent(log::require);
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
    if (!action.isNullAt(LogFile.METADATA)) {
      metadata = Metadata.fromRow(action.getStruct(LogFile.METADATA));
    }
    if (!action.isNullAt(LogFile.PROTOCOL)) {
      protocol = Protocol.fromRow(action.getStruct(LogFile.PROTOCOL));
    }
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

  Optional<Metadata> metadata() {
    return Optional.ofNullable(metadata);
  }

  Optional<Protocol> protocol() {
    return Optional.ofNullable(protocol);
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
        metadata != null || protocol != null,
        metadata == null ? null : metadata.getId());
  }

  @Override
  public ChangeStream changes(Reading reading) throws IOException {
    if (reading == Reading.CHANGES && changeFiles > 0) {
      return FileChanges.told(version, files);
    }
    if (rewrites == null) {
      rewrites = addsAndRemoves ? Rewrites.in(files) : Rewrites.NONE;
    }
    return reading == Reading.APPENDS
        ? FileChanges.appended(version, files, rewrites)
        : FileChanges.derived(version, files, rewrites);
  }
}
