package io.tidemark.delta.table;

import io.delta.kernel.TableManager;
import io.delta.kernel.Transaction;
import io.delta.kernel.TransactionCommitResult;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.exceptions.CommitStateUnknownException;
import io.delta.kernel.exceptions.ConcurrentWriteException;
import io.delta.kernel.exceptions.KernelException;
import io.delta.kernel.exceptions.TableAlreadyExistsException;
import io.delta.kernel.exceptions.UnknownConfigurationException;
import io.delta.kernel.expressions.Column;
import io.delta.kernel.transaction.CreateTableTransactionBuilder;
import io.delta.kernel.transaction.DataLayoutSpec;
import io.tidemark.common.TidemarkException;
import io.tidemark.delta.kernel.CommitInfoCommitter;
import io.tidemark.delta.kernel.KernelBorder;
import io.tidemark.delta.kernel.KernelCommits;
import io.tidemark.delta.kernel.QuietEngine;
import io.tidemark.delta.kernel.TableLog;
import io.tidemark.delta.schema.ColumnType;
import io.tidemark.delta.schema.TableSchema;
import io.tidemark.storage.HadoopFileSystems;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * Delta tables on the file systems of Hadoop, read and written with Delta Kernel. This class and
 * its tables are thread-safe.
 */
public final class DeltaTables implements Tables {

  private final Engine engine;
  private final String engineInfo;

  /**
   * Tables on these file systems.
   *
   * @param engineInfo name and version of the writer, such as {@code Tidemark/0.1.0}; every commit
   *     has it in {@code engineInfo} after Kernel's own name
   */
  public DeltaTables(HadoopFileSystems fileSystems, String engineInfo) {
    this.engine = new QuietEngine(fileSystems);
    this.engineInfo = engineInfo;
  }

  /**
   * {@inheritDoc}
   *
   * @throws TidemarkException when this release cannot read or write the table (TM-2nn)
   */
  @Override
  public Optional<Table> open(String location) throws IOException {
    TableLoader loader = loader(location);
    return loader.load().map(version -> table(loader, version));
  }

  @Override
  public void requireNames(
      String location, ColumnType.Struct columns, Map<String, String> properties) {
    ColumnNames.of(location, properties).require(columns);
  }

  /**
   * {@inheritDoc}
   *
   * @throws TidemarkException when Delta does not accept the schema or a property, or when this
   *     release could not write to such a table (TM-2nn)
   */
  @Override
  public Table create(String location, TableSchema schema, Map<String, String> properties)
      throws IOException {
    requireNames(location, schema.columns(), properties);
    TableLoader loader = loader(location);
    Optional<TableVersion> created;
    try {
      created = loader.first(commitFirst(loader.log().border(), schema, properties));
    } catch (TableAlreadyExistsException
        | ConcurrentWriteException
        | CommitStateUnknownException anotherWasFirst) {
      created = loader.load();
    } catch (KernelException | IllegalArgumentException e) {
      throw TableErrors.createRefused(location, e);
    }
    return created
        .map(version -> table(loader, version))
        .orElseThrow(() -> new IOException("Table " + location + " was created, but it is gone"));
  }

  private TransactionCommitResult commitFirst(
      KernelBorder border, TableSchema schema, Map<String, String> properties) throws IOException {
    return border.call(
        () -> creation(border.location(), schema, properties).commit(engine, KernelCommits.none()),
        KernelException.class,
        CommitStateUnknownException.class,
        IllegalArgumentException.class);
  }

  private Transaction creation(
      String location, TableSchema schema, Map<String, String> properties) {
    CreateTableTransactionBuilder builder =
        TableManager.buildCreateTableTransaction(
            location, KernelSchemas.toKernel(schema.columns()), engineInfo);
    Transaction transaction =
        withProperties(builder, location, properties)
            .withDataLayoutSpec(layout(schema))
            .withCommitter(CommitInfoCommitter.INSTANCE)
            .build(engine);
    new WriteGate(location)
        .require(
            KernelCommits.writerFeatures(transaction), properties, transaction.getSchema(engine));
    return transaction;
  }

  /** Sets the properties one by one, so that an error can name the property. */
  private static CreateTableTransactionBuilder withProperties(
      CreateTableTransactionBuilder builder, String location, Map<String, String> properties) {
    properties.forEach(
        (key, value) -> {
          try {
            builder.withTableProperties(Map.of(key, value));
          } catch (UnknownConfigurationException e) {
            throw TableErrors.unknownProperty(location, key, e);
          } catch (KernelException | IllegalArgumentException e) {
            throw TableErrors.invalidProperty(location, key, e);
          }
        });
    return builder;
  }

  private static DataLayoutSpec layout(TableSchema schema) {
    return schema.partitionColumns().isEmpty()
        ? DataLayoutSpec.noDataLayout()
        : DataLayoutSpec.partitioned(schema.partitionColumns().stream().map(Column::new).toList());
  }

  private TableLoader loader(String location) throws IOException {
    return new TableLoader(new TableLog(engine, location, TableErrors.REFUSALS), engineInfo);
  }

  private static Table table(TableLoader loader, TableVersion version) {
    TableHead head = new TableHead(loader, version);
    head.requireWritable(version);
    return new DeltaTable(head, version);
  }
}
