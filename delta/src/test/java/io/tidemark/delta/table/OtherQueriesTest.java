package io.tidemark.delta.table;

import static io.tidemark.delta.table.TableFixture.id;
import static io.tidemark.delta.table.TableFixture.schema;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OtherQueriesTest {

  private static final String RETENTION = "delta.setTransactionRetentionDuration";

  @TempDir Path directory;
  private TableFixture fixture;
  private Table table;

  @BeforeEach
  void create() throws IOException {
    fixture = new TableFixture(directory.resolve("t"));
    table = TableFixture.tables().create(fixture.location(), schema(id()), Map.of());
  }

  @Test
  void findsTheNewestBatchOfEachOtherQueryNewestFirst() throws IOException {
    append("a", 0, "[0, 1)");
    append("b", 7, "[0, 2)");
    append("a", 1, "[1, 3)");
    append("ours", 5, "[0, 9)");
    OtherQueries others = reopened().otherQueries("ours");
    assertThat(others.newest())
        .extracting(CommittedBatch::queryId, CommittedBatch::batch, CommittedBatch::version)
        .containsExactly(tuple("a", 1L, 3L), tuple("b", 7L, 2L));
    assertThat(others.newest().get(0).offsets()).containsEntry("orders-0", "[1, 3)");
    assertThat(others.gone()).isEmpty();
  }

  @Test
  void findsThemPastATableCheckpointAndTellsWhoseVersionsHaveLeftTheLog() throws IOException {
    append("gone", 3, "[0, 1)");
    for (int batch = 0; batch < 12; batch++) {
      append("ours", batch, "[0, 1)");
      table.maintain();
    }
    assertThat(reopened().otherQueries("ours").newest())
        .extracting(CommittedBatch::queryId)
        .containsExactly("gone");
    Files.delete(fixture.commit(0));
    Files.delete(fixture.commit(1));
    OtherQueries others = reopened().otherQueries("ours");
    assertThat(others.newest()).isEmpty();
    assertThat(others.gone()).containsExactly("gone");
  }

  @Test
  void findsAQueryWhoseTransactionHasExpired() throws IOException {
    append("former", 3, "[0, 1)");
    String commit = Files.readString(fixture.commit(1));
    fixture.foreignMetadata(
        metadata -> {
          metadata.putObject("configuration").put(RETENTION, "interval 1 second");
          return metadata;
        });
    // Like a table checkpoint that has dropped old transactions.
    Files.writeString(
        fixture.commit(1),
        commit.lines().filter(line -> !line.contains("\"txn\"")).collect(Collectors.joining("\n")));
    table = reopened();
    for (int batch = 0; batch < 12; batch++) {
      append("ours", batch, "[0, 1)");
      table.maintain();
    }
    Files.writeString(fixture.commit(1), commit);
    assertThat(reopened().lastTransaction("former")).isEmpty();
    assertThat(reopened().otherQueries("ours").newest())
        .extracting(CommittedBatch::queryId)
        .containsExactly("former");
  }

  @Test
  void findsNothingWhereNobodyElseWrites() throws IOException {
    append("ours", 0, "[0, 1)");
    assertThat(reopened().otherQueries("ours")).isEqualTo(OtherQueries.NONE);
  }

  private Table reopened() throws IOException {
    return TableFixture.tables().open(fixture.location()).orElseThrow();
  }

  private void append(String query, long batch, String range) throws IOException {
    table.append(
        new Append(query, batch, List.of(), Map.of("orders-0", range))
            .after(table.lastTransaction(query)));
  }
}
