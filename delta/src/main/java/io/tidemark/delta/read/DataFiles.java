package io.tidemark.delta.read;

import io.tidemark.delta.kernel.DeletedRows;
import io.tidemark.delta.kernel.DeletionVector;
import io.tidemark.delta.kernel.KernelBorder;
import io.tidemark.delta.kernel.TableLog;
import io.tidemark.delta.parquet.ParquetRows;
import io.tidemark.delta.parquet.RowColumns;
import io.tidemark.delta.parquet.StoredInput;
import io.tidemark.delta.schema.Column;
import io.tidemark.storage.HadoopFileSystems;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.kafka.connect.data.Schema;
import org.apache.parquet.HadoopReadOptions;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.io.InputFile;

/** Opens the files of a table. */
final class DataFiles {

  private final HadoopFileSystems fileSystems;
  private final TableLog log;

  DataFiles(HadoopFileSystems fileSystems, TableLog log) {
    this.fileSystems = fileSystems;
    this.log = log;
  }

  /** The rows of a file that an action selects. */
  FileRows open(
      DeltaTableState state, long version, String path, FileAction action, long fromPosition)
      throws IOException {
    CheckedRows.Place place = new CheckedRows.Place(log.location(), version, path);
    return new CheckedRows(
        place.run(() -> rows(state.format(), version, path, action, fromPosition)), place);
  }

  private FileRows rows(
      TableFormat format, long version, String path, FileAction action, long fromPosition)
      throws IOException {
    if (action.partition() == null && !format.partitionColumns().isEmpty()) {
      throw ReadErrors.untoldPartition(log.location(), version, path);
    }
    return switch (action.rows()) {
      case PRESENT -> all(ChangeType.INSERT, format, version, path, action, fromPosition);
      case REMOVED -> all(ChangeType.DELETE, format, version, path, action, fromPosition);
      case FEED_GONE, FEED_THERE ->
          new ChangeFileRows(
              parquet(format, path, action, ChangeFileRows.COLUMN),
              action.rows() == FileAction.Rows.FEED_GONE,
              fromPosition);
      case NEWLY_DELETED -> {
        DeletedRows before = deleted(version, path, action.before());
        long[] positions = deleted(version, path, action.deleted()).without(before);
        yield picked(positions, ChangeType.DELETE, format, path, action, fromPosition);
      }
      case RESTORED -> {
        DeletedRows now = deleted(version, path, action.deleted());
        long[] positions = deleted(version, path, action.before()).without(now);
        yield picked(positions, ChangeType.INSERT, format, path, action, fromPosition);
      }
    };
  }

  private FileRows all(
      ChangeType type,
      TableFormat format,
      long version,
      String path,
      FileAction action,
      long fromPosition)
      throws IOException {
    DeletedRows deleted = deleted(version, path, action.deleted());
    return new PresentRows(parquet(format, path, action, null), deleted, type, fromPosition);
  }

  private DeletedRows deleted(long version, String path, DeletionVector vector) throws IOException {
    KernelBorder border = new KernelBorder(log.location(), ReadErrors.ofFile(version, path));
    return DeletedRows.load(border, log, vector);
  }

  private FileRows picked(
      long[] positions,
      ChangeType type,
      TableFormat format,
      String path,
      FileAction action,
      long fromPosition)
      throws IOException {
    return positions.length == 0
        ? new NoRows()
        : new PickedRows(parquet(format, path, action, null), positions, type, fromPosition);
  }

  private ParquetRows parquet(TableFormat format, String path, FileAction action, String tag)
      throws IOException {
    RowColumns columns =
        new RowColumns(format.fileColumns(), format.rowSchema(), constants(format, action), tag);
    ParquetReadOptions options =
        HadoopReadOptions.builder(fileSystems.configuration())
            .usePageChecksumVerification(true)
            .build();
    return new ParquetRows(input(log.resolve(path), action.bytes()), options, columns);
  }

  /** The values of partition columns, which the log has instead of the file. */
  private static Map<Integer, Object> constants(TableFormat format, FileAction action) {
    Map<Integer, Object> constants = new TreeMap<>();
    if (action.partition() == null) {
      return constants;
    }
    List<Column> columns = format.fileColumns().columns();
    for (int i = 0; i < columns.size(); i++) {
      String name = columns.get(i).physicalName();
      if (action.partition().containsKey(name)) {
        Schema schema = format.rowSchema().fields().get(i).schema();
        constants.put(i, PartitionValues.of(columns.get(i), schema, action.partition().get(name)));
      }
    }
    return constants;
  }

  /** Does not look up the size of the file when the log has it. */
  private InputFile input(String file, long bytes) throws IOException {
    Path path = new Path(file);
    FileSystem fileSystem = fileSystems.of(path);
    return new StoredInput(
        fileSystems, path, bytes > 0 ? bytes : fileSystem.getFileStatus(path).getLen());
  }
}
