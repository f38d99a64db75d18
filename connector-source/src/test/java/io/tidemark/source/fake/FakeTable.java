package io.tidemark.source.fake;

import io.tidemark.common.TidemarkException;
import io.tidemark.delta.read.ChangeStream;
import io.tidemark.delta.read.ChangeType;
import io.tidemark.delta.read.Commit;
import io.tidemark.delta.read.CommitStream;
import io.tidemark.delta.read.FileChange;
import io.tidemark.delta.read.FilePage;
import io.tidemark.delta.read.FileRows;
import io.tidemark.delta.read.MissingFileException;
import io.tidemark.delta.read.MissingVersionException;
import io.tidemark.delta.read.ReadableTable;
import io.tidemark.delta.read.TableFile;
import io.tidemark.delta.read.TableState;
import io.tidemark.delta.schema.TableSchema;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;

/** A fake table as a source reads it. */
final class FakeTable implements ReadableTable {

  private final FakeLake lake;
  private final String location;
  private String id;

  FakeTable(FakeLake lake, String location) {
    this.lake = lake;
    this.location = location;
    this.id = log().tableId();
  }

  private FakeLog log() {
    FakeLog log = lake.tables.get(location);
    if (log == null) {
      throw new TidemarkException("TM-220", location + " is gone", null);
    }
    return log;
  }

  @Override
  public String location() {
    return location;
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public long newest() throws IOException {
    lake.weather.before("newest");
    id = log().tableId();
    return log().newest();
  }

  @Override
  public Optional<String> mark(long version) throws IOException {
    lake.weather.before("mark");
    return version < log().earliest || version > log().newest()
        ? Optional.empty()
        : Optional.of(log().at(version).mark());
  }

  @Override
  public long earliestCommit() {
    return log().earliest;
  }

  @Override
  public OptionalLong firstVersionFrom(long timestampMs) {
    return timestampMs > log().newest() ? OptionalLong.empty() : OptionalLong.of(timestampMs);
  }

  @Override
  public TableState at(long version) throws IOException {
    lake.weather.before("at");
    if (version < log().earliest - 1 || version > log().newest()) {
      throw new MissingVersionException(location, version, log().earliest, null);
    }
    return new State(version, log().at(version));
  }

  @Override
  public FilePage files(
      long version, Predicate<String> wanted, Optional<TableFile> after, int limit)
      throws IOException {
    at(version);
    lake.weather.before("files");
    List<TableFile> left =
        log().at(version).files().stream()
            .map(
                file ->
                    new TableFile(file.path(), file.modifiedMs(), 1, OptionalLong.empty(), file))
            .filter(file -> wanted.test(file.path()))
            .filter(file -> after.isEmpty() || file.compareTo(after.get()) > 0)
            .toList();
    return new FilePage(left.stream().limit(limit).toList(), left.size(), left.size());
  }

  @Override
  public CommitStream commits(long from, long to) throws IOException {
    lake.weather.before("commits");
    if (from < log().earliest) {
      throw new MissingVersionException(location, from, log().earliest, null);
    }
    return new CommitStream() {
      private long next = from;

      @Override
      public Optional<Commit> next() throws IOException {
        lake.weather.before("commit");
        if (next > to) {
          return Optional.empty();
        }
        if (next > log().newest()) {
          throw new MissingVersionException(location, next, log().earliest, null);
        }
        FakeVersion version = log().at(next);
        return Optional.of(new FakeCommit(next++, version));
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public FileRows rows(TableState state, TableFile file, long fromPosition) throws IOException {
    return rows(state, (FakeFile) file.action(), fromPosition);
  }

  @Override
  public FileRows rows(TableState state, FileChange change, long fromPosition) throws IOException {
    return rows(state, (FakeFile) change.action(), fromPosition);
  }

  private FileRows rows(TableState state, FakeFile file, long fromPosition) throws IOException {
    lake.weather.before("open file");
    if (lake.vacuumed.contains(file.path())) {
      throw new MissingFileException(location, state.version(), file.path(), null);
    }
    return new FileRows() {
      private int next;
      private FakeFile.FakeRow row;

      @Override
      public boolean next() throws IOException {
        lake.weather.before("row");
        while (next < file.rows().size()) {
          row = file.rows().get(next++);
          if (row.position() >= fromPosition) {
            return true;
          }
        }
        return false;
      }

      @Override
      public long position() {
        return row.position();
      }

      @Override
      public ChangeType changeType() {
        return row.type();
      }

      @Override
      public Struct value() {
        return new Struct(state.rowSchema()).put("id", row.id());
      }

      @Override
      public void close() {}
    };
  }

  private record State(long version, FakeVersion now) implements TableState {

    @Override
    public String tableId() {
      return now.tableId();
    }

    @Override
    public TableSchema schema() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Schema rowSchema() {
      return now.schema();
    }

    @Override
    public boolean changeFeedEnabled() {
      return true;
    }
  }

  private final class FakeCommit implements Commit {

    private final long version;
    private final FakeVersion content;

    FakeCommit(long version, FakeVersion content) {
      this.version = version;
      this.content = content;
    }

    @Override
    public long version() {
      return version;
    }

    @Override
    public long timestampMs() {
      return version * 1000;
    }

    @Override
    public String operation() {
      return content.operation();
    }

    @Override
    public Summary summary() throws IOException {
      lake.weather.before("summary");
      return content.summary();
    }

    @Override
    public ChangeStream changes(Reading reading) throws IOException {
      lake.weather.before("changes");
      List<FakeFile> files = reading == Reading.CHANGES ? content.changes() : content.appends();
      return new ChangeStream() {
        private int next;

        @Override
        public Optional<FileChange> next() throws IOException {
          lake.weather.before("change");
          if (next >= files.size()) {
            return Optional.empty();
          }
          FakeFile file = files.get(next);
          return Optional.of(new FileChange(version, next++, file.path(), 1, false, file));
        }

        @Override
        public void close() {}
      };
    }
  }
}
