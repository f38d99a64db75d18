package io.tidemark.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.checkpoint.log.Batch;
import io.tidemark.checkpoint.log.CommitLog;
import io.tidemark.checkpoint.log.Continuity;
import io.tidemark.checkpoint.log.DecidedSegments;
import io.tidemark.checkpoint.log.Frontier;
import io.tidemark.checkpoint.log.OffsetLog;
import io.tidemark.checkpoint.log.Offsets;
import io.tidemark.checkpoint.log.OwnerLog;
import io.tidemark.checkpoint.log.SessionId;
import io.tidemark.checkpoint.log.WindowStates;
import io.tidemark.checkpoint.log.WrittenTables;
import io.tidemark.command.fixture.Run;
import io.tidemark.command.fixture.Sink;
import io.tidemark.delta.table.Append;
import io.tidemark.delta.table.CommittedBatch;
import io.tidemark.delta.table.DeltaTables;
import io.tidemark.delta.table.Table;
import io.tidemark.storage.HadoopFileSystems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdoptTest {

  private static final TopicPartition P0 = new TopicPartition("orders", 0);
  private static final TopicPartition P1 = new TopicPartition("orders", 1);

  @TempDir private Path directory;
  private Sink sink;
  private long last;

  @BeforeEach
  void landAndLoseTheLocation() throws IOException {
    sink = new Sink(directory, P0, P1);
    sink.land(P0, 30);
    sink.land(P1, 100);
    sink.land(P0, 5);
    last = sink.checkpoint.commits().latest().orElseThrow();
    delete(sink.location);
  }

  @Test
  void continuesTheQueryWhereItsTableSaysThatItEnded() throws IOException {
    Run dry = adopt();
    assertThat(dry.code()).as(dry.err()).isEqualTo(ExitCode.FINE);
    assertThat(dry.out())
        .contains("Query " + Sink.QUERY + ", whose last batch was " + last)
        .containsPattern("orders-0 +35 +batch " + last)
        .containsPattern("orders-1 +100 +batch ")
        .contains("Nothing was changed");
    assertThat(sink.location).doesNotExist();

    Run run = adopt("--execute");
    assertThat(run.code()).as(run.err()).isEqualTo(ExitCode.FINE);
    // Random in a connector, the names of the fixture's files begin where they began before.
    sink.checkpoint.sessions().open(new SessionId(0, 5, 0, "000000aa"));
    Sink next = new Sink(directory, P0, P1);
    assertThat(next.checkpoint.queryId()).isEqualTo(Sink.QUERY);
    next.land(P0, 42);
    next.land(P1, 110);
    assertThat(next.checkpoint.commits().latest().orElseThrow()).isGreaterThan(last + 1);
    Run verified = Run.of("verify", next.location, "--rows", "--dense");
    assertThat(verified.out()).contains("Read 152 rows");
    assertThat(verified.code()).as(verified.out()).isEqualTo(ExitCode.FINE);
    assertThat(Run.of("inspect", next.location).out()).contains("offsets reset: tidemark adopt");
  }

  @Test
  void movesAsideWhatARenamedConnectorHasBegun() throws IOException {
    begin();
    Run run = adopt("--execute", "--force");
    assertThat(run.code()).as(run.err()).isEqualTo(ExitCode.FINE);
    assertThat(run.out())
        .contains("Files that a connector has started there: 6. They are moved to damaged/");
    assertThat(sink.checkpoint.queryId()).isEqualTo(Sink.QUERY);
    assertThat(sink.checkpoint.segments().ids()).isEmpty();
    assertThat(sink.checkpoint.sessions().sessions()).isEmpty();
    assertThat(sink.checkpoint.owners().read(0)).as("the connector stays the owner").isPresent();
    try (Stream<Path> files = Files.walk(sink.location.resolve("damaged"))) {
      assertThat(files.filter(Files::isRegularFile)).hasSize(6);
    }
  }

  /** It says where the topics begin, before the first rows are due and it asks the table. */
  @Test
  void movesAsideABatchThatIsInNoTable() throws IOException {
    begin();
    Batch nothing = empty(Map.of());
    sink.checkpoint.batches().create(0, nothing);
    sink.checkpoint.offsets().create(0, OffsetLog.Entry.of(nothing, Map.of()));
    sink.checkpoint.commits().create(0, CommitLog.Entry.of(nothing));
    Run run = adopt("--execute", "--force");
    assertThat(run.code()).as(run.err()).isEqualTo(ExitCode.FINE);
    assertThat(sink.checkpoint.batches().numbers()).containsExactly(last + 1);
    assertThat(sink.checkpoint.queryId()).isEqualTo(Sink.QUERY);
  }

  @Test
  void refusesALocationWhoseBatchIsForATable() throws IOException {
    begin();
    sink.checkpoint.batches().create(0, empty(Map.of("memory:/orders", "id")));
    Run run = adopt("--execute", "--force");
    assertThat(run.err()).contains("TM-621").contains("batches/0");
  }

  private static Batch empty(Map<String, String> tables) {
    return new Batch(
        0,
        "writer",
        1,
        DecidedSegments.NONE,
        new Frontier(new TreeMap<>(Offsets.ORDER)),
        new WrittenTables(new TreeMap<>(tables), new TreeMap<>()),
        new TreeMap<>(),
        WindowStates.NONE,
        Continuity.NONE);
  }

  /** Metadata of its own, a session with its table, a segment, and an owner. */
  private void begin() throws IOException {
    Files.createDirectories(sink.location);
    Files.writeString(sink.location.resolve("metadata"), "{\"id\":\"renamed\"}");
    Sink renamed = new Sink(directory, P0);
    renamed.checkpoint.owners().create(0, new OwnerLog.Owner("r", 1));
    renamed.seal(P0, 35);
  }

  @Test
  void waitsUntilTheConnectorIsQuiet() throws IOException {
    begin();
    Run run = adopt("--execute");
    assertThat(run.err()).contains("TM-602");
    assertThat(run.code()).isEqualTo(ExitCode.UNREADABLE);
    assertThat(sink.checkpoint.queryId()).isEqualTo("renamed");
  }

  @Test
  void mayBeRepeatedWhenItWasCutShort() throws IOException {
    adopt("--execute");
    Files.delete(sink.location.resolve("metadata"));
    Files.delete(sink.location.resolve("commits/" + (last + 1)));
    Run run = adopt("--execute", "--force");
    assertThat(run.code()).as(run.err()).isEqualTo(ExitCode.FINE);
    assertThat(sink.checkpoint.commits().latest()).hasValue(last + 1);
    assertThat(sink.checkpoint.queryId()).isEqualTo(Sink.QUERY);
  }

  @Test
  void refusesALocationWithBatches() {
    adopt("--execute");
    Run again = adopt("--execute", "--force");
    assertThat(again.err()).contains("TM-621").contains("batches/" + (last + 1));
    assertThat(again.code()).isEqualTo(ExitCode.UNREADABLE);
  }

  @Test
  void asksWhichQueryWhereSeveralWroteToTheTable() throws IOException {
    append("another", 3, Map.of("refunds-0", "[0, 7)"), 1);
    assertThat(adopt().err()).contains("TM-622").contains("another").contains(Sink.QUERY);
    assertThat(adopt("--query-id", "another").out())
        .containsPattern("refunds-0 +7 +batch 3")
        .doesNotContain("orders-0");
    assertThat(adopt("--query-id", "nobody").err()).contains("TM-623");
  }

  @Test
  void refusesToForgetATable() throws IOException {
    append(Sink.QUERY, last + 1, Map.of("orders-0", "[35, 40)"), 2);
    assertThat(adopt().err()).contains("TM-625").contains("wrote to 2 tables");
  }

  @Test
  void refusesToGuessWhatABatchOfSparkHasRead() throws IOException {
    new DeltaTables(new HadoopFileSystems(Map.of()), "Spark")
        .open(sink.table.toString())
        .orElseThrow()
        .append(new Append(Sink.QUERY, last + 1, List.of(), Map.of()));
    Run run = adopt();
    assertThat(run.err()).contains("TM-626").contains("--bootstrap-server").contains("orders-0");
    assertThat(run.code()).isEqualTo(ExitCode.UNREADABLE);
  }

  @Test
  void refusesAQueryWithWindows() throws IOException {
    Path other = directory.resolve("windows");
    Sink windows = Sink.ofWindows(other, P0);
    windows.land(P0, 300);
    delete(windows.location);
    Run run = Run.of("adopt", windows.location, "--table", windows.table);
    assertThat(run.err()).contains("TM-624").contains("counts");
  }

  @Test
  void takesEndsFromTheOperator() throws IOException {
    Run run =
        adopt("--ends", "{\"orders\":{\"0\":20,\"1\":null},\"refunds\":{\"3\":9}}", "--execute");
    assertThat(run.code()).as(run.err()).isEqualTo(ExitCode.FINE);
    assertThat(run.out())
        .containsPattern("orders-0 +20 +--ends")
        .containsPattern("orders-1 +never read +--ends");
    Batch plan = sink.checkpoint.batches().read(last + 1).orElseThrow();
    assertThat(plan.frontier().ends())
        .containsOnly(Map.entry(P0, 20L), Map.entry(new TopicPartition("refunds", 3), 9L));
    assertThat(adopt("--ends", "[]").code()).isEqualTo(ExitCode.USAGE);
  }

  private Run adopt(Object... more) {
    return Run.of(
        Stream.concat(Stream.of("adopt", sink.location, "--table", sink.table), Stream.of(more))
            .toArray());
  }

  private void append(String query, long batch, Map<String, String> offsets, int tables)
      throws IOException {
    Map<String, String> tags = new TreeMap<>();
    tags.put(CommittedBatch.PLAN_TAG, "mark");
    tags.put("tidemark.topics", "[\"orders\"]");
    tags.put("tidemark.tables", String.valueOf(tables));
    Table table =
        new DeltaTables(new HadoopFileSystems(Map.of()), "Tidemark/test")
            .open(sink.table.toString())
            .orElseThrow();
    table.append(
        new Append(
            query,
            batch,
            table.lastTransaction(query),
            OptionalLong.empty(),
            List.of(),
            offsets,
            tags));
  }

  private static void delete(Path tree) throws IOException {
    try (Stream<Path> files = Files.walk(tree)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
