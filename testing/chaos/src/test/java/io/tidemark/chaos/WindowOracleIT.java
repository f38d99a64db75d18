package io.tidemark.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.chaos.Ledger.Part;
import io.tidemark.reader.SparkJudge;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The oracle finds what is wrong with a table of windows, and nothing else. */
class WindowOracleIT {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Ledger LEDGER =
      new Ledger(
          7,
          Map.of(
              new TopicPartition("alpha", 0), new Part(0, 1_500),
              new TopicPartition("alpha", 1), new Part(0, 1_490),
              new TopicPartition("beta", 0), new Part(900, 800)));

  @TempDir static Path directory;
  private static SparkJudge spark;
  private static int tables;
  private Path table;
  private WindowOracle oracle;
  private int rows;
  private long firstStart;

  @BeforeAll
  static void startSpark() {
    spark = new SparkJudge(directory);
  }

  @AfterAll
  static void stopSpark() {
    spark.close();
  }

  /** All windows, closed or not, with records as {@link Payload} makes them. */
  @BeforeEach
  void writeATable() throws JsonProcessingException {
    table = directory.resolve("windows-" + tables++);
    oracle = new WindowOracle(spark, table);
    Map<String, long[]> sums = new TreeMap<>();
    Payload payload = new Payload(LEDGER.seed());
    for (Map.Entry<TopicPartition, Part> entry : LEDGER.parts().entrySet()) {
      TopicPartition place = entry.getKey();
      Part part = entry.getValue();
      for (long seq = 0; seq < part.records(); seq++) {
        if (!payload.poison(place.topic(), place.partition(), seq)) {
          JsonNode record =
              JSON.readTree(payload.json(place.topic(), place.partition(), part.firstRound(), seq));
          long start =
              Math.floorDiv(record.path("at").asLong(), WindowOracle.SIZE_MS)
                  * WindowOracle.SIZE_MS;
          long[] sum =
              sums.computeIfAbsent(start + ", " + record.path("bucket"), absent -> new long[2]);
          sum[0]++;
          sum[1] += record.path("hash").asLong();
        }
      }
    }
    rows = sums.size();
    firstStart = Long.parseLong(sums.keySet().iterator().next().split(",", -1)[0]);
    change(
        "CREATE TABLE %s (window STRUCT<start: TIMESTAMP, end: TIMESTAMP>, bucket BIGINT, records BIGINT, total BIGINT) USING DELTA");
    change(
        "INSERT INTO %s SELECT struct(timestamp_millis(start) AS start, timestamp_millis(start + "
            + WindowOracle.SIZE_MS
            + ") AS end), bucket, records, total FROM (VALUES "
            + sums.entrySet().stream()
                .map(
                    sum ->
                        "(%s, %d, %d)"
                            .formatted(sum.getKey(), sum.getValue()[0], sum.getValue()[1]))
                .collect(Collectors.joining(", "))
            + ") AS v (start, bucket, records, total)");
  }

  @Test
  void findsNothingWrongWithATableThatHasEveryWindowOnce() {
    assertThat(oracle.judge(LEDGER)).isEqualTo(new Oracle.Verdict(rows, 0, 0, 0));
  }

  /**
   * The first window is that from -2 s to 0 s. The slowest partition has come to 14.9 s, less up to
   * a second of disorder, so the watermark is between 12 s and 13.9 s.
   */
  @Test
  void missesNoWindowThatMayStillBeOpen() {
    change("DELETE FROM %s WHERE unix_millis(window.start) >= " + (firstStart + 14_000));
    Oracle.Verdict verdict = oracle.judge(LEDGER);
    assertThat(verdict.rows()).isLessThan(rows);
    assertThat(verdict).isEqualTo(new Oracle.Verdict(verdict.rows(), 0, 0, 0));

    change("DELETE FROM %s WHERE unix_millis(window.start) = " + (firstStart + 12_000));
    assertThat(oracle.judge(LEDGER).missing()).isEqualTo(5);
  }

  @Test
  void findsTheMissingWindow() {
    change("DELETE FROM %s WHERE bucket = 3 AND unix_millis(window.start) = " + second());

    assertThat(oracle.judge(LEDGER)).isEqualTo(new Oracle.Verdict(rows - 1, 1, 0, 0));
  }

  @Test
  void findsTheDoubledWindow() {
    change(
        "INSERT INTO %1$s SELECT * FROM %1$s WHERE bucket = 3 AND unix_millis(window.start) = "
            + second());

    assertThat(oracle.judge(LEDGER)).isEqualTo(new Oracle.Verdict(rows + 1, 0, 1, 0));
  }

  @Test
  void findsWindowsThatSayAnotherThing() {
    String where = " AND unix_millis(window.start) = " + second();
    change("UPDATE %s SET records = records - 1 WHERE bucket = 0" + where);
    change("UPDATE %s SET total = total + 1 WHERE bucket = 1" + where);
    change("UPDATE %s SET window.end = window.start WHERE bucket = 2" + where);
    change("UPDATE %s SET total = NULL WHERE bucket = 3" + where);

    assertThat(oracle.judge(LEDGER)).isEqualTo(new Oracle.Verdict(rows, 4, 0, 4));
  }

  @Test
  void findsWindowsThatNobodyHas() {
    change("INSERT INTO %1$s SELECT window, 9, records, total FROM %1$s LIMIT 1");

    assertThat(oracle.judge(LEDGER)).isEqualTo(new Oracle.Verdict(rows + 1, 0, 0, 1));
  }

  /** A window in which every bucket has records of several partitions. */
  private long second() {
    return firstStart + 4_000;
  }

  private void change(String sql) {
    spark.query(sql.formatted(SparkJudge.name(table)));
  }
}
