package io.tidemark.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.reader.SparkJudge;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The oracle finds what is wrong with a table, and nothing else. */
class OracleIT {

  private static final int RECORDS = 10;
  private static final int POISON = 7;
  private static final int ROWS = RECORDS - 1;
  private static final TopicPartition PARTITION = new TopicPartition("alpha", 1);
  private static final long FIRST_ROUND = 300;
  private static final Ledger LEDGER =
      LongStream.iterate(0, seed -> seed + 1)
          .mapToObj(
              seed -> new Ledger(seed, Map.of(PARTITION, new Ledger.Part(FIRST_ROUND, RECORDS))))
          .filter(ledger -> ledger.poison().equals(Set.of(new Ledger.Place(PARTITION, POISON))))
          .findFirst()
          .orElseThrow();

  @TempDir static Path directory;
  private static SparkJudge spark;
  private static int tables;
  private Path table;
  private Oracle oracle;

  @BeforeAll
  static void startSpark() {
    spark = new SparkJudge(directory);
  }

  @AfterAll
  static void stopSpark() {
    spark.close();
  }

  /** With records as {@link Payload} makes them, not as the SQL of the oracle would. */
  @BeforeEach
  void writeATable() {
    table = directory.resolve("table-" + tables++);
    oracle = new Oracle(spark, table);
    spark.query(
        "CREATE TABLE %s (topic STRING, `partition` BIGINT, seq BIGINT, at BIGINT, bucket BIGINT, hash BIGINT, text STRING, _kafka_topic STRING, _kafka_partition INT, _kafka_offset BIGINT) USING DELTA"
            .formatted(SparkJudge.name(table)));
    Payload payload = new Payload(LEDGER.seed());
    String values =
        IntStream.range(0, RECORDS)
            .filter(seq -> seq != POISON)
            .mapToObj(
                seq -> "('%s', %d)".formatted(payload.json("alpha", 1, FIRST_ROUND, seq), seq))
            .collect(Collectors.joining(", "));
    change(
        "INSERT INTO %s SELECT r.*, 'alpha', 1, offset FROM (SELECT from_json(json, 'topic STRING, `partition` BIGINT, seq BIGINT, at BIGINT, bucket BIGINT, hash BIGINT, text STRING') AS r, offset FROM (VALUES "
            + values
            + ") AS v (json, offset))");
  }

  @Test
  void findsNothingWrongWithATableThatHasEveryGoodRecordOnce() {
    assertThat(oracle.judge(LEDGER)).isEqualTo(new Oracle.Verdict(ROWS, 0, 0, 0));
  }

  @Test
  void findsTheMissingRecord() {
    change("DELETE FROM %s WHERE seq = 3");

    assertThat(oracle.judge(LEDGER)).isEqualTo(new Oracle.Verdict(ROWS - 1, 1, 0, 0));
  }

  @Test
  void findsTheDuplicateRow() {
    change("INSERT INTO %1$s SELECT * FROM %1$s WHERE seq = 3");

    assertThat(oracle.judge(LEDGER)).isEqualTo(new Oracle.Verdict(ROWS + 1, 0, 1, 0));
  }

  @Test
  void findsRowsThatSayAnotherThing() {
    change("UPDATE %s SET text = 'x' WHERE seq = 3");
    change("UPDATE %s SET _kafka_offset = 5 WHERE seq = 4");
    change("UPDATE %s SET hash = NULL WHERE seq = 5");
    change("UPDATE %s SET at = at + 1 WHERE seq = 6");

    assertThat(oracle.judge(LEDGER)).isEqualTo(new Oracle.Verdict(ROWS, 4, 0, 4));
  }

  @Test
  void findsRowsThatNobodyWrote() {
    change(
        "INSERT INTO %1$s SELECT topic, 2, seq, at, bucket, hash, text, topic, 2, seq FROM %1$s LIMIT 1");

    assertThat(oracle.judge(LEDGER)).isEqualTo(new Oracle.Verdict(ROWS + 1, 0, 0, 1));
  }

  @Test
  void findsTheRowOfAPoisonRecord() {
    change(
        "INSERT INTO %s SELECT topic, `partition`, seq, {at}, {bucket}, hash, text, topic, `partition`, seq FROM (SELECT *, crc32(text) AS hash FROM (SELECT *, {text} AS text FROM (VALUES ('alpha', 1, {seq}, CAST({round} AS BIGINT)) AS v (topic, `partition`, seq, first_round))))"
            .replace("{at}", Payload.atSql())
            .replace("{bucket}", Payload.bucketSql())
            .replace("{text}", Payload.textSql(LEDGER.seed()))
            .replace("{seq}", "" + POISON)
            .replace("{round}", "" + FIRST_ROUND)
            .replace("% ", "%% "));

    assertThat(oracle.judge(LEDGER)).isEqualTo(new Oracle.Verdict(ROWS + 1, 0, 0, 1));
  }

  @Test
  void countsWhatAnotherWriterLostOrDoubled() {
    ForeignWriter foreign = new ForeignWriter(spark, table);
    foreign.insert(4);
    assertThat(oracle.foreignDamage(foreign.rows())).isZero();

    change("DELETE FROM %s WHERE `partition` = -1 AND seq = 0");
    change("INSERT INTO %1$s SELECT * FROM %1$s WHERE `partition` = -1 AND seq = 1");

    assertThat(oracle.foreignDamage(foreign.rows())).isEqualTo(2);
    assertThat(oracle.judge(LEDGER)).isEqualTo(new Oracle.Verdict(ROWS, 0, 0, 0));
  }

  private void change(String sql) {
    spark.query(sql.formatted(SparkJudge.name(table)));
  }
}
