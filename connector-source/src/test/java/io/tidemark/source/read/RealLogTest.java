package io.tidemark.source.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.connector.Checkout;
import io.tidemark.delta.read.DeltaReadableTables;
import io.tidemark.source.offset.Position;
import io.tidemark.source.offset.ShardPositions;
import io.tidemark.source.offset.Shards;
import io.tidemark.source.plan.ShardRange;
import io.tidemark.source.plan.StartingPoint;
import io.tidemark.storage.HadoopFileSystems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables that Spark wrote, whose logs are then put back, written to again, or cleaned by hand. */
class RealLogTest {

  private static final Shards SHARDS = new Shards(2);
  private static final ReadOptions FEED = new ReadOptions(true, false, false, true, 3);
  private static final ReadOptions LENIENT = new ReadOptions(true, false, false, false, 3);

  @TempDir Path directory;

  private final DeltaReadableTables tables =
      new DeltaReadableTables(new HadoopFileSystems(Map.of()));

  private Path copy(String golden) throws IOException {
    Path from = Checkout.root().resolve("delta/src/test/resources/golden/" + golden + "/table");
    Path to = directory.resolve(golden);
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
    return to;
  }

  private static Path commit(Path table, int version) {
    return table.resolve("_delta_log/%020d.json".formatted(version));
  }

  private TableReader reader(Path table, ShardPositions positions, ReadOptions options) {
    ShardPositions stored = ShardPositions.parse(positions.text(), SHARDS.count()).orElseThrow();
    return new TableReader(
        tables,
        table.toString(),
        SHARDS,
        new ShardRange(0, 0, SHARDS.count()),
        stored,
        options,
        new ReadCounts());
  }

  private TableReader reader(Path table, StartingPoint start, ReadOptions options)
      throws IOException {
    Position position = StartingPoint.resolve(start, tables.open(table.toString()));
    return reader(table, ShardPositions.all(SHARDS.count(), position), options);
  }

  private static List<String> read(TableReader reader) throws IOException {
    reader.look();
    List<String> found = new ArrayList<>();
    int steps = 0;
    for (Step step = reader.next(); !(step instanceof Step.UpToDate); step = reader.next()) {
      assertThat(++steps).as("steps without an end").isLessThan(10_000);
      if (step instanceof Step.Row row) {
        found.add(row.in().version() + " " + row.type() + " " + row.value());
      }
    }
    return found;
  }

  /** Versions 5 and 6 become others of the same size. */
  @Test
  void noticesVersionsThatBecameOthersByTheirContentAlone() throws IOException {
    Path table = copy("feed-moved");
    TableReader reader = reader(table, new StartingPoint.Version(0), FEED);
    assertThat(read(reader)).isNotEmpty();
    String five = Files.readString(commit(table, 5));
    String six = Files.readString(commit(table, 6));
    Files.delete(commit(table, 5));
    Files.delete(commit(table, 6));
    Files.writeString(commit(table, 5), other(five));
    Files.writeString(commit(table, 6), other(six));
    Files.writeString(commit(table, 7), other(six));
    assertThatThrownBy(() -> read(reader)).hasMessageStartingWith("TM-524 ");
    assertThatThrownBy(() -> read(reader(table, reader.positions(), FEED)))
        .hasMessageStartingWith("TM-524 ");
    assertThat(read(reader(table, reader.positions(), LENIENT)))
        .allSatisfy(row -> assertThat(row).matches("(?s)[67] .*"));
    Files.writeString(commit(table, 5), five);
    Files.writeString(commit(table, 6), six);
    Files.delete(commit(table, 7));
    assertThat(read(reader(table, reader.positions(), FEED))).as("put back as it was").isEmpty();
  }

  private static String other(String commit) {
    String other = commit.replace("\"timestamp\":1", "\"timestamp\":2");
    assertThat(other).isNotEqualTo(commit).hasSameSizeAs(commit);
    return other;
  }

  @Test
  void readsCommitsBeforeTheFirstTableCheckpointThatIsLeft() throws IOException {
    Path table = copy("feed");
    List<String> all = read(reader(table, new StartingPoint.Version(9), FEED));
    for (int version = 0; version < 9; version++) {
      Files.delete(commit(table, version));
    }
    assertThat(read(reader(table, new StartingPoint.Earliest(), FEED))).isEqualTo(all).isNotEmpty();
  }

  @Test
  void saysTrulyWhatIsMissingBeforeTheFirstTableCheckpoint() throws IOException {
    Path table = copy("feed");
    List<String> all = read(reader(table, new StartingPoint.Version(9), FEED));
    for (int version = 0; version < 5; version++) {
      Files.delete(commit(table, version));
    }
    assertThatThrownBy(() -> read(reader(table, new StartingPoint.Earliest(), FEED)))
        .hasMessageStartingWith("TM-526 Cannot read version 6 of")
        .hasMessageContaining("its commit is in the log")
        .hasMessageContaining("begin with version 9");
    assertThat(read(reader(table, new StartingPoint.Version(9), FEED))).isEqualTo(all);
    assertThat(read(reader(table, new StartingPoint.Earliest(), LENIENT))).isEqualTo(all);
  }
}
