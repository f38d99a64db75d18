package io.tidemark.delta.read;

import io.delta.kernel.exceptions.KernelException;
import io.delta.kernel.utils.FileStatus;
import io.tidemark.delta.kernel.Definition;
import io.tidemark.delta.kernel.KernelHistory;
import io.tidemark.delta.kernel.KernelSnapshot;
import io.tidemark.delta.kernel.TableLog;
import io.tidemark.delta.schema.TemporalMode;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The states of a table's versions. A state is made from an earlier known state by applying the
 * commits in between, which a reader of the log reads anyway. It is loaded from the log only when
 * there are too many commits in between.
 */
final class TableStates {

  /** When a state is behind by more commits, a complete load reads less. */
  private static final int MAX_COMMITS_TO_FOLLOW = 50;

  private static final int MAX_KNOWN = 100;

  private final TableLog log;
  private final KernelHistory history;
  private final ReadGate gate;
  private final TemporalMode temporal;
  private final TreeMap<Long, DeltaTableState> known = new TreeMap<>();

  TableStates(TableLog log, KernelHistory history, TemporalMode temporal) {
    this.log = log;
    this.history = history;
    this.gate = new ReadGate(log.location());
    this.temporal = temporal;
  }

  /** Forgets all states, because the location has another table now. */
  void clear() {
    known.clear();
  }

  /** The newest known state. */
  DeltaTableState newestKnown() {
    return known.lastEntry().getValue();
  }

  /** The state of a loaded version. */
  DeltaTableState of(KernelSnapshot snapshot) throws IOException {
    Definition definition = snapshot.definition();
    gate.require(definition);
    return remember(new DeltaTableState(snapshot.version(), definition, format(definition)));
  }

  /**
   * Loads a version.
   *
   * @throws MissingVersionException when the log does not reach back to the version
   */
  KernelSnapshot load(long version) throws IOException {
    try {
      return history.at(version);
    } catch (KernelException e) {
      if (history.recreatableFrom() > version) {
        throw new MissingVersionException(log.location(), version, history.earliestOrUnknown(), e);
      }
      throw log.border().refusal(e);
    }
  }

  /**
   * The state of a version.
   *
   * @throws MissingVersionException when the log does not reach back to the version
   */
  DeltaTableState at(long version) throws IOException {
    Map.Entry<Long, DeltaTableState> before = known.floorEntry(version);
    if (before == null || version - before.getKey() > MAX_COMMITS_TO_FOLLOW) {
      return loaded(version);
    }
    DeltaTableState state = before.getValue();
    while (state.version() < version) {
      Optional<FileStatus> commit = log.commit(state.version() + 1);
      if (commit.isEmpty()) {
        return loaded(version);
      }
      state = next(state, Definition.NOTHING.with(log, commit.get()));
    }
    return state;
  }

  private DeltaTableState loaded(long version) throws IOException {
    try {
      return of(load(version));
    } catch (MissingVersionException e) {
      return remember(fromLater(version, e));
    }
  }

  /**
   * The state of a commit before the first table checkpoint in the log. It is that of the
   * checkpoint, if no commit in between changes protocol or metadata.
   */
  private DeltaTableState fromLater(long version, MissingVersionException missing)
      throws IOException {
    Optional<FileStatus> commit = log.commit(version);
    if (commit.isEmpty()) {
      throw missing;
    }
    Definition own = Definition.NOTHING.with(log, commit.get());
    long first = history.recreatableFrom();
    for (long next = version + 1; next <= first; next++) {
      Optional<FileStatus> after = log.commit(next);
      if (after.isEmpty()) {
        throw missing;
      }
      Definition then = Definition.NOTHING.with(log, after.get());
      if ((!own.saysMetadata() && then.saysMetadata())
          || (!own.saysProtocol() && then.saysProtocol())) {
        throw MissingVersionException.columnsUnknown(log.location(), version, next, missing);
      }
    }
    return state(version, of(load(first)), own);
  }

  /** Applies a commit that was read, if the previous state is known. */
  void learn(long version, Definition said) throws IOException {
    gate.require(said);
    DeltaTableState before = known.get(version - 1);
    if (before != null && !known.containsKey(version)) {
      next(before, said);
    }
  }

  private DeltaTableState next(DeltaTableState before, Definition said) throws IOException {
    gate.require(said);
    return remember(state(before.version() + 1, before, said));
  }

  /** The state of a version: the other state, changed by what the commit says. */
  private DeltaTableState state(long version, DeltaTableState other, Definition said)
      throws IOException {
    return new DeltaTableState(
        version,
        other.definition().with(said),
        said.saysMetadata() ? format(said) : other.format());
  }

  private TableFormat format(Definition definition) throws IOException {
    return log.border().call(() -> TableFormat.of(log.location(), definition, temporal));
  }

  private DeltaTableState remember(DeltaTableState state) {
    known.put(state.version(), state);
    if (known.size() > MAX_KNOWN) {
      known.pollFirstEntry();
    }
    return state;
  }
}
