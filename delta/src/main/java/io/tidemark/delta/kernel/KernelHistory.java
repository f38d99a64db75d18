package io.tidemark.delta.kernel;

import io.delta.kernel.TableManager;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.exceptions.KernelException;
import io.delta.kernel.exceptions.TableNotFoundException;
import io.delta.kernel.internal.DeltaHistoryManager;
import io.delta.kernel.internal.SnapshotImpl;
import io.tidemark.common.TidemarkException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The versions of a table that Kernel loads from the log, and the earliest of them. */
public final class KernelHistory {

  private final TableLog log;
  private final KernelBorder border;
  private final Engine engine;

  /** The history of one table, read from its log. */
  public KernelHistory(TableLog log) {
    this.log = log;
    this.border = log.border();
    this.engine = log.engine();
  }

  /** The earliest version whose commit is in the log. */
  public long earliestCommit() throws IOException {
    return border.call(
        () -> DeltaHistoryManager.getEarliestDeltaFile(engine, log.directory(), Optional.empty()));
  }

  /** The same, for messages; -1 when there is none. */
  public long earliestOrUnknown() throws IOException {
    try {
      return earliestCommit();
    } catch (TidemarkException e) {
      return -1;
    }
  }

  /** The first version that can be loaded: that of a table checkpoint, or version 0. */
  public long recreatableFrom() throws IOException {
    return border.call(
        () ->
            DeltaHistoryManager.getEarliestRecreatableCommit(
                engine, log.directory(), Optional.empty()));
  }

  /** The newest version; empty when there is no table. */
  public Optional<KernelSnapshot> latest() throws IOException {
    // When there is no table, Kernel writes log lines at each call.
    if (log.file(log.directory().toString()).isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(load(Optional.empty(), TableNotFoundException.class));
    } catch (TableNotFoundException e) {
      return Optional.empty();
    }
  }

  /**
   * Loads a version.
   *
   * @throws KernelException when Kernel cannot load it, or finds the log damaged
   */
  public KernelSnapshot at(long version) throws IOException {
    return load(Optional.of(version), KernelException.class);
  }

  /** The first version committed at or after a time; empty when the newest one is older. */
  public OptionalLong firstFrom(long timestampMs, KernelSnapshot newest) throws IOException {
    try {
      return OptionalLong.of(
          border.call(
              () ->
                  DeltaHistoryManager.getVersionAtOrAfterTimestamp(
                      engine, log.directory(), timestampMs, newest.kernel(), List.of()),
              KernelException.class));
    } catch (KernelException e) {
      if (border.call(() -> newest.kernel().getTimestamp(engine)) < timestampMs) {
        return OptionalLong.empty();
      }
      throw border.refusal(e);
    }
  }

  private KernelSnapshot load(Optional<Long> version, Class<? extends KernelException> decision)
      throws IOException {
    return border.call(
        () -> {
          var builder = TableManager.loadSnapshot(log.location());
          version.ifPresent(builder::atVersion);
          return new KernelSnapshot(log, (SnapshotImpl) builder.build(engine));
        },
        decision);
  }
}
