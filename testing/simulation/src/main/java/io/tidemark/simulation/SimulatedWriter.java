package io.tidemark.simulation;

import io.tidemark.common.DataFile;
import io.tidemark.common.TidemarkException;
import io.tidemark.sink.file.FileOwner;
import io.tidemark.sink.file.RecordWriter;
import io.tidemark.sink.record.Rejects;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;

/** A task's data files: some records each, one table each. */
final class SimulatedWriter implements RecordWriter {

  private static final int ROWS_PER_FILE = 4;

  private final Io io;
  private final World world;
  private final Map<String, OpenFile> open = new TreeMap<>();
  private final List<DataFile> closed = new ArrayList<>();
  private final List<String> created = new ArrayList<>();
  private final Set<String> tables = new HashSet<>();
  private final Rejects rejects;

  /** The state of open tables when they were opened. */
  private final Map<String, String> columns = new HashMap<>();

  private FileOwner owner;
  private int rows;

  private record OpenFile(String table, String path, List<String> records) {}

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
  }

  @Override
  public void write(Collection<SinkRecord> records) throws IOException {
    for (SinkRecord record : records) {
      if (isPoison(record)) {
        rejects.reject(record, new TidemarkException("TM-104", "It is no row.", null));
        continue;
      }
      String table = world.tableOf(record.topic());
      OpenFile file = open.get(table);
      if (file == null) {
        file = create(table);
      }
      file.records()
          .add(
              record.topic().equals(Windowing.TOPIC)
                  ? Windowing.row(record)
                  : SimulatedKafka.name(record));
      rows++;
      if (file.records().size() >= ROWS_PER_FILE) {
        close(file);
      }
    }
  }

  private boolean isPoison(SinkRecord record) {
    return !record.topic().equals(Windowing.TOPIC)
        && world.misbehaviour.isPoison(
            new TopicPartition(record.topic(), record.kafkaPartition()), record.kafkaOffset());
  }

  @Override
  public List<DataFile> finish() throws IOException {
    for (OpenFile file : List.copyOf(open.values())) {
      close(file);
    }
    created.clear();
    return List.copyOf(closed);
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

  private OpenFile create(String table) throws IOException {
    if (!columns.containsKey(table)) {
      columns.put(
          table, io.run(() -> "open " + table, () -> world.lakehouse.table(table).columns()));
    }
    owner.registry().beforeFile(table);
    String path = DataFolder.path(table, owner.name(), world.nextFile());
    created.add(path);
    io.run(
        () -> "create data file " + path,
        () -> {
          world.folder.create(path);
          return "";
        });
    OpenFile file = new OpenFile(table, path, new ArrayList<>());
    open.put(table, file);
    tables.add(table);
    return file;
  }

  private void close(OpenFile file) throws IOException {
    io.run(
        () -> "close data file " + file.path() + " " + file.records(),
        () -> {
          world.folder.fill(file.path(), file.records());
          return "";
        });
    open.remove(file.table());
    int size = file.records().size();
    closed.add(
        new DataFile(
            file.table(), file.path(), Map.of(), size, 0, size, "{}", columns.get(file.table())));
  }
}
