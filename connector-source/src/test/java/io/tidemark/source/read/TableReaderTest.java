package io.tidemark.source.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.delta.read.ChangeType;
import io.tidemark.source.fake.FakeFile;
import io.tidemark.source.fake.FakeLake;
import io.tidemark.source.fake.FakeLog;
import io.tidemark.source.fake.Rows;
import io.tidemark.source.offset.Position;
import io.tidemark.source.offset.ShardPositions;
import io.tidemark.source.offset.Shards;
import io.tidemark.source.plan.ShardRange;
import io.tidemark.source.plan.StartingPoint;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What a stream gives of each thing that can happen to a table. */
class TableReaderTest {

  private static final String TABLE = "/lake/orders";
  private static final Shards SHARDS = new Shards(4);
  private static final ReadOptions PLAIN = new ReadOptions(false, false, false, true, 2);
  private static final ReadOptions FEED = new ReadOptions(true, false, false, true, 2);
  private static final ReadOptions LENIENT = new ReadOptions(false, false, false, false, 2);

  private final FakeLake lake = new FakeLake();
  private final FakeLog log = lake.create(TABLE);
  private final Rows rows = new Rows(7);
  private final ReadCounts counts = new ReadCounts();

  private TableReader reader(StartingPoint start, ReadOptions options) throws IOException {
    return reader(StartingPoint.resolve(start, lake.open(TABLE)), options);
  }

  private TableReader reader(Position start, ReadOptions options) {
    return new TableReader(
        lake,
        TABLE,
        SHARDS,
        new ShardRange(0, 0, SHARDS.count()),
        ShardPositions.all(SHARDS.count(), start),
        options,
        counts);
  }

  private static List<Step.Row> read(TableReader reader) throws IOException {
    reader.look();
    List<Step.Row> found = new ArrayList<>();
    int steps = 0;
    for (Step step = reader.next(); !(step instanceof Step.UpToDate); step = reader.next()) {
      assertThat(++steps).as("steps without an end").isLessThan(10_000);
      if (step instanceof Step.Row row) {
        found.add(row);
      }
    }
    return found;
  }

  private static List<Long> ids(List<Step.Row> found) {
    return found.stream().map(row -> row.value().getInt64("id")).toList();
  }

  private static List<Long> upTo(long end) {
    return LongStream.range(0, end).boxed().toList();
  }

  private FakeFile append(int count) {
    FakeFile file = rows.file(count);
    log.append(List.of(file));
    return file;
  }

  @Test
  void readsTheSnapshotAndThenWhatIsAppended() throws IOException {
    append(3);
    append(2);
    TableReader reader = reader(new StartingPoint.Snapshot(), PLAIN);
    append(2);
    assertThat(ids(read(reader))).containsExactlyInAnyOrderElementsOf(upTo(7));
    assertThat(ids(read(reader))).isEmpty();
    append(1);
    assertThat(ids(read(reader))).containsExactly(7L);
  }

  @Test
  void tellsVersionAndTimeOfEachRow() throws IOException {
    append(1);
    TableReader reader = reader(new StartingPoint.Snapshot(), PLAIN);
    append(1);
    List<Step.Row> found = read(reader);
    assertThat(found).extracting(row -> row.in().state().version()).containsExactly(1L, 2L);
    assertThat(found).extracting(row -> row.in().timestampMs()).containsExactly(1000L, 2000L);
    assertThat(found).extracting(Step.Row::type).containsOnly(ChangeType.INSERT);
  }

  @Test
  void startsWhereItIsTold() throws IOException {
    append(1);
    append(1);
    append(1);
    assertThat(ids(read(reader(new StartingPoint.Version(2), PLAIN)))).containsExactly(1L, 2L);
    assertThat(ids(read(reader(new StartingPoint.Version(4), PLAIN)))).isEmpty();
    assertThat(ids(read(reader(new StartingPoint.Earliest(), PLAIN)))).hasSize(3);
    assertThat(ids(read(reader(new StartingPoint.Timestamp(3), PLAIN)))).containsExactly(2L);
    assertThat(ids(read(reader(new StartingPoint.Timestamp(99), PLAIN)))).isEmpty();
    TableReader latest = reader(new StartingPoint.Latest(), PLAIN);
    append(1);
    assertThat(ids(read(latest))).containsExactly(3L);
  }

