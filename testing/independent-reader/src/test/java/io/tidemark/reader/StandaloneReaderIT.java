package io.tidemark.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StandaloneReaderIT {

  @TempDir static Path directory;
  private static SparkJudge spark;

  @BeforeAll
  static void startSpark() {
    spark = new SparkJudge(directory);
  }

  @AfterAll
  static void stopSpark() {
    spark.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"zstd", "snappy", "gzip", "uncompressed"})
  void countsRowsAndDifferentValuesOfATableWithCodec(String codec) {
    Path table = directory.resolve(codec);
    spark.query("SET spark.sql.parquet.compression.codec=" + codec);

    insertOverlapping(table, 2);

    assertThat(new StandaloneReader(table).count("id"))
        .isEqualTo(new StandaloneReader.Count(2, 22, 21));
  }

  @Test
  void readsATableCheckpointAndTheVersionsAfterIt() {
    Path table = directory.resolve("checkpointed");

    insertOverlapping(table, 12);

    assertThat(table.resolve("_delta_log/00000000000000000010.checkpoint.parquet")).exists();
    assertThat(new StandaloneReader(table).count("id"))
        .isEqualTo(new StandaloneReader.Count(12, 132, 121));
  }

  @Test
  void readsTextNumbersAndTimesInsideAStruct() {
    Path table = directory.resolve("struct");
    spark.query("SET spark.sql.parquet.outputTimestampType=TIMESTAMP_MICROS");
    String name = SparkJudge.name(table);
    spark.query(
        "CREATE TABLE "
            + name
            + " (window STRUCT<start: TIMESTAMP, end: TIMESTAMP>, product STRING, n BIGINT)"
            + " USING DELTA");
    spark.query(
        "INSERT INTO "
            + name
            + " SELECT named_struct('start', timestamp_micros(1767254400000001),"
            + " 'end', timestamp_micros(1767254700000000)), 'lamp', 7L");

    List<String> rows = new ArrayList<>();
    new StandaloneReader(table)
        .rows(
            row ->
                rows.add(
                    "%s %s %s %d"
                        .formatted(
                            row.time("window.start"),
                            row.time("window.end"),
                            row.text("product"),
                            row.number("n"))));
    assertThat(rows).containsExactly("2026-01-01T08:00:00.000001Z 2026-01-01T08:05:00Z lamp 7");
  }

  /** Eleven rows a version, the last of which is also the first of the next. */
  private static void insertOverlapping(Path table, int versions) {
    String name = SparkJudge.name(table);
    spark.query("CREATE TABLE " + name + " (id BIGINT) USING DELTA");
    for (int version = 1; version <= versions; version++) {
      int first = version * 10;
      spark.query("INSERT INTO %s SELECT id FROM range(%d, %d)".formatted(name, first, first + 11));
    }
  }
}
