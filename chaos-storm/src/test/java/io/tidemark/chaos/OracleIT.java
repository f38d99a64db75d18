package io.tidemark.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.reader.SparkJudge;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The oracle finds what is wrong with a table, and nothing else. */
class OracleIT {

  private static final long SEED = 7;
  private static final int RECORDS = 10;
  private static final Ledger LEDGER =
      new Ledger(SEED, Map.of(new TopicPartition("alpha", 1), (long) RECORDS));

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
        "CREATE TABLE %s (topic STRING, `partition` BIGINT, seq BIGINT, hash BIGINT, text STRING, _kafka_topic STRING, _kafka_partition INT, _kafka_offset BIGINT) USING DELTA"
            .formatted(SparkJudge.name(table)));
    StringBuilder values = new StringBuilder();
    Payload payload = new Payload(SEED);
    for (int seq = 0; seq < RECORDS; seq++) {
      values
          .append(seq == 0 ? "" : ", ")
          .append("('%s', %d)".formatted(payload.json("alpha", 1, seq), seq));
    }
    change(
        "INSERT INTO %s SELECT r.topic, r.`partition`, r.seq, r.hash, r.text, 'alpha', 1, at FROM (SELECT from_json(json, 'topic STRING, `partition` BIGINT, seq BIGINT, hash BIGINT, text STRING') AS r, at FROM (VALUES "
            + values
            + ") AS v (json, at))");
  }

  @Test
  void findsNothingWrongWithATableThatHasEveryRecordOnce() {
    assertThat(oracle.judge(LEDGER)).isEqualTo(new Oracle.Verdict(RECORDS, 0, 0, 0));
  }

  @Test
  void findsTheMissingRecord() {
    change("DELETE FROM %s WHERE seq = 3");

    assertThat(oracle.judge(LEDGER)).isEqualTo(new Oracle.Verdict(RECORDS - 1, 1, 0, 0));
  }

  @Test
  void findsTheDuplicateRow() {
    change("INSERT INTO %1$s SELECT * FROM %1$s WHERE seq = 3");

    assertThat(oracle.judge(LEDGER)).isEqualTo(new Oracle.Verdict(RECORDS + 1, 0, 1, 0));
  }

  @Test
  void findsRowsThatSayAnotherThing() {
    change("UPDATE %s SET text = 'x' WHERE seq = 3");
    change("UPDATE %s SET _kafka_offset = 5 WHERE seq = 4");
    change("UPDATE %s SET hash = NULL WHERE seq = 5");

    assertThat(oracle.judge(LEDGER)).isEqualTo(new Oracle.Verdict(RECORDS, 3, 0, 3));
  }

  @Test
  void findsRowsThatNobodyWrote() {
    change("INSERT INTO %1$s SELECT topic, 2, seq, hash, text, topic, 2, seq FROM %1$s LIMIT 1");

    assertThat(oracle.judge(LEDGER)).isEqualTo(new Oracle.Verdict(RECORDS + 1, 0, 0, 1));
  }

  @Test
  void countsWhatAnotherWriterLostOrDoubled() {
    ForeignWriter foreign = new ForeignWriter(spark, table);
    foreign.insert(4);
    assertThat(oracle.foreignDamage(foreign.rows())).isZero();

    change("DELETE FROM %s WHERE `partition` = -1 AND seq = 0");
    change("INSERT INTO %1$s SELECT * FROM %1$s WHERE `partition` = -1 AND seq = 1");

    assertThat(oracle.foreignDamage(foreign.rows())).isEqualTo(2);
    assertThat(oracle.judge(LEDGER)).isEqualTo(new Oracle.Verdict(RECORDS, 0, 0, 0));
  }

  private void change(String sql) {
    spark.query(sql.formatted(SparkJudge.name(table)));
  }
}