  @Test
  void refusesToStartAfterTheNextVersion() {
    assertThatThrownBy(() -> reader(new StartingPoint.Version(2), PLAIN))
        .hasMessageStartingWith("TM-505 ")
        .hasMessageContaining("its newest version is 0");
  }

  @Test
  void waitsForATableThatIsNotThereYet() throws IOException {
    lake.tables.clear();
    TableReader reader = reader(new StartingPoint.Snapshot(), PLAIN);
    assertThat(read(reader)).isEmpty();
    assertThat(reader.isMissing()).isTrue();
    assertThat(reader.lag(0)).isEqualTo(Lag.UNKNOWN);
    lake.create(TABLE).append(List.of(rows.file(2)));
    assertThat(ids(read(reader))).containsExactly(0L, 1L);
    assertThat(reader.isMissing()).isFalse();
    assertThat(reader.lag(0)).isEqualTo(Lag.NONE);
  }

  @Test
  void neverReadsWhatOptimizeHasRewritten() throws IOException {
    append(3);
    TableReader reader = reader(new StartingPoint.Snapshot(), PLAIN);
    read(reader);
    log.optimize(List.of(rows.compacted(log.files())));
    append(1);
    assertThat(ids(read(reader))).containsExactly(3L);
  }

  @Test
  void finishesASnapshotWhoseFilesWereRewrittenMeanwhile() throws IOException {
    append(3);
    append(3);
    TableReader reader = reader(new StartingPoint.Snapshot(), PLAIN);
    reader.look();
    assertThat(reader.next()).isInstanceOf(Step.Row.class);
    log.optimize(List.of(rows.compacted(log.files())));
    assertThat(ids(read(reader))).hasSize(5);
  }

  @Test
  void refusesDeletesOnAPlainStream() throws IOException {
    FakeFile file = append(2);
    TableReader reader = reader(new StartingPoint.Version(0), PLAIN);
    log.change("DELETE", List.of(file), List.of(), List.of());
    reader.look();
    assertThatThrownBy(() -> read(reader))
        .hasMessageStartingWith("TM-511 ")
        .hasMessageContaining("version 2 of /lake/orders")
        .hasMessageContaining("operation DELETE")
        .hasMessageContaining("ignore.deletes=true");
    assertThat(counts.files()).isOne();
  }

  @Test
  void refusesUpdatesOnAPlainStream() throws IOException {
    FakeFile file = append(2);
    TableReader reader = reader(new StartingPoint.Latest(), PLAIN);
    log.change("MERGE", List.of(file), List.of(rows.file(2)), List.of());
    assertThatThrownBy(() -> read(reader))
        .hasMessageStartingWith("TM-510 ")
        .hasMessageContaining("operation MERGE removes 1 data files and adds 1")
        .hasMessageContaining("skip.change.commits=true");
  }

  @Test
  void leavesOutDeletesWhenTold() throws IOException {
    FakeFile file = append(2);
    TableReader reader =
        reader(new StartingPoint.Latest(), new ReadOptions(false, true, false, true, 2));
    log.change("DELETE", List.of(file), List.of(), List.of());
    append(1);
    assertThat(ids(read(reader))).containsExactly(2L);
    log.change("UPDATE", List.of(log.files().get(0)), List.of(rows.file(1)), List.of());
    assertThatThrownBy(() -> read(reader)).hasMessageStartingWith("TM-510 ");
  }

  @Test
  void leavesOutChangesAsAWholeWhenTold() throws IOException {
    FakeFile file = append(2);
    TableReader reader =
        reader(new StartingPoint.Latest(), new ReadOptions(false, false, true, true, 2));
    log.change("UPDATE", List.of(file), List.of(rows.file(3)), List.of());
    log.change("DELETE", List.of(log.files().get(0)), List.of(), List.of());
    append(1);
    assertThat(ids(read(reader))).containsExactly(5L);
  }

