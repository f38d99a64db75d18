package io.tidemark.sink.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.checkpoint.log.SegmentId;
import io.tidemark.checkpoint.log.SessionId;
import io.tidemark.common.DataFile;
import io.tidemark.delta.table.Append;
import io.tidemark.sink.fake.Faults;
import io.tidemark.sink.fake.MemoryFiles;
import io.tidemark.sink.fake.MemoryTables;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever the logs say: what a version of the table names stays. */
class DataFilesTest {

  private static final String TABLE = "memory:/orders";
  private static final SessionId KNOWN = SessionId.parse("00000-00000001-0000-5f1c2a9b");
  private static final SessionId DEAD = SessionId.parse("00001-00000001-0000-5f1c2a9b");

  private final Faults faults = new Faults();
  private final MemoryFiles folder = new MemoryFiles(faults, TABLE);
  private final MemoryTables tables = new MemoryTables(faults);
  private final LongAdder findings = new LongAdder();
  private final DataFiles files = new DataFiles(folder, tables, findings);

  /** Two files of each session, of which the table has one. */
  @BeforeEach
  void lay() throws IOException {
    tables.add(TABLE, "id-1");
    for (SessionId session : List.of(KNOWN, DEAD)) {
      folder.put(file(session.firstSegment()), List.of("a"));
      folder.put(file(session.firstSegment().next()), List.of("b"));
    }
    tables
        .table(TABLE)
        .append(new Append("query", 0, List.of(file(KNOWN.firstSegment())), Map.of()));
  }

  @Test
  void givesASessionUpOfWhichTheTableNamesAFile() throws IOException {
    assertThat(files.deleteOrphans(TABLE, Map.of(KNOWN, -1, DEAD, -1))).isEqualTo(2);
    assertThat(folder.paths()).hasSize(2).allMatch(path -> path.startsWith("part-" + KNOWN));
    assertThat(findings.sum()).isEqualTo(1);
  }

  @Test
  void givesASegmentUpOfWhichTheTableNamesAFile() throws IOException {
    files.delete("segment", List.of(file(KNOWN.firstSegment().next()), file(KNOWN.firstSegment())));
    assertThat(folder.paths()).hasSize(4);
    files.delete("segment", List.of(file(DEAD.firstSegment())));
    assertThat(folder.paths()).hasSize(3);
    assertThat(findings.sum()).isEqualTo(1);
  }

  @Test
  void givesAnAttemptUpOfWhichTheTableNamesAFile() throws IOException {
    assertThat(files.deleteOwned(TABLE, KNOWN.toString(), Set.of())).isZero();
    assertThat(files.deleteOwned(TABLE, DEAD.toString(), Set.of())).isEqualTo(2);
    assertThat(findings.sum()).isEqualTo(1);
  }

  /** A table is asked only when there is something to delete. */
  @Test
  void costsNothingWhereNothingIsLeft() throws IOException {
    int before = faults.operations().size();
    assertThat(files.deleteOrphans(TABLE, Map.of(KNOWN, 1, DEAD, 1))).isZero();
    assertThat(faults.operations().size() - before).isEqualTo(1);
  }

  private static DataFile file(SegmentId id) {
    return new DataFile(TABLE, "part-" + id, Map.of(), 1, 0, 1, "{}");
  }
}
