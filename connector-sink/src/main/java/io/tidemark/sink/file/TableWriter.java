package io.tidemark.sink.file;

import io.tidemark.common.DataFile;
import io.tidemark.common.TidemarkException;
import io.tidemark.delta.schema.ColumnType;
import io.tidemark.delta.schema.SchemaMerge;
import io.tidemark.delta.schema.TableSchema;
import io.tidemark.delta.table.Table;
import io.tidemark.delta.value.UnknownFieldException;
import io.tidemark.sink.record.RecordConverter;
import io.tidemark.sink.record.RecordOptions;
import io.tidemark.sink.record.Rejects;
import io.tidemark.sink.record.SchemaEvolution;
import io.tidemark.sink.record.WantedColumns;
import java.io.IOException;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * Writes the records of one table into the files of a segment. When records bring new columns, the
 * columns are first added to the table. Then its open files are closed, because a file has one
 * schema, and new ones are begun. Records that only lack columns share a file with all others.
 */
final class TableWriter {

  private final Table table;
  private final RecordOptions options;
  private final Rejects rejects;
  private final WantedColumns wanted;
  private final Map<List<String>, OpenFile> files = new HashMap<>();
  private RecordConverter converter;
  private FileShape shape;
  private OwnedFiles segment;
  private OpenFile lastFile;
  private Object[] lastPartition;
  private long rows;

  TableWriter(Table table, RecordOptions options, Rejects rejects) throws IOException {
    this.table = table;
    this.options = options;
    this.rejects = rejects;
    this.wanted = new WantedColumns(options);
    ColumnType.Struct filled = wanted.filled();
    boolean complete = SchemaMerge.missing(table.schema().columns(), filled).columns().isEmpty();
    if (!complete && options.evolution() == SchemaEvolution.ADD) {
      table.evolve(filled);
    }
    compile();
  }

  /** Starts a segment; the files of the last one are forgotten. */
  void begin(OwnedFiles files) {
    this.segment = files;
    this.files.clear();
    this.lastFile = null;
    this.rows = 0;
  }

  /** Writes the records of one put that are for this table and that the gate admits. */
  void write(List<SinkRecord> records, RowGate gate) throws IOException {
    for (int i = 0; i < records.size(); i++) {
      SinkRecord record = records.get(i);
      Object[] row = gate.admits(record) ? row(records, i) : null;
      if (row != null) {
        OpenFile file = file(row);
        long position = file.rows();
        segment.write(file, row);
        rows++;
        gate.written(record, file.number(), position);
      }
    }
  }

  /**
   * Copies the rows of a file of this table but some. A file that was written for other columns
   * than the table has by now is counted, and not described: its values would be taken for those of
   * the newer types.
   */
  void copy(DataFile source, BitSet dropped) throws IOException {
    if (!source.schema().equals(table.writtenSchema())) {
      table.refresh();
      reopen();
    }
    if (source.schema().equals(table.writtenSchema())) {
      segment.copy(source, dropped, table.schema().columns().columns(), table.statisticsColumns());
    } else {
      segment.copy(source, dropped, List.of(), Set.of());
    }
  }

  /** Rows since {@link #begin}. */
  long rows() {
    return rows;
  }

  /** The table's own id. */
  String tableId() throws IOException {
    return table.id();
  }

  /** The row of a record; null when there is none to write. */
  private Object[] row(List<SinkRecord> records, int index) throws IOException {
    SinkRecord record = records.get(index);
    try {
      return converter.convert(record);
    } catch (UnknownFieldException e) {
      if (!evolve(records.subList(index, records.size()))) {
        return null;
      }
    } catch (TidemarkException e) {
      rejects.reject(record, e);
      return null;
    }
    try {
      return converter.convert(record);
    } catch (UnknownFieldException e) {
      rejects.reject(record, RecordConverter.rejection(record, e));
    } catch (TidemarkException e) {
      rejects.reject(record, e);
    }
    return null;
  }

  /**
   * Evolves the table once for all new columns in the rest of the put.
   *
   * @return false when the first record was rejected instead, because the table cannot take it
   */
  private boolean evolve(List<SinkRecord> records) throws IOException {
    TableSchema before = table.schema();
    ColumnType.Struct missing;
    try {
      missing = wanted.missing(before, records, table::requireNames);
    } catch (TidemarkException e) {
      rejects.reject(records.get(0), e);
      return false;
    }
    if (missing.columns().isEmpty() || table.evolve(missing).equals(before)) {
      return true;
    }
    reopen();
    return true;
  }

  /** Begins new files, for the columns that the table has now. */
  private void reopen() throws IOException {
    for (OpenFile file : files.values()) {
      if (file.isOpen()) {
        segment.close(file);
      }
    }
    files.clear();
    lastFile = null;
    compile();
  }

  private void compile() throws IOException {
    converter = new RecordConverter(table.schema(), options);
    shape =
        new FileShape(
            table.location(), table.schema(), table.writtenSchema(), table.statisticsColumns());
  }

  private OpenFile file(Object[] row) throws IOException {
    if (lastFile == null || !lastFile.isOpen() || !shape.isSamePartition(lastPartition, row)) {
      lastPartition = shape.partition(row);
      List<String> texts = shape.texts(lastPartition);
      lastFile = files.get(texts);
      if (lastFile == null || !lastFile.isOpen()) {
        lastFile = segment.create(table.location(), shape, texts);
        files.put(texts, lastFile);
      }
    }
    return lastFile;
  }
}
