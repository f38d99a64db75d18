package io.tidemark.stores;

import io.tidemark.cluster.JavaCommand;
import io.tidemark.cluster.JavaProcess;
import io.tidemark.common.DataFile;
import io.tidemark.delta.schema.Column;
import io.tidemark.delta.schema.ColumnType;
import io.tidemark.delta.schema.ColumnType.Primitive;
import io.tidemark.delta.schema.TableSchema;
import io.tidemark.delta.table.Append;
import io.tidemark.delta.table.AppendResult;
import io.tidemark.delta.table.DeltaTables;
import io.tidemark.delta.table.Table;
import io.tidemark.storage.HadoopFileSystems;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A process that commits batches to a table, one after the other, as a query. */
public final class TableWriter {

  private static final int MAX_TRIES = 20;

  private TableWriter() {}

  static JavaProcess start(Path properties, String location, String query, int batches) {
    return JavaProcess.start(
        JavaCommand.of(
                "writer " + query,
                TableWriter.class.getName(),
                System.getProperty("java.class.path"),
                properties.resolveSibling("writer-" + query + ".log"))
            .jvm("-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
            .args(properties.toString(), location, query, Integer.toString(batches)));
  }

  /**
   * The process.
   *
   * @param args Hadoop's properties, the table, the query, how many batches
   */
  public static void main(String[] args) throws IOException {
    try (HadoopFileSystems fileSystems = new HadoopFileSystems(Contestant.read(Path.of(args[0])))) {
      Table table = open(fileSystems, args[1]);
      for (int batch = 0; batch < Integer.parseInt(args[3]); batch++) {
        commit(table, args[2], batch);
      }
    }
  }

  /** Creates the table, unless another writer has done so. */
  static Table open(HadoopFileSystems fileSystems, String location) throws IOException {
    Column id = new Column("id", Primitive.LONG, true);
    TableSchema schema = new TableSchema(new ColumnType.Struct(List.of(id)), List.of());
    return new DeltaTables(fileSystems, "Tidemark/test").create(location, schema, Map.of());
  }

  /** Tries again when the outcome is unknown, as a driver does. */
  static void commit(Table table, String query, int batch) throws IOException {
    Append append = new Append(query, batch, List.of(file(table, query, batch)), Map.of());
    for (int tries = 1; ; tries++) {
      try {
        AppendResult result = table.append(append);
        if (!(result instanceof AppendResult.Committed)) {
          throw new IllegalStateException("batch " + batch + " of " + query + ": " + result);
        }
        return;
      } catch (IOException e) {
        if (tries == MAX_TRIES) {
          throw e;
        }
      }
    }
  }

  /** An entry for the log; nobody reads the file. */
  private static DataFile file(Table table, String query, int batch) {
    return new DataFile(
        table.location(),
        query + "-" + batch + ".parquet",
        Map.of(),
        100,
        1_700_000_000_000L,
        3,
        "{\"numRecords\":3}",
        table.writtenSchema());
  }
}
