package io.tidemark.sink.file;

import io.tidemark.common.DataFile;
import io.tidemark.common.TidemarkException;
import io.tidemark.delta.table.Table;
import io.tidemark.delta.table.Tables;
import io.tidemark.sink.record.RecordOptions;
import io.tidemark.sink.record.Rejects;
import io.tidemark.sink.record.TableRouter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.sink.SinkRecord;

/** Writes records into Parquet files of their tables; tables stay open while nothing is dropped. */
public final class ParquetRecordWriter implements RecordWriter {

  private final DataFileStore store;
  private final TableRouter router;
  private final TableOpening opening;
  private final RecordOptions recordOptions;
  private final FileOptions fileOptions;
  private final Rejects rejects;
  private final Map<String, TableWriter> writers = new LinkedHashMap<>();
  private OwnedFiles files;

  /**
   * Fails if the codec does not work in this process.
   *
   * @param store has the file systems of the tables
   */
  public ParquetRecordWriter(
      DataFileStore store,
      Tables tables,
      TableRouter router,
      TableOptions tableOptions,
      RecordOptions recordOptions,
      FileOptions fileOptions,
      Rejects rejects) {
    this.store = store;
    this.router = router;
    this.opening = new TableOpening(tables, tableOptions, recordOptions);
    this.recordOptions = recordOptions;
    this.fileOptions = fileOptions;
    this.rejects = rejects;
    Codecs.requireUsable(fileOptions.codec());
  }

  @Override
  public void begin(FileOwner owner) {
    files = new OwnedFiles(store, fileOptions, owner);
    writers.values().forEach(writer -> writer.begin(files));
  }

  @Override
  public void write(Collection<SinkRecord> records, RowGate gate) throws IOException {
    for (Map.Entry<String, List<SinkRecord>> table : byTable(records).entrySet()) {
      Optional<TableWriter> writer = writer(table.getKey(), table.getValue());
      if (writer.isPresent()) {
        writer.get().write(table.getValue(), gate);
      }
    }
  }

  @Override
  public void copy(DataFile source, BitSet dropped) throws IOException {
    writer(source.table(), List.of())
        .orElseThrow(() -> new IOException(source.table() + ", which has rows to drop, is gone"))
        .copy(source, dropped);
  }

  @Override
  public List<DataFile> finish() throws IOException {
    return files.finish();
  }

  @Override
  public void abort() {
    if (files != null) {
      files.abort();
    }
    // Tables are opened again, because their columns may have changed.
    writers.clear();
  }

  @Override
  public long rows() {
    return files.rows();
  }

  @Override
  public long bytes() {
    return files.bytes();
  }

  @Override
  public int openFiles() {
    return files == null ? 0 : files.openCount();
  }

  @Override
  public long bufferedBytes() {
    return files == null ? 0 : files.bufferedBytes();
  }

  @Override
  public Map<String, String> tableIds() throws IOException {
    Map<String, String> ids = new LinkedHashMap<>();
    for (Map.Entry<String, TableWriter> writer : writers.entrySet()) {
      if (writer.getValue().rows() > 0) {
        ids.put(writer.getKey(), writer.getValue().tableId());
      }
    }
    return ids;
  }

  private Map<String, List<SinkRecord>> byTable(Collection<SinkRecord> records) {
    Map<String, List<SinkRecord>> byTable = new LinkedHashMap<>();
    String last = null;
    List<SinkRecord> list = null;
    for (SinkRecord record : records) {
      String location;
      try {
        location = router.location(record);
      } catch (TidemarkException e) {
        rejects.reject(record, e);
        continue;
      }
      if (!location.equals(last)) {
        list = byTable.computeIfAbsent(location, any -> new ArrayList<>());
        last = location;
      }
      list.add(record);
    }
    return byTable;
  }

  /** The writer of a table; empty when there is no table and all records are already handled. */
  private Optional<TableWriter> writer(String location, List<SinkRecord> records)
      throws IOException {
    TableWriter known = writers.get(location);
    if (known != null) {
      return Optional.of(known);
    }
    Optional<Table> table = opening.open(location, records, rejects);
    if (table.isEmpty()) {
      return Optional.empty();
    }
    TableWriter writer = new TableWriter(table.get(), recordOptions, rejects);
    writer.begin(files);
    writers.put(location, writer);
    return Optional.of(writer);
  }
}
