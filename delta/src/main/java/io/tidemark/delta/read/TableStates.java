package io.tidemark.delta.read;

import io.delta.kernel.internal.SnapshotImpl;
import io.delta.kernel.internal.actions.Metadata;
import io.delta.kernel.internal.actions.Protocol;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.FileStatus;
import io.tidemark.delta.schema.TemporalMode;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The states of a table's versions. A state is followed from a known one commit by commit, which a
 * reader of the log has in hand anyway, and loaded from the log only when that is farther.
 */
final class TableStates {

  /** Behind by more commits than this, a load reads less. */
  private static final int MAX_COMMITS_TO_FOLLOW = 50;

  private static final int MAX_KNOWN = 100;

  private static final StructType METADATA =
      new StructType().add("protocol", Protocol.FULL_SCHEMA).add("metaData", Metadata.FULL_SCHEMA);

  private final TableLog log;
  private final TemporalMode temporal;
  private final TreeMap<Long, DeltaTableState> known = new TreeMap<>();

  TableStates(TableLog log, TemporalMode temporal) {
    this.log = log;
    this.temporal = temporal;
  }

  /** Forgets everything: another table stands here now. */
  void clear() {
    known.clear();
  }

  /** The state of the newest version that one is known of. */
  DeltaTableState newestKnown() {
    return known.lastEntry().getValue();
  }

  /** The state of a version that was loaded. */
  DeltaTableState of(SnapshotImpl snapshot) throws IOException {
    Protocol protocol = snapshot.getProtocol();
    log.require(protocol);
    Metadata metadata = snapshot.getMetadata();
    return remember(
        new DeltaTableState(snapshot.getVersion(), protocol, metadata, format(metadata)));
  }

  /**
   * The state as of a version.
   *
   * @throws MissingVersionException when the log does not reach back so far
   */
  DeltaTableState at(long version) throws IOException {
    Map.Entry<Long, DeltaTableState> before = known.floorEntry(version);
    if (before == null || version - before.getKey() > MAX_COMMITS_TO_FOLLOW) {
      return load(version);
    }
    DeltaTableState state = before.getValue();
    while (state.version() < version) {
      Optional<FileStatus> commit = log.commit(state.version() + 1);
      if (commit.isEmpty()) {
        return load(version);
      }
      state = follow(state, commit.get());
    }
    return state;
  }

  private DeltaTableState load(long version) throws IOException {
    try {
      return of(log.at(version));
    } catch (MissingVersionException e) {
      return remember(fromLater(version, e));
    }
  }

  /**
   * The state of a commit before the first table checkpoint that is left: that of the checkpoint,
   * as far as no commit in between says otherwise.
   */
  private DeltaTableState fromLater(long version, MissingVersionException missing)
      throws IOException {
    Optional<FileStatus> commit = log.commit(version);
    if (commit.isEmpty()) {
      throw missing;
    }
    Told own = told(commit.get());
    long first = log.recreatableFrom();
    for (long next = version + 1; next <= first; next++) {
      Optional<FileStatus> after = log.commit(next);
      if (after.isEmpty()) {
        throw missing;
      }
      Told then = told(after.get());
      if ((own.metadata().isEmpty() && then.metadata().isPresent())
          || (own.protocol().isEmpty() && then.protocol().isPresent())) {
        throw MissingVersionException.untold(log.location(), version, next, missing);
      }
    }
    DeltaTableState later = of(log.at(first));
    return new DeltaTableState(
        version,
        own.protocol().orElse(later.protocol()),
        own.metadata().orElse(later.metadata()),
        format(own.metadata(), later));
  }

  /** What a commit says of protocol and metadata. */
  private record Told(Optional<Protocol> protocol, Optional<Metadata> metadata) {}

  /** Takes up what a commit says, when the state before it is known. */
  void learn(long version, Optional<Protocol> protocol, Optional<Metadata> metadata)
      throws IOException {
    DeltaTableState before = known.get(version - 1);
    if (before != null && !known.containsKey(version)) {
      next(before, protocol, metadata);
    }
  }

  private DeltaTableState follow(DeltaTableState before, FileStatus commit) throws IOException {
    Told told = told(commit);
    return next(before, told.protocol(), told.metadata());
  }

  private Told told(FileStatus commit) throws IOException {
    AtomicReference<Protocol> protocol = new AtomicReference<>();
    AtomicReference<Metadata> metadata = new AtomicReference<>();
    log.read(
        commit,
        METADATA,
        action -> {
          if (!action.isNullAt(0)) {
            protocol.set(Protocol.fromRow(action.getStruct(0)));
          }
          if (!action.isNullAt(1)) {
            metadata.set(Metadata.fromRow(action.getStruct(1)));
          }
        });
    return new Told(Optional.ofNullable(protocol.get()), Optional.ofNullable(metadata.get()));
  }

  private DeltaTableState next(
      DeltaTableState before, Optional<Protocol> protocol, Optional<Metadata> metadata)
      throws IOException {
    protocol.ifPresent(log::require);
    return remember(
        new DeltaTableState(
            before.version() + 1,
            protocol.orElse(before.protocol()),
            metadata.orElse(before.metadata()),
            format(metadata, before)));
  }

  private TableFormat format(Metadata metadata) throws IOException {
    return log.border().call(() -> TableFormat.of(log.location(), metadata, temporal));
  }

  private TableFormat format(Optional<Metadata> told, DeltaTableState otherwise)
      throws IOException {
    return told.isPresent() ? format(told.get()) : otherwise.format();
  }

  private DeltaTableState remember(DeltaTableState state) {
    known.put(state.version(), state);
    if (known.size() > MAX_KNOWN) {
      known.pollFirstEntry();
    }
    return state;
  }
}
