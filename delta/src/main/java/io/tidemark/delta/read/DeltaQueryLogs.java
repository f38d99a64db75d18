package io.tidemark.delta.read;

import io.delta.kernel.engine.Engine;
import io.delta.kernel.utils.FileStatus;
import io.tidemark.delta.kernel.KernelHistory;
import io.tidemark.delta.kernel.KernelSnapshot;
import io.tidemark.delta.kernel.QuietEngine;
import io.tidemark.delta.kernel.TableLog;
import io.tidemark.delta.table.CommittedBatch;
import io.tidemark.delta.table.CommittedBatches;
import io.tidemark.storage.HadoopFileSystems;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;

/** The logs of tables on the file systems of Hadoop, read with Delta Kernel. */
public final class DeltaQueryLogs implements QueryLogs {

  private final Engine engine;

  /** Tables on these file systems. */
  public DeltaQueryLogs(HadoopFileSystems fileSystems) {
    this.engine = new QuietEngine(fileSystems);
  }

  @Override
  public Optional<QueryLog> open(String location) throws IOException {
    TableLog log = new TableLog(engine, location, ReadErrors.REFUSALS);
    KernelHistory history = new KernelHistory(log);
    return history.latest().map(latest -> new KernelLog(log, history, latest));
  }

  private record KernelLog(TableLog log, KernelHistory history, KernelSnapshot latest)
      implements QueryLog {

    @Override
    public String location() {
      return log.location();
    }

    @Override
    public String tableId() {
      return latest.definition().tableId();
    }

    @Override
    public List<String> columns() throws IOException {
      return log.border().call(() -> latest.definition().schema().fieldNames());
    }

    @Override
    public long newest() {
      return latest.version();
    }

    @Override
    public long earliestCommit() throws IOException {
      return history.earliestCommit();
    }

    @Override
    public OptionalLong lastBatch(String queryId) throws IOException {
      return latest.lastTransaction(queryId);
    }

    @Override
    public Optional<CommittedBatch> batch(long version, String queryId) throws IOException {
      return read(version, queryId::equals);
    }

    @Override
    public Optional<CommittedBatch> batch(long version) throws IOException {
      return read(version, any -> true);
    }

    private Optional<CommittedBatch> read(long version, Predicate<String> wanted)
        throws IOException {
      Optional<FileStatus> commit = log.commit(version);
      return commit.isEmpty()
          ? Optional.empty()
          : CommittedBatches.read(log, commit.get(), version, wanted);
    }
  }
}
