package io.tidemark.sink.fake;

import io.tidemark.common.DataFile;
import io.tidemark.common.TidemarkException;
import io.tidemark.delta.schema.ColumnType;
import io.tidemark.delta.schema.TableSchema;
import io.tidemark.delta.table.Append;
import io.tidemark.delta.table.AppendResult;
import io.tidemark.delta.table.CommittedBatch;
import io.tidemark.delta.table.OtherQueries;
import io.tidemark.delta.table.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** A table in memory that keeps its versions. */
public final class MemoryTable implements Table {

  private final String location;
  private final String id;
  private final Faults faults;

  /** Ids of queries whose batches have left the log. */
  public final SortedSet<String> gone = new TreeSet<>();

  private final List<Append> versions = new ArrayList<>();
  private String schema = "columns";
  private int dropped;

  MemoryTable(String location, String id, Faults faults) {
    this.location = location;
    this.id = id;
    this.faults = faults;
  }

  @Override
  public String location() {
    return location;
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public OptionalLong lastTransaction(String appId) {
    return versions.subList(Math.min(dropped, versions.size()), versions.size()).stream()
        .filter(version -> version.appId().equals(appId))
        .mapToLong(Append::batch)
        .max();
  }

  /** A table checkpoint drops all transactions; the commits keep theirs. */
  public void dropTransactions() {
    dropped = versions.size();
  }

  @Override
  public Optional<CommittedBatch> lastBatch(String appId, long sinceMs) {
    for (int version = versions.size() - 1; version >= 0; version--) {
      if (versions.get(version).appId().equals(appId)) {
        return Optional.of(CommittedBatch.of(versions.get(version), version, 0));
      }
    }
    return Optional.empty();
  }

  @Override
  public OtherQueries otherQueries(String appId) {
    Map<String, CommittedBatch> newest = new LinkedHashMap<>();
    for (int version = versions.size() - 1; version >= 0; version--) {
      CommittedBatch batch = CommittedBatch.of(versions.get(version), version, 0);
      if (!batch.queryId().equals(appId)) {
        newest.putIfAbsent(batch.queryId(), batch);
      }
    }
    return new OtherQueries(List.copyOf(newest.values()), gone);
  }

  @Override
  public AppendResult append(Append append) throws IOException {
    return faults.around(
        "append " + location,
        () -> {
          OptionalLong last = lastTransaction(append.appId());
          Optional<CommittedBatch> found = lastBatch(append.appId());
          boolean searches = append.searchedFromMs().isPresent() || !last.equals(append.expected());
          if (searches && last.isEmpty() && found.isPresent()) {
            last = OptionalLong.of(found.get().batch());
          }
          if (!last.equals(append.expected())) {
            return new AppendResult.Unexpected(last, found, true);
          }
          for (DataFile file : append.files()) {
            if (misfit(file.schema()).isPresent()) {
              return new AppendResult.Unfit(misfit(file.schema()).get());
            }
          }
          versions.add(append);
          return new AppendResult.Committed(versions.size());
        });
  }

  @Override
  public Set<String> named(Set<String> paths, long sinceMs) {
    Set<String> named = new HashSet<>(paths);
    named.retainAll(files().stream().map(DataFile::path).toList());
    return named;
  }

  @Override
  public void maintain() {}

  @Override
  public TableSchema schema() {
    return new TableSchema(new ColumnType.Struct(List.of()), List.of());
  }

  @Override
  public String writtenSchema() {
    return schema;
  }

  @Override
  public Optional<TidemarkException> misfit(String written) {
    return written.isEmpty() || written.equals(schema)
        ? Optional.empty()
        : Optional.of(new TidemarkException("TM-222", "Column x was dropped.", null));
  }

  /** Another writer changes the columns: files for any other schema do not fit any more. */
  public void change(String newSchema) {
    schema = newSchema;
  }

  @Override
  public TableSchema refresh() {
    return schema();
  }

  @Override
  public void requireNames(ColumnType.Struct missing) {
    // Any name will do.
  }

  @Override
  public TableSchema evolve(ColumnType.Struct wanted) {
    return schema();
  }

  /** One append per version, oldest first. */
  public List<Append> versions() {
    return versions;
  }

  /** The files of all versions. */
  public List<DataFile> files() {
    return versions.stream().flatMap(version -> version.files().stream()).toList();
  }
}
