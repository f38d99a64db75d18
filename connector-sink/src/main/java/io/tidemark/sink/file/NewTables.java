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
 * Tables of which a new one is made only where nothing says that it is a mistake: not where batches
 * of the connector have gone to one, and not among files of others, which VACUUM would delete.
 */
public final class NewTables implements Tables {

  private final Tables tables;
  private final Known known;
  private final DataFileStore store;
  private final boolean amongFiles;

  /** What the checkpoint location says of a place. */
  @FunctionalInterface
  public interface Known {

    /** Fails when batches have gone to a table there. */
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
      // Unless another task has created the table and begun to write meanwhile.
      return tables.open(location).orElseThrow(() -> PlaceErrors.taken(location, file.get()));
    }
    return tables.create(location, schema, properties);
  }

  /** Something that Delta would take for data. */
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
