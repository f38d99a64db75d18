package io.tidemark.sink.file;

import io.tidemark.delta.schema.ColumnType;
import io.tidemark.delta.schema.TableSchema;
import io.tidemark.delta.table.Table;
import io.tidemark.delta.table.Tables;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * Creates a table only where that cannot be a mistake: not where batches of the connector were
 * committed to a table, and not among other files, which VACUUM would delete.
 */
public final class NewTables implements Tables {

  private final Tables tables;
  private final Known known;
  private final DataFileStore store;
  private final boolean amongFiles;

  /** Checks a location against the checkpoint location. */
  @FunctionalInterface
  public interface Known {

    /** Fails when batches were committed to a table there. */
    void requireNew(String location) throws IOException;
  }

  /**
   * @param known that batches have gone to
   * @param amongFiles {@code table.create.among.files}
   */
  public NewTables(Tables tables, Known known, DataFileStore store, boolean amongFiles) {
    this.tables = tables;
    this.known = known;
    this.store = store;
    this.amongFiles = amongFiles;
  }

  @Override
  public Optional<Table> open(String location) throws IOException {
    return tables.open(location);
  }

  @Override
  public void requireNames(
      String location, ColumnType.Struct columns, Map<String, String> properties) {
    tables.requireNames(location, columns, properties);
  }

  @Override
  public Table create(String location, TableSchema schema, Map<String, String> properties)
      throws IOException {
    known.requireNew(location);
    Optional<String> file = amongFiles ? Optional.empty() : file(location);
    if (file.isPresent()) {
      // Another task may have created the table and begun to write meanwhile.
      return tables.open(location).orElseThrow(() -> PlaceErrors.taken(location, file.get()));
    }
    return tables.create(location, schema, properties);
  }

  /** A file that Delta would treat as data; empty when there is none. */
  private Optional<String> file(String location) throws IOException {
    Path path = new Path(location);
    try {
      return Arrays.stream(store.fileSystem(path).listStatus(path))
          .map(FileStatus::getPath)
          .map(Path::getName)
          .filter(name -> !name.startsWith("_") && !name.startsWith("."))
          .sorted()
          .findFirst();
    } catch (FileNotFoundException nothing) {
      return Optional.empty();
    }
  }
}
