package io.tidemark.delta.table;

import io.tidemark.delta.schema.ColumnType;
import io.tidemark.delta.schema.TableSchema;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;

/** A Delta table. Calls that commit wait for each other; {@link #maintain} runs beside them. */
final class DeltaTable implements Table {

  private final TableHead head;
  private volatile TableSchema schema;

  DeltaTable(TableHead head, TableSchema schema) {
    this.head = head;
    this.schema = schema;
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
    return schema;
  }

  @Override
  public synchronized TableSchema refresh() throws IOException {
    TableVersion newest = head.newest();
    head.requireWritable(newest);
    schema = newest.schema();
    return schema;
  }

  @Override
  public synchronized TableSchema evolve(ColumnType.Struct wanted) throws IOException {
    schema = new SchemaCommit(head, wanted).run().schema();
    return schema;
  }

  @Override
  public synchronized OptionalLong lastTransaction(String appId) throws IOException {
    return head.lastTransaction(head.newest(), appId);
  }

  @Override
  public synchronized Optional<CommittedBatch> lastBatch(String appId) throws IOException {
    return head.lastBatch(appId);
  }

  @Override
  public synchronized OtherQueries otherQueries(String appId) throws IOException {
    return head.otherQueries(appId);
  }

  @Override
  public synchronized AppendResult append(Append append) throws IOException {
    return new AppendCommit(head, append, schema).run();
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