  @Test
  void readsChangesWithWhatBecameOfEachRow() throws IOException {
    FakeFile file = append(2);
    TableReader reader = reader(new StartingPoint.Snapshot(), FEED);
    FakeFile changes =
        rows.changes(
            new FakeFile.FakeRow(0, 0, ChangeType.UPDATE_PREIMAGE),
            new FakeFile.FakeRow(1, 100, ChangeType.UPDATE_POSTIMAGE),
            new FakeFile.FakeRow(2, 1, ChangeType.DELETE));
    log.change("MERGE", List.of(file), List.of(rows.file(1)), List.of(changes));
    List<Step.Row> found = read(reader);
    assertThat(ids(found)).containsExactly(0L, 1L, 0L, 100L, 1L);
    assertThat(found)
        .extracting(Step.Row::type)
        .containsExactly(
            ChangeType.INSERT,
            ChangeType.INSERT,
            ChangeType.UPDATE_PREIMAGE,
            ChangeType.UPDATE_POSTIMAGE,
            ChangeType.DELETE);
  }

  @Test
  void takesUpNewColumnsWithTheVersionThatBringsThem() throws IOException {
    append(1);
    TableReader reader = reader(new StartingPoint.Version(0), PLAIN);
    log.columns("id", "country");
    append(1);
    assertThat(read(reader))
        .extracting(row -> row.value().schema())
        .containsExactly(FakeLog.schema("id"), FakeLog.schema("id", "country"));
  }

  @Test
  void continuesAfterTheLastRowAfterAFailure() throws IOException {
    for (int i = 0; i < 5; i++) {
      append(3);
    }
    TableReader reader = reader(new StartingPoint.Snapshot(), PLAIN);
    List<Long> found = new ArrayList<>();
    reader.look();
    Random random = new Random(7);
    lake.weather =
        operation -> {
          if (random.nextInt(8) == 0) {
            throw new IOException("storm");
          }
        };
    while (found.size() < 15) {
      try {
        if (reader.next() instanceof Step.Row row) {
          found.add(row.value().getInt64("id"));
        }
      } catch (IOException storm) {
        assertThat(storm).hasMessage("storm");
      }
    }
    assertThat(found).containsExactlyInAnyOrderElementsOf(upTo(15));
  }

  @Test
  void failsWhenVersionsAreGone() throws IOException {
    append(1);
    append(1);
    append(1);
    log.earliest = 3;
    TableReader reader = reader(Position.tail(0, log.tableId(), 1), PLAIN);
    assertThatThrownBy(() -> read(reader))
        .hasMessageStartingWith("TM-520 ")
        .hasMessageContaining("at version 1")
        .hasMessageContaining("begins with version 3")
        .hasMessageContaining("fail.on.data.loss=false");
  }

  @Test
  void continuesWithTheEarliestVersionWhenTold() throws IOException {
    append(1);
    append(1);
    append(1);
    log.earliest = 3;
    assertThat(ids(read(reader(Position.tail(0, log.tableId(), 1), LENIENT)))).containsExactly(2L);
    assertThat(counts.losses()).isOne();
  }

  @Test
  void continuesWithANewerSnapshotWhenTold() throws IOException {
    append(1);
    append(2);
    TableReader reader = reader(new StartingPoint.Snapshot(), LENIENT);
    append(1);
    append(1);
    reader.look();
    List<Long> found = new ArrayList<>(ids(List.of((Step.Row) reader.next())));
    reader.reset();
    log.earliest = 4;
    found.addAll(ids(read(reader)));
    assertThat(found).containsExactlyInAnyOrderElementsOf(upTo(5));
    assertThat(counts.losses()).isOne();
  }

  @Test
  void failsWhenAFileIsGone() throws IOException {
    FakeFile file = append(1);
    lake.vacuumed.add(file.path());
    TableReader reader = reader(new StartingPoint.Snapshot(), PLAIN);
    assertThatThrownBy(() -> read(reader))
        .hasMessageStartingWith("TM-521 ")
        .hasMessageContaining(file.path())
        .hasMessageContaining("VACUUM");
  }

  @Test
  void continuesWithoutTheFileWhenTold() throws IOException {
    append(1);
    FakeFile file = append(1);
    lake.vacuumed.add(file.path());
    append(1);
    assertThat(ids(read(reader(new StartingPoint.Version(0), LENIENT)))).containsExactly(0L, 2L);
    assertThat(counts.losses()).isOne();
  }

  @Test
  void failsWhenTheTableIsDropped() throws IOException {
    TableReader reader = reader(new StartingPoint.Latest(), PLAIN);
    read(reader);
    lake.tables.clear();
    assertThatThrownBy(() -> read(reader)).hasMessageStartingWith("TM-220 ");
    assertThatThrownBy(() -> read(reader(Position.tail(0, "t", 1), PLAIN)))
        .hasMessageStartingWith("TM-522 ");
  }

