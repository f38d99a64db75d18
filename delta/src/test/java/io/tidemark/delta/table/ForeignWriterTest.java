package io.tidemark.delta.table;

import static io.tidemark.delta.table.TableFixture.id;
import static io.tidemark.delta.table.TableFixture.schema;
import static io.tidemark.delta.table.TableFixture.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.delta.table.AppendResult.Committed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForeignWriterTest {

  private static final String NOTE =
      "{\"name\":\"note\",\"type\":\"string\",\"nullable\":true,\"metadata\":{}}";

  @TempDir Path directory;
  private TableFixture fixture;
  private Table table;

  @BeforeEach
  void create() throws IOException {
    fixture = new TableFixture(directory.resolve("t"));
    table = TableFixture.tables().create(fixture.location(), schema(id(), text("note")), Map.of());
    table.append(fixture.append("q", 0, fixture.fake()));
  }

  @Test
  void appendsOnTopOfForeignFilesPropertiesAndColumns() throws IOException {
    ObjectNode txn = TableFixture.JSON.createObjectNode().put("appId", "other").put("version", 9);
    fixture.foreign(Map.of("txn", txn));
    assertThat(table.append(fixture.append("q", 1, fixture.fake()))).isEqualTo(new Committed(3));

    fixture.foreignMetadata(
        metadata -> {
          metadata.putObject("configuration").put("delta.appendOnly", "true");
          return metadata;
        });
    assertThat(table.append(fixture.append("q", 2, fixture.fake()))).isEqualTo(new Committed(5));

    fixture.foreignSchema(text -> text.replace(NOTE, NOTE + "," + NOTE.replace("note", "more")));
    assertThat(table.append(fixture.append("q", 3, fixture.fake()))).isEqualTo(new Committed(7));
    assertThat(table.schema()).isEqualTo(schema(id(), text("note")));
    assertThat(table.refresh()).isEqualTo(schema(id(), text("note"), text("more")));
    assertThat(table.lastTransaction("other")).hasValue(9);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "name":"note"     | "name":"remark"  | column note was dropped
          "type":"string"   | "type":"binary"  | column note was changed from string to binary
          "nullable":true   | "nullable":false | column id was made NOT NULL
          """)
  void leavesOutFilesThatDoNotFitTheChangedSchema(String before, String after, String what)
      throws IOException {
    Append append = fixture.append("q", 1, fixture.fakeFor(table));
    fixture.foreignSchema(text -> text.replace(before, after));
    for (Table any : List.of(table, openedAgain())) {
      assertThat(unfit(any, append))
          .startsWith("TM-222")
          .contains(fixture.location())
          .contains("version 2")
          .contains(what);
    }
    assertThat(fixture.newest()).isEqualTo(2);
  }

  @Test
  void leavesOutFilesWithoutAColumnThatTheyMustHave() throws IOException {
    Append append = fixture.append("q", 1, fixture.fakeFor(table));
    String required = NOTE.replace("note", "must").replace("true", "false");
    fixture.foreignSchema(text -> text.replace(NOTE, NOTE + "," + required));
    assertThat(unfit(table, append))
        .startsWith("TM-222")
        .contains("column must was added as NOT NULL");
  }

  @Test
  void leavesOutFilesOfAnotherPartitioning() throws IOException {
    Append append = fixture.append("q", 1, fixture.fakeFor(table));
    fixture.foreignMetadata(
        metadata -> {
          metadata.putArray("partitionColumns").add("note");
          return metadata;
        });
    assertThat(unfit(openedAgain(), append)).startsWith("TM-223").contains("[note]");
  }

  @Test
  void leavesOutFilesOfAnotherTable() throws IOException {
    Append append = fixture.append("q", 0, fixture.fakeFor(table));
    deleteTable();
    Table another =
        TableFixture.tables().create(fixture.location(), schema(id(), text("note")), Map.of());
    assertThat(unfit(another, append)).startsWith("TM-221").contains(another.id());
  }

  /** Readers find columns by their physical names. */
  @Test
  void takesAColumnThatWasDroppedAndAddedAgainForAnotherOneAndARenamedOneForTheSame()
      throws IOException {
    TableFixture mapped = new TableFixture(directory.resolve("mapped"));
    Table written =
        TableFixture.tables()
            .create(
                mapped.location(),
                schema(id(), text("note")),
                Map.of("delta.columnMapping.mode", "name"));
    Append append = mapped.append("q", 0, mapped.fakeFor(written));
    String physical = written.schema().columns().columns().get(1).physicalName();

    mapped.foreignSchema(text -> text.replace(physical, "col-again"));
    assertThat(unfit(written, append)).contains("column note was dropped and added again");
    mapped.foreignSchema(
        text -> text.replace("col-again", physical).replace("\"note\"", "\"remark\""));
    assertThat(written.append(append)).isEqualTo(new Committed(3));
  }

  @Test
  void tellsACommittedBatchFromOneThatNoLongerFits() throws IOException {
    Append append = fixture.append("q", 0, fixture.fakeFor(table));
    fixture.foreignSchema(text -> text.replace("\"note\"", "\"remark\""));
    assertThat(table.append(append)).isInstanceOf(AppendResult.Unexpected.class);
  }

  private Table openedAgain() throws IOException {
    return TableFixture.tables().open(fixture.location()).orElseThrow();
  }

  private static String unfit(Table table, Append append) throws IOException {
    AppendResult result = table.append(append);
    assertThat(result).isInstanceOf(AppendResult.Unfit.class);
    return ((AppendResult.Unfit) result).why().getMessage();
  }

  @Test
  void commitsAfterAForeignVersionThatCameBetweenALookAndTheAppend() throws IOException {
    assertThat(table.lastTransaction("q")).hasValue(0);
    ObjectNode txn = TableFixture.JSON.createObjectNode().put("appId", "other").put("version", 9);
    fixture.foreign(Map.of("txn", txn));
    assertThat(table.append(fixture.append("q", 1, fixture.fake()))).isEqualTo(new Committed(3));
    assertThat(table.lastTransaction("other")).hasValue(9);
  }

  /** Equal size and time prove nothing: the content does. */
  @Test
  void noticesThatItsOwnVersionWasReplacedByOneOfTheSameSizeAndTime() throws IOException {
    Path commit = fixture.commit(1);
    FileTime time = Files.getLastModifiedTime(commit);
    String text = Files.readString(commit);
    String txn = "\"appId\":\"q\",\"version\":";
    assertThat(text).contains(txn + "0");
    Files.writeString(commit, text.replace(txn + "0", txn + "7"));
    Files.setLastModifiedTime(commit, time);
    Files.delete(fixture.log().resolve("00000000000000000001.crc"));
    assertThat(table.lastTransaction("q")).hasValue(7);
  }

  @Test
  void failsWhenTheTableIsGone() throws IOException {
    deleteTable();
    assertThatThrownBy(() -> table.append(fixture.append("q", 1, fixture.fake())))
        .hasMessageStartingWith("TM-220")
        .hasMessageContaining(fixture.location());
    assertThatThrownBy(table::refresh).hasMessageStartingWith("TM-220");
    assertThat(fixture.root()).doesNotExist();
  }

  @Test
  void failsWhenAnotherTableStandsThere() throws IOException {
    deleteTable();
    Table another =
        TableFixture.tables().create(fixture.location(), schema(id(), text("note")), Map.of());
    another.append(fixture.append("x", 0, fixture.fake()));
    another.append(fixture.append("x", 1, fixture.fake()));
    assertThatThrownBy(() -> table.append(fixture.append("q", 1, fixture.fake())))
        .hasMessageStartingWith("TM-221")
        .hasMessageContaining(another.id());
    assertThatThrownBy(table::refresh).hasMessageStartingWith("TM-221");
    assertThatThrownBy(() -> table.lastTransaction("q")).hasMessageStartingWith("TM-221");
    assertThat(fixture.newest()).isEqualTo(2);
  }

  @Test
  void failsWhenAForeignWriterEnablesWhatWeCannotHonour() throws IOException {
    fixture.foreignProtocol("appendOnly", "materializePartitionColumns");
    assertThatThrownBy(() -> table.append(fixture.append("q", 1, fixture.fake())))
        .hasMessageStartingWith("TM-210")
        .hasMessageContaining("materializePartitionColumns");
  }

  /** Kernel commits after the other table's versions, because none of them changes a schema. */
  @Test
  void failsWhenAnotherTableIsCreatedBetweenALookAndTheAppend() throws IOException {
    assertThat(table.lastTransaction("q")).hasValue(0);
    deleteTable();
    Table another =
        TableFixture.tables().create(fixture.location(), schema(id(), text("note")), Map.of());
    another.append(fixture.append("x", 0, fixture.fake()));
    another.append(fixture.append("x", 1, fixture.fake()));
    assertThatThrownBy(() -> table.append(fixture.append("q", 1, fixture.fake())))
        .hasMessageStartingWith("TM-221")
        .hasMessageContaining(another.id());
    assertThatThrownBy(() -> table.lastTransaction("q")).hasMessageStartingWith("TM-221");
  }

  private void deleteTable() throws IOException {
    try (Stream<Path> files = Files.walk(fixture.root())) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
