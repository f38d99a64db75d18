package io.tidemark.simulation;

import io.tidemark.common.DataFile;
import io.tidemark.common.TidemarkException;
import io.tidemark.delta.schema.ColumnType;
import io.tidemark.delta.schema.TableSchema;
import io.tidemark.delta.table.Append;
import io.tidemark.delta.table.AppendResult;
import io.tidemark.delta.table.CommittedBatch;
import io.tidemark.delta.table.OtherQueries;
import io.tidemark.delta.table.Table;
import io.tidemark.delta.table.Tables;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/** The tables as one actor reaches them: optimistic, with a look at the log before each attempt. */
final class SimulatedTables implements Tables {

  private final Io io;
  private final World world;
  private final Lakehouse lakehouse;

  SimulatedTables(Io io, World world) {
    this.io = io;
    this.world = world;
    this.lakehouse = world.lakehouse;
  }

  @Override
  public Optional<Table> open(String location) throws IOException {
    return io.run(
        () -> "open " + location,
        () ->
            Optional.ofNullable(lakehouse.table(location))
                .map(table -> new Handle(location, table)));
  }

  @Override
  public void requireNames(
      String location, ColumnType.Struct columns, Map<String, String> properties) {
    // Any name will do.
  }

  @Override
  public Table create(String location, TableSchema schema, Map<String, String> properties) {
    throw new UnsupportedOperationException("simulated tables are there from the start");
  }

  /**
   * What an attempt to commit rests on.
   *
   * @param version the number of the version to create
   * @param restorations how often the table was put back until then
   */
  private record Base(int version, int restorations) {}

  private final class Handle implements Table {

    private final String location;
    private final TableVersions table;

    /** Of the newest version that was seen. */
    private String columns;

    Handle(String location, TableVersions table) {
      this.location = location;
      this.table = table;
      this.columns = table.columns();
    }

    @Override
    public String toString() {
      return location();
    }

    @Override
    public String location() {
      return location;
    }

    @Override
    public String id() {
      return table.id();
    }

    @Override
    public OptionalLong lastTransaction(String appId) throws IOException {
      return io.run(
          () -> "read txn of " + location(),
          () -> {
            columns = table.columns();
            return table.transaction(appId);
          });
    }

    @Override
    public Optional<CommittedBatch> lastBatch(String appId, long sinceMs) throws IOException {
      return io.run(() -> "read last batch of " + location(), () -> table.lastBatch(appId));
    }

    @Override
    public OtherQueries otherQueries(String appId) {
      return OtherQueries.NONE;
    }

    @Override
    public AppendResult append(Append append) throws IOException {
      Base base = io.run(() -> "read version of " + location(), this::base);
      while (true) {
        OptionalLong last = lastTransaction(append.appId());
        boolean searches =
            last.isEmpty()
                && (append.expected().isPresent() || append.searchedFromMs().isPresent());
        Optional<CommittedBatch> found =
            searches || !last.equals(append.expected())
                ? lastBatch(append.appId())
                : Optional.empty();
        OptionalLong newest = found.isPresent() ? OptionalLong.of(found.get().batch()) : last;
        if (!newest.equals(append.expected())) {
          return new AppendResult.Unexpected(newest, found, true);
        }
        for (DataFile file : append.files()) {
          if (misfit(file.schema()).isPresent()) {
            return new AppendResult.Unfit(misfit(file.schema()).get());
          }
        }
        Base sent = base;
        Set<String> seen = seen(append);
        Base taken =
            io.request(
                () -> "commit batch %d to %s".formatted(append.batch(), location()),
                () -> commit(sent, append, seen));
        if (taken.equals(base)) {
          return new AppendResult.Committed(base.version());
        }
        base = taken;
      }
    }

    private Base base() {
      return new Base(table.size(), table.restorations());
    }

    /**
     * Creates the version after the base, or returns a newer base.
     *
     * @throws IOException when the schema was changed, or when the versions up to the base are
     *     gone. A real log would get a hole, which no reader takes, and an operator would remove
     *     the version after it.
     */
    private Base commit(Base base, Append append, Set<String> seen) throws IOException {
      if (table.restorations() != base.restorations()) {
        throw new IOException("version %d of %s is gone".formatted(base.version(), location()));
      }
      if (table.size() > base.version()) {
        if (table.schemaChangedSince(base.version())) {
          throw new IOException("the schema of " + location() + " changed");
        }
        return base();
      }
      lakehouse.commit(table, new TableVersions.Version.Ours(append), file -> missing(file, seen));
      return base;
    }

    /** The files that this driver has seen when it sends its request, which may land late. */
    private Set<String> seen(Append append) {
      return append.files().stream()
          .map(DataFile::path)
          .filter(path -> world.folder.isSeen(path, io.actor().name()))
          .collect(Collectors.toSet());
    }

    /** A file that was lost after this driver had seen it, while its request was on its way. */
    private List<String> missing(DataFile file, Set<String> seen) {
      List<String> records =
          world
              .folder
              .lost(file.path())
              .filter(lost -> seen.contains(file.path()))
              .orElseThrow(() -> new Violation("J: " + file.path() + " is committed, and is gone"));
      world.mishaps.excuse(records);
      return List.of();
    }

    @Override
    public Set<String> named(Set<String> paths, long sinceMs) throws IOException {
      return io.run(() -> "read names of files in " + location(), () -> table.named(paths));
    }

    @Override
    public void maintain() throws IOException {
      io.run(() -> "maintain " + location(), () -> "");
    }

    @Override
    public TableSchema schema() {
      return new TableSchema(new ColumnType.Struct(List.of()), List.of());
    }

    @Override
    public String writtenSchema() {
      return columns;
    }

    @Override
    public Optional<TidemarkException> misfit(String written) {
      return written.equals(columns)
          ? Optional.empty()
          : Optional.of(new TidemarkException("TM-222", "The columns were changed.", null));
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
  }
}