  @Test
  void waitsForANewTableWhenTold() throws IOException {
    append(1);
    TableReader reader = reader(new StartingPoint.Snapshot(), LENIENT);
    assertThat(read(reader)).hasSize(1);
    lake.tables.clear();
    assertThat(read(reader)).isEmpty();
    assertThat(read(reader)).isEmpty();
    lake.tables.put(TABLE, new FakeLog("another"));
    lake.tables.get(TABLE).append(List.of(rows.file(2)));
    List<Step.Row> found = read(reader);
    assertThat(ids(found)).containsExactly(1L, 2L);
    assertThat(found).extracting(row -> row.next().generation()).containsOnly(1L);
    assertThat(counts.losses()).isEqualTo(2);
  }

  @Test
  void failsWhenTheTableIsCreatedAgain() throws IOException {
    append(1);
    TableReader reader = reader(new StartingPoint.Latest(), PLAIN);
    read(reader);
    lake.tables.put(TABLE, new FakeLog("another"));
    lake.tables.get(TABLE).append(List.of(rows.file(1)));
    lake.tables.get(TABLE).append(List.of(rows.file(1)));
    assertThatThrownBy(() -> read(reader))
        .hasMessageStartingWith("TM-523 ")
        .hasMessageContaining("the id of the table is another")
        .hasMessageContaining("id-of-/lake/orders");
  }

  @Test
  void readsOnWhenTheTableIsReplacedInItsOwnLog() throws IOException {
    append(1);
    TableReader reader = reader(new StartingPoint.Latest(), PLAIN);
    append(1);
    log.replace("another");
    append(1);
    List<Step.Row> found = read(reader);
    assertThat(ids(found)).containsExactly(1L, 2L);
    assertThat(found)
        .extracting(row -> row.next().tableId())
        .containsExactly("id-of-/lake/orders", "another");
    append(1);
    assertThat(read(reader)).hasSize(1);
  }

  @Test
  void failsWhenTheNewestVersionsVanish() throws IOException {
    append(1);
    append(1);
    TableReader reader = reader(new StartingPoint.Latest(), PLAIN);
    read(reader);
    log.restoreTo(1);
    assertThatThrownBy(() -> read(reader))
        .hasMessageStartingWith("TM-524 ")
        .hasMessageContaining("at version 3")
        .hasMessageContaining("newest version is 1");
  }

  @Test
  void continuesWithTheVersionsThatTakeThePlaceOfVanishedOnesWhenTold() throws IOException {
    append(1);
    append(1);
    TableReader reader = reader(new StartingPoint.Latest(), LENIENT);
    read(reader);
    log.restoreTo(1);
    assertThat(read(reader)).isEmpty();
    append(1);
    List<Step.Row> found = read(reader);
    assertThat(ids(found)).containsExactly(2L);
    assertThat(found).extracting(row -> row.next().generation()).containsExactly(1L);
  }

  /** Versions 1 to 5 are read; the table is put back to version 3 and gets versions 4 to 7. */
  private TableReader putBackAndWrittenTo(ReadOptions options) throws IOException {
    TableReader reader = reader(new StartingPoint.Version(0), options);
    for (int version = 1; version <= 5; version++) {
      append(1);
    }
    assertThat(ids(read(reader))).containsExactly(0L, 1L, 2L, 3L, 4L);
    log.restoreTo(3);
    for (int version = 4; version <= 7; version++) {
      append(1);
    }
    return reader;
  }

  private TableReader again(TableReader reader, ReadOptions options) {
    ShardPositions positions =
        ShardPositions.parse(reader.positions().text(), SHARDS.count()).orElseThrow();
    return new TableReader(
        lake, TABLE, SHARDS, new ShardRange(0, 0, SHARDS.count()), positions, options, counts);
  }

  @Test
  void failsWhenNumbersThatWereReadMeanOtherVersions() throws IOException {
    TableReader reader = putBackAndWrittenTo(PLAIN);
    for (int look = 0; look < 2; look++) {
      assertThatThrownBy(() -> read(reader))
          .hasMessageStartingWith("TM-524 ")
          .hasMessageContaining("at version 6: its version 5 is not the version 5 that was read")
          .hasMessageContaining("PATCH")
          .hasMessageContaining("fail.on.data.loss=false");
    }
    assertThatThrownBy(() -> read(again(reader, PLAIN))).hasMessageStartingWith("TM-524 ");
  }

