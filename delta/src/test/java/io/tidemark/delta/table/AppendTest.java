package io.tidemark.delta.table;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.common.DataFile;
import io.tidemark.delta.schema.ColumnType;
import io.tidemark.delta.schema.TableSchema;
import io.tidemark.delta.table.AppendResult.Committed;
import io.tidemark.delta.table.AppendResult.Unexpected;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AppendTest {

  @TempDir Path directory;
  private TableFixture fixture;
  private Table table;

  @BeforeEach
  void create() throws IOException {
    fixture = new TableFixture(directory.resolve("t"));
    table =
        TableFixture.tables()
            .create(fixture.location(), TableFixture.schema(TableFixture.id()), Map.of());
  }

  @Test
  void writesFilesTransactionAndHistoryInOneVersion() throws IOException {
    DataFile one = fixture.fake();
    DataFile two = fixture.fake();
    Append append =
        new Append("q-1", 7, List.of(one, two), Map.of("t-1", "[5, 9)", "t-0", "[0, 3)"))
            .after(OptionalLong.empty());

    assertThat(table.append(append)).isEqualTo(new Committed(1));

    JsonNode txn = fixture.action(1, "txn");
    assertThat(txn.get("appId").asText()).isEqualTo("q-1");
    assertThat(txn.get("version").asLong()).isEqualTo(7);
    List<JsonNode> adds = fixture.actions(1, "add");
    assertThat(adds).hasSize(2);
    assertThat(adds.get(0).get("path").asText()).isEqualTo(one.path());
    assertThat(adds.get(0).get("size").asLong()).isEqualTo(one.bytes());
    assertThat(adds.get(0).get("modificationTime").asLong()).isEqualTo(one.modifiedMs());
    assertThat(adds.get(0).get("dataChange").asBoolean()).isTrue();
    assertThat(adds.get(0).get("stats").asText()).isEqualTo(one.statistics());

    JsonNode info = fixture.action(1, "commitInfo");
    assertThat(info.get("operation").asText()).isEqualTo("STREAMING UPDATE");
    assertThat(info.get("operationParameters"))
        .hasToString("{\"outputMode\":\"Append\",\"queryId\":\"q-1\",\"epochId\":\"7\"}");
    assertThat(info.get("operationMetrics"))
        .hasToString(
            "{\"numRemovedFiles\":\"0\",\"numOutputRows\":\"6\",\"numOutputBytes\":\"200\","
                + "\"numAddedFiles\":\"2\"}");
    assertThat(info.get("isBlindAppend").asBoolean()).isTrue();
    assertThat(info.get("userMetadata").asText())
        .isEqualTo("{\"t-0\":\"[0, 3)\",\"t-1\":\"[5, 9)\"}");
    assertThat(info.get("txnId").asText()).isNotBlank();
    assertThat(info.get("timestamp").asLong()).isPositive();
  }

  @Test
  void readsBackWhatTheVersionTells() throws IOException {
    Append append =
        new Append(
            "q-1",
            0,
            OptionalLong.empty(),
            OptionalLong.empty(),
            List.of(fixture.fake()),
            Map.of("t-0", "[0, 3)"),
            Map.of("told", "{}"));
    assertThat(table.append(append)).isEqualTo(new Committed(1));
    CommittedBatch read = table.lastBatch("q-1").orElseThrow();
    assertThat(read.offsets()).isEqualTo(Map.of("t-0", "[0, 3)"));
    assertThat(read.tags()).containsEntry("told", "{}");
  }

  @Test
  void commitsABatchWithoutFilesAsTransactionOnly() throws IOException {
    assertThat(table.append(fixture.append("q", 0))).isEqualTo(new Committed(1));
    assertThat(fixture.actions(1, "add")).isEmpty();
    assertThat(table.lastTransaction("q")).hasValue(0);
  }

  @Test
  void tellsWhoAsksAgainWhatTheTableHas() throws IOException {
    Append three = fixture.append("q", 3, fixture.fake()).after(OptionalLong.empty());
    table.append(three);
    Table other = TableFixture.tables().open(fixture.location()).orElseThrow();

    assertThat(found(table.append(three)).batch()).isEqualTo(3);
    assertThat(found(table.append(fixture.append("q", 2, fixture.fake()))).batch()).isEqualTo(3);
    assertThat(found(other.append(three)).batch()).isEqualTo(3);
    assertThat(fixture.newest()).isEqualTo(1);
  }

  @Test
  void appendsOnlyAfterTheExpectedBatch() throws IOException {
    table.append(fixture.append("q", 0, fixture.fake()));
    assertThat(found(table.append(fixture.append("q", 2, fixture.fake()))).batch()).isEqualTo(0);
    assertThat(table.append(fixture.append("q", 2, fixture.fake()).after(OptionalLong.of(0))))
        .isEqualTo(new Committed(2));
    Append first = fixture.append("r", 0, fixture.fake()).after(OptionalLong.of(5));
    assertThat(table.append(first))
        .isEqualTo(new Unexpected(OptionalLong.empty(), Optional.empty(), true));
    assertThat(fixture.newest()).isEqualTo(2);
  }

  /** What {@code delta.setTransactionRetentionDuration} does at a table checkpoint of Spark's. */
  @Test
  void findsABatchWhoseTransactionTheTableDropped() throws IOException {
    Append zero = fixture.append("q", 0, fixture.fake());
    table.append(zero);
    fixture.dropTransactions();
    Table later = TableFixture.tables().open(fixture.location()).orElseThrow();
    assertThat(later.lastTransaction("q")).isEmpty();

    Append again =
        new Append(
            "q",
            0,
            OptionalLong.empty(),
            OptionalLong.of(System.currentTimeMillis()),
            zero.files(),
            Map.of(),
            Map.of());
    assertThat(found(later.append(again)).batch()).isEqualTo(0);
    assertThat(later.append(fixture.append("q", 1, fixture.fake()))).isInstanceOf(Committed.class);
  }

  @Test
  void doubtsWhatHasLeftTheLog() throws IOException {
    Append zero = fixture.append("q", 0, fixture.fake());
    table.append(zero);
    fixture.foreign(
        Map.of("commitInfo", TableFixture.JSON.createObjectNode().put("operation", "OPTIMIZE")));
    fixture.dropTransactions();
    fixture.deleteCommits();
    Table later = TableFixture.tables().open(fixture.location()).orElseThrow();
    Append again =
        new Append(
            "q", 0, OptionalLong.empty(), OptionalLong.of(0), zero.files(), Map.of(), Map.of());
    assertThat(later.append(again))
        .isEqualTo(new Unexpected(OptionalLong.empty(), Optional.empty(), false));
  }

  private static CommittedBatch found(AppendResult result) {
    assertThat(result).isInstanceOf(Unexpected.class);
    return ((Unexpected) result).found().orElseThrow();
  }

  @Test
  void knowsTheLastTransactionOfEachQueryAsOfTheNewestVersion() throws IOException {
    Table reader = TableFixture.tables().open(fixture.location()).orElseThrow();
    assertThat(reader.lastTransaction("q")).isEqualTo(OptionalLong.empty());
    table.append(fixture.append("q", 4).after(OptionalLong.empty()));
    table.append(fixture.append("r", 1).after(OptionalLong.empty()));
    assertThat(reader.lastTransaction("q")).hasValue(4);
    assertThat(reader.lastTransaction("r")).hasValue(1);
    table.append(fixture.append("q", 5));
    assertThat(reader.lastTransaction("q")).hasValue(5);
  }

  @Test
  void commitsOnceWhenTwoDriversRaceForABatch() throws Exception {
    List<Table> drivers = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      drivers.add(TableFixture.tables().open(fixture.location()).orElseThrow());
    }
    for (long batch = 0; batch < 15; batch++) {
      Append append = fixture.append("q", batch, fixture.fake());
      List<AppendResult> results = Race.of(2, driver -> drivers.get(driver).append(append));
      assertThat(results)
          .contains(new Committed(batch + 1))
          .anySatisfy(result -> assertThat(found(result).version()).isEqualTo(append.batch() + 1));
    }
    assertThat(fixture.newest()).isEqualTo(15);
  }

  @Test
  void losesNothingWhenTwoQueriesInterleave() throws Exception {
    int batches = 15;
    List<List<AppendResult>> results =
        Race.of(
            2,
            query -> {
              Table mine = TableFixture.tables().open(fixture.location()).orElseThrow();
              List<AppendResult> own = new ArrayList<>();
              for (int batch = 0; batch < batches; batch++) {
                DataFile file =
                    new DataFile(fixture.location(), query + "-" + batch, Map.of(), 1, 1, 1, "{}");
                own.add(mine.append(fixture.append("q" + query, batch, file)));
              }
              return own;
            });

    List<String> paths = new ArrayList<>();
    Map<String, Long> last = new HashMap<>();
    for (long version = 1; version <= fixture.newest(); version++) {
      fixture.actions(version, "add").forEach(add -> paths.add(add.get("path").asText()));
      JsonNode txn = fixture.action(version, "txn");
      Long before = last.put(txn.get("appId").asText(), txn.get("version").asLong());
      assertThat(txn.get("version").asLong()).isEqualTo(before == null ? 0 : before + 1);
    }
    assertThat(paths).hasSize(2 * batches).doesNotHaveDuplicates();
    assertThat(fixture.newest()).isEqualTo(2L * batches);
    assertThat(results).allSatisfy(own -> assertThat(own).hasOnlyElementsOfType(Committed.class));
  }

  @Test
  void findsFilesAgainAfterOddPartitionValues() throws IOException {
    TableFixture odd = new TableFixture(directory.resolve("odd"));
    TableSchema schema =
        new TableSchema(
            new ColumnType.Struct(List.of(TableFixture.id(), TableFixture.text("p"))),
            List.of("p"));
    Table oddTable = TableFixture.tables().create(odd.location(), schema, Map.of());
    List<String> values = List.of("a b", "50%", "100%25", "Zürich", "é", "x:y", "a+b&c#d?e", "日本");
    List<DataFile> files = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      String value = values.get(i);
      files.add(odd.file("p=" + value + "/f" + i + ".parquet", Map.of("p", value), "id", i));
    }
    Map<String, String> none = new HashMap<>();
    none.put("p", null);
    files.add(odd.file("null/f.parquet", none, "id", 100));
    files.add(odd.file("empty/f.parquet", Map.of("p", ""), "id", 101));

    oddTable.append(new Append("q", 0, files, Map.of()));

    List<Map<String, String>> expected = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      expected.add(Map.of("id", Integer.toString(i), "p", values.get(i)));
    }
    expected.add(withoutPartition("100"));
    expected.add(withoutPartition("101"));
    assertThat(odd.rows()).containsExactlyInAnyOrderElementsOf(expected);
    for (JsonNode add : odd.actions(1, "add")) {
      assertThat(add.get("path").asText()).matches("[A-Za-z0-9=/._~%-]+");
    }
    assertThat(odd.actions(1, "add").get(9).get("partitionValues").get("p").isNull()).isTrue();
  }

  @Test
  void namesPartitionsPhysicallyUnderColumnMapping() throws IOException {
    TableFixture mapped = new TableFixture(directory.resolve("mapped"));
    TableSchema schema =
        new TableSchema(
            new ColumnType.Struct(List.of(TableFixture.id(), TableFixture.text("p"))),
            List.of("p"));
    Table mappedTable =
        TableFixture.tables()
            .create(mapped.location(), schema, Map.of("delta.columnMapping.mode", "name"));
    String physicalId = mappedTable.schema().columns().columns().get(0).physicalName();
    String physicalP = mappedTable.schema().columns().columns().get(1).physicalName();
    assertThat(physicalId).isNotEqualTo("id");

    mappedTable.append(
        mapped.append("q", 0, mapped.file("f.parquet", Map.of("p", "x"), physicalId, 1, 2)));

    assertThat(mapped.action(1, "add").get("partitionValues").get(physicalP).asText())
        .isEqualTo("x");
    assertThat(mapped.rows())
        .containsExactlyInAnyOrder(Map.of("id", "1", "p", "x"), Map.of("id", "2", "p", "x"));
  }

  private static Map<String, String> withoutPartition(String id) {
    Map<String, String> row = new HashMap<>();
    row.put("id", id);
    row.put("p", null);
    return row;
  }
}
