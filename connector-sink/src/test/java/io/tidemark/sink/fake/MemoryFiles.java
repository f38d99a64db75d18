package io.tidemark.sink.fake;

import io.tidemark.checkpoint.log.SegmentId;
import io.tidemark.checkpoint.log.SessionId;
import io.tidemark.common.DataFile;
import io.tidemark.sink.file.FileOwner;
import io.tidemark.sink.file.RecordWriter;
import io.tidemark.sink.file.RowGate;
import io.tidemark.sink.file.TableFolders;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.connect.sink.SinkRecord;

/** Data files in memory: path to the records in it, each one as {@code topic-partition@offset}. */
public final class MemoryFiles implements TableFolders {

  private final Map<String, List<String>> files = new TreeMap<>();
  private final Faults faults;
  private final String location;

  private Error nextWrite;

  public MemoryFiles(Faults faults, String location) {
    this.faults = faults;
    this.location = location;
  }

  /** The records of a file; fails when it was deleted. */
  public List<String> records(DataFile file) {
    List<String> records = files.get(file.path());
    if (records == null) {
      throw new AssertionError("data file " + file.path() + " is gone");
    }
    return records;
  }

  /** A file that was there before. */
  public void put(DataFile file, List<String> records) {
    files.put(file.path(), List.copyOf(records));
  }

  /** Paths of all files. */
  public Collection<String> paths() {
    return files.keySet();
  }

  /** Lets the next record that is written fail. */
  public void failNextWrite(Error error) {
    nextWrite = error;
  }

  @Override
  public boolean isWhole(DataFile file) throws IOException {
    return faults.around("look for data file", () -> files.containsKey(file.path()));
  }

  @Override
  public List<Leftover> orphans(String table, Map<SessionId, Integer> accepted) throws IOException {
    return faults.around(
        "list orphans",
        () -> {
          List<Leftover> orphans = new ArrayList<>();
          for (String path : files.keySet()) {
            if (path.startsWith("part-")) {
              SegmentId id = SegmentId.parse(path.substring("part-".length()));
              if (accepted.containsKey(id.session())
                  && id.sequence() > accepted.get(id.session())) {
                orphans.add(new Leftover(id.session().toString(), path, 0));
              }
            }
          }
          return orphans;
        });
  }

  @Override
  public List<Leftover> owned(String table, String owner, Set<String> kept) throws IOException {
    return faults.around(
        "list owned data files",
        () ->
            files.keySet().stream()
                .filter(path -> path.startsWith("part-" + owner) && !kept.contains(path))
                .map(path -> new Leftover(owner, path, 0))
                .toList());
  }

  @Override
  public void delete(String table, String path) throws IOException {
    faults.around("delete data file", () -> files.remove(path) != null);
  }

  /** A writer of one file per segment. */
  public RecordWriter writer(String tableId) {
    return new Writer(tableId);
  }

  private final class Writer implements RecordWriter {

    private final String tableId;
    private final List<String> open = new ArrayList<>();
    private FileOwner owner;

    Writer(String tableId) {
      this.tableId = tableId;
    }

    @Override
    public void begin(FileOwner next) {
      if (!open.isEmpty()) {
        throw new IllegalStateException("begun twice");
      }
      owner = next;
    }

    @Override
    public void write(Collection<SinkRecord> records, RowGate gate) throws IOException {
      owner.registry().beforeFile(location);
      for (SinkRecord record : records) {
        if (!gate.admits(record)) {
          continue;
        }
        if (nextWrite != null) {
          Error error = nextWrite;
          nextWrite = null;
          throw error;
        }
        open.add(record.topic() + "-" + record.kafkaPartition() + "@" + record.kafkaOffset());
        gate.written(record, 0, open.size() - 1);
      }
    }

    @Override
    public void copy(DataFile source, BitSet dropped) throws IOException {
      owner.registry().beforeFile(location);
      List<String> rows = records(source);
      for (int i = 0; i < rows.size(); i++) {
        if (!dropped.get(i)) {
          open.add(rows.get(i));
        }
      }
    }

    @Override
    public List<DataFile> finish() throws IOException {
      if (open.isEmpty()) {
        return List.of();
      }
      String path = "part-" + owner.name();
      return faults.around(
          "close data file",
          () -> {
            if (files.put(path, List.copyOf(open)) != null) {
              throw new AssertionError("file name used twice: " + path);
            }
            int rows = open.size();
            open.clear();
            return List.of(new DataFile(location, path, Map.of(), rows, 0, rows, "{}"));
          });
    }

    @Override
    public void abort() {
      open.clear();
    }

    @Override
    public long rows() {
      if (owner == null) {
        throw new IllegalStateException("not begun");
      }
      return open.size();
    }

    @Override
    public long bytes() {
      return open.size();
    }

    @Override
    public Map<String, String> tableIds() {
      return open.isEmpty() ? Map.of() : Map.of(location, tableId);
    }
  }
}