  @Test
  void readsEverythingOfAnotherHistoryWhenTold() throws IOException {
    TableReader reader = putBackAndWrittenTo(LENIENT);
    assertThat(ids(read(reader))).containsExactly(5L, 6L, 7L, 8L);
    assertThat(counts.losses()).isOne();
    append(1);
    assertThat(ids(read(again(reader, PLAIN)))).containsExactly(9L);
  }

  @Test
  void readsWhatIsCertainlyOfAnotherHistoryWhenToldAfterARestart() throws IOException {
    TableReader reader = again(putBackAndWrittenTo(PLAIN), LENIENT);
    assertThat(ids(read(reader))).containsExactly(6L, 7L, 8L);
  }

  /** The look was before: what is read of the log since then tells. */
  @Test
  void failsWhenVersionsBecomeOthersBetweenTwoLooks() throws IOException {
    TableReader reader = reader(new StartingPoint.Version(0), PLAIN);
    for (int version = 1; version <= 6; version++) {
      append(1);
    }
    reader.look();
    List<Long> found = new ArrayList<>();
    while (found.size() < 5) {
      if (reader.next() instanceof Step.Row row) {
        found.add(row.value().getInt64("id"));
      }
    }
    while (!(reader.next() instanceof Step.PartEnd)) {}
    log.restoreTo(3);
    for (int version = 4; version <= 8; version++) {
      append(1);
    }
    assertThatThrownBy(
            () -> {
              for (int step = 0; step < 100; step++) {
                assertThat(reader.next()).isNotInstanceOf(Step.Row.class);
              }
            })
        .hasMessageStartingWith("TM-524 ");
  }

  @Test
  void failsWhenTheVersionThatIsHalfReadBecomesAnother() throws IOException {
    TableReader reader = reader(new StartingPoint.Version(1), PLAIN);
    append(3);
    reader.look();
    while (!(reader.next() instanceof Step.Row)) {}
    reader.reset();
    log.restoreTo(0);
    append(3);
    assertThatThrownBy(() -> reader.next()).hasMessageStartingWith("TM-524 ");
    assertThatThrownBy(() -> read(again(reader, PLAIN))).hasMessageStartingWith("TM-524 ");
  }

  @Test
  void failsWhenTheSnapshotThatIsHalfReadBecomesAnother() throws IOException {
    for (int file = 0; file < 5; file++) {
      append(1);
    }
    TableReader reader = reader(new StartingPoint.Snapshot(), PLAIN);
    reader.look();
    while (!(reader.next() instanceof Step.Row)) {}
    log.restoreTo(2);
    for (int file = 0; file < 5; file++) {
      append(1);
    }
    List<Long> found = new ArrayList<>();
    assertThatThrownBy(
            () -> {
              for (int step = 0; step < 100; step++) {
                if (reader.next() instanceof Step.Row row) {
                  found.add(row.value().getInt64("id"));
                }
              }
            })
        .hasMessageStartingWith("TM-524 ");
    assertThat(found).allSatisfy(id -> assertThat(id).isLessThan(5));
    assertThatThrownBy(() -> read(again(reader, PLAIN))).hasMessageStartingWith("TM-524 ");
  }

  @Test
  void finishesASnapshotInTheNewestVersionOfAnotherHistoryWhenTold() throws IOException {
    for (int file = 0; file < 4; file++) {
      append(1);
    }
    TableReader reader = reader(new StartingPoint.Snapshot(), LENIENT);
    reader.look();
    List<Long> found = new ArrayList<>(ids(List.of((Step.Row) reader.next())));
    log.restoreTo(3);
    append(1);
    found.addAll(ids(read(reader)));
    assertThat(found).hasSize(4).doesNotContain(3L).contains(4L);
  }

  @Test
  void readsOnWhenATableIsPutBackToWhatWasRead() throws IOException {
    TableReader reader = reader(new StartingPoint.Version(0), PLAIN);
    append(1);
    append(1);
    assertThat(ids(read(reader))).containsExactly(0L, 1L);
    append(1);
    log.restoreTo(2);
    append(1);
    assertThat(ids(read(reader))).containsExactly(3L);
  }

