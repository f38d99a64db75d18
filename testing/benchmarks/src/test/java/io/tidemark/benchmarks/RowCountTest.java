package io.tidemark.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RowCountTest {

  @TempDir Path directory;

  @Test
  void findsNoRowsWhileThereIsNoTable() throws IOException {
    assertThat(new DeltaRows(directory).records()).isZero();
    assertThat(new IcebergRows(directory).records()).isZero();
    assertThat(new CommittedOffsets(directory).records()).isZero();
    assertThat(new CountFiles(directory.resolve("absent")).records()).isZero();
  }

  @Test
  void countsTheRowsThatAreLeftAfterARemoveAndADeletionVector() throws IOException {
    DeltaRows rows = new DeltaRows(directory);
    version(0, "{\"protocol\":{}}", "{\"metaData\":{}}");
    assertThat(rows.records()).isZero();

    version(1, add("a", 10), add("b", 20));
    assertThat(rows.records()).isEqualTo(30);

    version(2, "{\"remove\":{\"path\":\"a\"}}", add("c", 5));
    version(
        3,
        "{\"remove\":{\"path\":\"b\"}}",
        add("b", 20).replace("\"path\"", "\"deletionVector\":{\"cardinality\":3},\"path\""));
    assertThat(rows.records()).isEqualTo(22);
    assertThat(rows.versions()).isEqualTo(4);
  }

  @Test
  void readsAVersionAgainThatWasNotWholeYet() throws IOException {
    DeltaRows rows = new DeltaRows(directory);
    version(0, add("a", 10), "{\"add\":{\"path\":\"b\",");
    assertThatThrownBy(rows::records).isInstanceOf(JsonProcessingException.class);

    version(0, add("a", 10), add("b", 20));
    assertThat(rows.records()).isEqualTo(30);
  }

  @Test
  void refusesATableWithoutStatistics() throws IOException {
    version(0, "{\"add\":{\"path\":\"a\"}}");

    assertThatThrownBy(new DeltaRows(directory)::records)
        .hasMessageContaining("TM-987")
        .hasMessageContaining("00000000000000000000.json");
  }

  @Test
  void takesTheTotalOfTheCurrentSnapshotOfIceberg() throws IOException {
    Path metadata = Files.createDirectories(directory.resolve("metadata"));
    Files.writeString(metadata.resolve("version-hint.text"), "3\n");
    IcebergRows rows = new IcebergRows(directory);
    assertThatThrownBy(rows::records).isInstanceOf(IOException.class);

    Files.writeString(
        metadata.resolve("v3.metadata.json"),
        """
        {"current-snapshot-id": 7003, "snapshots": [
          {"snapshot-id": 7002, "summary": {"total-records": "10"}},
          {"snapshot-id": 7003, "summary": {"added-records": "5", "total-records": "15"}}]}
        """);
    assertThat(rows.records()).isEqualTo(15);
  }

  @Test
  void takesTheOffsetsOfTheNewestCommittedBatchAndNotOfTheNewestPlanned() throws IOException {
    Path offsets = Files.createDirectories(directory.resolve("offsets"));
    Path commits = Files.createDirectories(directory.resolve("commits"));
    for (int batch : new int[] {9, 10, 11}) {
      Files.writeString(
          offsets.resolve("" + batch),
          "v1\n{\"batchWatermarkMs\":123}\n{\"orders\":{\"0\":%d,\"1\":5}}".formatted(batch * 100));
    }
    Files.writeString(commits.resolve("9"), "v1\n{}");
    Files.writeString(commits.resolve("10"), "v1\n{}");
    Files.writeString(commits.resolve(".11.tmp"), "");

    assertThat(new CommittedOffsets(directory).records()).isEqualTo(1005);

    Files.writeString(commits.resolve("12"), "v1\n{}");
    assertThatThrownBy(new CommittedOffsets(directory)::records)
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void addsUpWhatAllTasksHaveCounted() throws IOException {
    Files.writeString(directory.resolve("count-0"), "10");
    Files.writeString(directory.resolve("count-1"), "");
    Files.writeString(directory.resolve("count-2"), "32\n");
    Files.writeString(directory.resolve("other"), "999");

    assertThat(new CountFiles(directory).records()).isEqualTo(42);
  }

  private void version(long number, String... actions) throws IOException {
    Path file = DeltaVersion.file(directory, number);
    Files.createDirectories(file.getParent());
    Files.writeString(file, String.join("\n", actions));
  }

  private static String add(String path, long rows) {
    return "{\"add\":{\"path\":\"%s\",\"stats\":\"{\\\"numRecords\\\":%d}\"}}"
        .formatted(path, rows);
  }
}
