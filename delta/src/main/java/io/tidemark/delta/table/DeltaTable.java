package io.tidemark.delta.table;

import io.tidemark.common.TidemarkException;
import io.tidemark.delta.schema.ColumnType;
import io.tidemark.delta.schema.TableSchema;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** A Delta table. Calls that commit run one at a time; {@link #maintain} may run meanwhile. */
final class DeltaTable implements Table {

  private final TableHead head;

  /** The version whose schema the caller knows. */
  private volatile TableVersion known;

  DeltaTable(TableHead head, TableVersion known) {
    this.head = head;
    this.known = known;
  }

  @Override
  public String location() {
    return head.location();
  }

  @Override
  public String id() {
    return head.id();
  }

  @Override
  public TableSchema schema() {
    return known.schema();
  }

  @Override
  public String writtenSchema() {
    return known.written();
  }

  @Override
  public Optional<TidemarkException> misfit(String written) {
    return head.misfit(written);
  }

  @Override
  public synchronized TableSchema refresh() throws IOException {
    TableVersion newest = head.newest();
    head.requireWritable(newest);
    known = newest;
    return known.schema();
  }

  @Override
  public Set<List<String>> statisticsColumns() throws IOException {
    TableVersion version = known;
    return head.border().call(version::statisticsColumns);
  }

  @Override
  public void requireNames(ColumnType.Struct missing) {
    known.columnNames().require(missing);
  }

  @Override
  public synchronized TableSchema evolve(ColumnType.Struct wanted) throws IOException {
    known = new SchemaCommit(head, wanted).run();
    return known.schema();
  }

  @Override
  public synchronized OptionalLong lastTransaction(String appId) throws IOException {
    return head.newest().lastTransaction(appId);
  }

  @Override
  public synchronized Optional<CommittedBatch> lastBatch(String appId, long sinceMs)
      throws IOException {
    return head.lastBatch(appId, sinceMs);
  }

  @Override
  public synchronized OtherQueries otherQueries(String appId) throws IOException {
    return head.otherQueries(appId);
  }

  @Override
  public synchronized AppendResult append(Append append) throws IOException {
    return new AppendCommit(head, append).run();
  }

  @Override
  public synchronized Set<String> named(Set<String> paths, long sinceMs) throws IOException {
    return head.named(paths, sinceMs);
  }

  @Override
  public void maintain() throws IOException {
    head.maintain();
  }

  @Override
  public String toString() {
    return location();
  }
}