  @Test
  void failsWhenNobodyCanTellWhetherTheHistoryIsTheSame() throws IOException {
    TableReader reader = reader(new StartingPoint.Version(0), PLAIN);
    append(1);
    append(1);
    read(reader);
    append(1);
    log.earliest = 3;
    assertThatThrownBy(() -> read(again(reader, PLAIN)))
        .hasMessageStartingWith("TM-525 ")
        .hasMessageContaining("set the offsets of the table to version 3");
    assertThat(ids(read(again(reader, LENIENT)))).containsExactly(2L);
    assertThat(ids(read(reader(Position.tail(0, log.tableId(), 3), PLAIN)))).containsExactly(2L);
    assertThat(ids(read(reader))).as("the task that read it").containsExactly(2L);
  }

  @Test
  void holdsAPositionWithoutACommitToTheCommitThatItFindsFirst() throws IOException {
    append(1);
    append(1);
    TableReader reader = reader(Position.tail(0, "", 3), PLAIN);
    assertThat(read(reader)).isEmpty();
    log.restoreTo(1);
    append(1);
    append(1);
    assertThatThrownBy(() -> read(reader)).hasMessageStartingWith("TM-524 ");
  }

  @Test
  void readsFilesOfAnyTimeOfASnapshot() throws IOException {
    List<FakeFile> files = new ArrayList<>();
    for (long modifiedMs : new long[] {Long.MIN_VALUE, -5, -5, -1, 0, 0, 1, Long.MAX_VALUE}) {
      FakeFile file = rows.file(2);
      files.add(new FakeFile(file.path(), modifiedMs, file.rows()));
    }
    log.append(files);
    assertThat(ids(read(reader(new StartingPoint.Snapshot(), PLAIN))))
        .containsExactlyInAnyOrderElementsOf(upTo(16));
    List<Long> found = new ArrayList<>();
    TableReader reader = reader(new StartingPoint.Snapshot(), PLAIN);
    for (int row = 0; row < 16; row++) {
      reader.look();
      Step step = reader.next();
      while (!(step instanceof Step.Row)) {
        assertThat(step).isNotInstanceOf(Step.UpToDate.class);
        step = reader.next();
      }
      found.add(((Step.Row) step).value().getInt64("id"));
      reader = again(reader, PLAIN);
    }
    assertThat(found).containsExactlyInAnyOrderElementsOf(upTo(16));
  }

  @Test
  void tellsHowFarItIsBehind() throws IOException {
    TableReader reader = reader(new StartingPoint.Latest(), PLAIN);
    append(1);
    append(1);
    reader.look();
    assertThat(reader.lag(5_000)).isEqualTo(new Lag(2, 2, 2, 4_000));
    read(reader);
    assertThat(reader.lag(5_000)).isEqualTo(Lag.NONE);
  }

  /** Three pages of files, and a reader that starts again in the middle. */
  @Test
  void tellsWhatIsLeftOfTheSnapshot() throws IOException {
    for (int file = 0; file < 5; file++) {
      append(1);
    }
    TableReader reader = reader(new StartingPoint.Snapshot(), PLAIN);
    append(1);
    reader.look();
    assertThat(reader.next()).isInstanceOf(Step.Row.class);
    assertThat(reader.lag(9_000)).isEqualTo(new Lag(2, 6, 6, 4_000));
    for (int left = 5; left > 2; left--) {
      assertThat(reader.next()).isInstanceOf(Step.FileEnd.class);
      assertThat(reader.next()).isInstanceOf(Step.Row.class);
      assertThat(reader.lag(9_000)).isEqualTo(new Lag(2, left, left, 4_000));
    }
    reader.reset();
    assertThat(reader.lag(9_000)).isEqualTo(new Lag(2, 3, 3, 4_000));
    TableReader again =
        new TableReader(
            lake,
            TABLE,
            SHARDS,
            new ShardRange(0, 0, SHARDS.count()),
            reader.positions(),
            PLAIN,
            counts);
    again.look();
    while (!(again.next() instanceof Step.Row)) {}
    assertThat(again.lag(9_000)).isEqualTo(new Lag(2, 2, 2, 4_000));
    while (!(again.next() instanceof Step.PartEnd)) {}
    assertThat(again.lag(9_000)).isEqualTo(new Lag(1, 1, 1, 3_000));
  }
}
