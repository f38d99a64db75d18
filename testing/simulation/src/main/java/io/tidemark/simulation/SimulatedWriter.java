package io.tidemark.simulation;

import io.tidemark.common.DataFile;
import io.tidemark.common.TidemarkException;
import io.tidemark.sink.file.FileOwner;
import io.tidemark.sink.file.RecordWriter;
import io.tidemark.sink.file.RowGate;
import io.tidemark.sink.record.Rejects;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;

/** A task's data files: some records each, one table each. */
final class SimulatedWriter implements RecordWriter {

  private static final int ROWS_PER_FILE = 4;

  private final Io io;
  private final World world;
  private final Map<String, OpenFile> open = new TreeMap<>();
  private final SortedMap<Integer, DataFile> closed = new TreeMap<>();
  private final List<String> created = new ArrayList<>();
  private final Set<String> tables = new HashSet<>();
  private final Rejects rejects;

  /** The state of open tables when they were opened. */
  private final Map<String, String> columns = new HashMap<>();

  private FileOwner owner;
  private int rows;
  private int count;

  private record OpenFile(
      int number, String table, String path, String columns, List<String> records) {}

  SimulatedWriter(Io io, World world, Rejects rejects) {
    this.io = io;
    this.world = world;
    this.rejects = rejects;
  }

  @Override
  public void begin(FileOwner next) {
    if (!open.isEmpty() || !created.isEmpty()) {
      throw new Violation(next.name() + " begins while files of " + owner.name() + " are open");
    }
    owner = next;
    closed.clear();
    tables.clear();
    rows = 0;
    count = 0;
  }

  @Override
  public void write(Collection<SinkRecord> records, RowGate gate) throws IOException {
    for (SinkRecord record : records) {
      if (!gate.admits(record)) {
        continue;
      }
      if (isPoison(record)) {
        rejects.reject(record, new TidemarkException("TM-104", "It is no row.", null));
        continue;
      }
      String table = world.tableOf(record.topic());
      OpenFile file = open.get(table);
      if (file == null) {
        if (!columns.containsKey(table)) {
          columns.put(
              table, io.run(() -> "open " + table, () -> world.lakehouse.table(table).columns()));
        }
        file = create(table, columns.get(table));
        open.put(table, file);
      }
      file.records()
          .add(
              record.topic().equals(Windowing.TOPIC)
                  ? Windowing.row(record)
                  : SimulatedKafka.name(record));
      rows++;
      long position = file.records().size() - 1L;
      if (file.records().size() >= ROWS_PER_FILE) {
        close(file);
      }
      gate.written(record, file.number(), position);
    }
  }

  @Override
  public void copy(DataFile source, BitSet dropped) throws IOException {
    List<String> all =
        io.run(
            () -> "read data file " + source.path(),
            () ->
                world
                    .folder
                    .records(source.path())
                    .orElseThrow(() -> new FileNotFoundException(source.path())));
    OpenFile file = create(source.table(), source.schema());
    for (int i = 0; i < all.size(); i++) {
      if (!dropped.get(i)) {
        file.records().add(all.get(i));
      }
    }
    close(file);
  }

  private boolean isPoison(SinkRecord record) {
    return !record.topic().equals(Windowing.TOPIC)
        && world.isPoison(
            new TopicPartition(record.topic(), record.kafkaPartition()), record.kafkaOffset());
  }

  @Override
  public List<DataFile> finish() throws IOException {
    for (OpenFile file : List.copyOf(open.values())) {
      close(file);
    }
    created.clear();
    return List.copyOf(closed.values());
  }

  @Override
  public void abort() {
    for (String path : created) {
      try {
        io.run(
            () -> "delete data file " + path,
            () -> {
              world.folder.delete(path);
              return "";
            });
      } catch (IOException e) {
        world.trace.add(io.actor().name(), () -> "leaves " + path);
      }
    }
    open.clear();
    closed.clear();
    created.clear();
    tables.clear();
    columns.clear();
    rows = 0;
  }

  @Override
  public long rows() {
    return rows;
  }

  @Override
  public long bytes() {
    return rows;
  }

  @Override
  public Map<String, String> tableIds() throws IOException {
    Map<String, String> ids = new TreeMap<>();
    for (String table : tables) {
      ids.put(table, world.lakehouse.table(table).id());
    }
    return ids;
  }

  private OpenFile create(String table, String writtenFor) throws IOException {
    owner.registry().beforeFile(table);
    String path = DataFolder.path(table, owner.name(), world.nextFile());
    created.add(path);
    io.run(
        () -> "create data file " + path,
        () -> {
          world.folder.create(path);
          return "";
        });
    tables.add(table);
    return new OpenFile(count++, table, path, writtenFor, new ArrayList<>());
  }

  private void close(OpenFile file) throws IOException {
    io.run(
        () -> "close data file " + file.path() + " " + file.records(),
        () -> {
          world.folder.fill(file.path(), file.records());
          return "";
        });
    open.remove(file.table(), file);
    int size = file.records().size();
    closed.put(
        file.number(),
        new DataFile(file.table(), file.path(), Map.of(), size, 0, size, "{}", file.columns()));
  }
}
