package io.tidemark.delta.read;

import io.tidemark.delta.kernel.KernelHistory;
import io.tidemark.delta.kernel.KernelSnapshot;
import io.tidemark.delta.kernel.TableLog;
import io.tidemark.delta.schema.TemporalMode;
import io.tidemark.storage.HadoopFileSystems;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;

/** A Delta table. Delta Kernel reads its log; our own classes read its data files. */
final class DeltaReadableTable implements ReadableTable {

  private final TableLog log;
  private final KernelHistory history;
  private final TableStates states;
  private final TableTip tip;
  private final DataFiles files;
  private final CommitMarks marks;

  /** The version whose files were listed last. */
  private SnapshotFiles snapshot;

  DeltaReadableTable(
      HadoopFileSystems fileSystems, TableLog log, KernelSnapshot latest, TemporalMode temporal)
      throws IOException {
    this.log = log;
    this.history = new KernelHistory(log);
    this.states = new TableStates(log, history, temporal);
    this.tip = new TableTip(log, latest);
    this.files = new DataFiles(fileSystems, log);
    this.marks = new CommitMarks(log);
    states.of(latest);
  }

  @Override
  public String location() {
    return log.location();
  }

  @Override
  public String id() {
    return states.newestKnown().tableId();
  }

  @Override
  public long newest() throws IOException {
    if (!tip.isThere()) {
      KernelSnapshot latest =
          history.latest().orElseThrow(() -> ReadErrors.gone(location(), id(), tip.version()));
      states.clear();
      snapshot = null;
      states.of(latest);
      tip.take(latest);
    }
    return tip.advance();
  }

  @Override
  public Optional<String> mark(long version) throws IOException {
    return marks.of(version);
  }

  @Override
  public long earliestCommit() throws IOException {
    return history.earliestCommit();
  }

  @Override
  public OptionalLong firstVersionFrom(long timestampMs) throws IOException {
    KernelSnapshot latest =
        history.latest().orElseThrow(() -> ReadErrors.gone(location(), id(), tip.version()));
    return history.firstFrom(timestampMs, latest);
  }

  @Override
  public TableState at(long version) throws IOException {
    return states.at(version);
  }

  @Override
  public FilePage files(
      long version, Predicate<String> wanted, Optional<TableFile> after, int limit)
      throws IOException {
    if (snapshot == null || snapshot.version() != version) {
      KernelSnapshot loaded = states.load(version);
      states.of(loaded);
      snapshot = new SnapshotFiles(loaded);
    }
    return snapshot.next(wanted, after, limit);
  }

  @Override
  public CommitStream commits(long from, long to) {
    return new Commits(log, states, from, to);
  }

  @Override
  public FileRows rows(TableState state, TableFile file, long fromPosition) throws IOException {
    return files.open(
        (DeltaTableState) state,
        state.version(),
        file.path(),
        (FileAction) file.action(),
        fromPosition);
  }

  @Override
  public FileRows rows(TableState state, FileChange change, long fromPosition) throws IOException {
    return files.open(
        (DeltaTableState) state,
        change.version(),
        change.path(),
        (FileAction) change.action(),
        fromPosition);
  }

  @Override
  public String toString() {
    return location();
  }
}
