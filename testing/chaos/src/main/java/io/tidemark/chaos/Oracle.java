package io.tidemark.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.reader.SparkJudge;
import java.nio.file.Path;
import java.util.List;

/**
 * Compares the table with the ledger, in SQL alone: Spark reads the table and recomputes every
 * record from the seed and its place.
 */
final class Oracle {

  private static final String ROWS =
      """
      WITH ledger (its_topic, its_partition, first_round, records) AS (VALUES %s),
      places AS (
        SELECT topic, `partition`, seq, count(*) AS copies,
          min(CASE WHEN seq BETWEEN 0 AND records - 1 AND text = %s AND hash = crc32(text)
            AND at = %s AND bucket = %s AND %s AND _kafka_topic = topic
            AND _kafka_partition = `partition` AND _kafka_offset = seq
            THEN 1 ELSE 0 END) AS whole
        FROM %s LEFT JOIN ledger ON topic = its_topic AND `partition` = its_partition
        WHERE `partition` IS DISTINCT FROM -1
        GROUP BY topic, `partition`, seq)
      SELECT coalesce(sum(copies), 0) AS rows, count(*) AS places,
        coalesce(sum(whole), 0) AS whole FROM places
      """;

  private static final String FOREIGN =
      """
      SELECT count(*) AS rows, count(DISTINCT seq) AS places FROM %s
      WHERE `partition` = -1 AND topic = 'foreign' AND seq BETWEEN 0 AND %d - 1
      """;

  private final SparkJudge spark;
  private final Path table;

  Oracle(SparkJudge spark, Path table) {
    this.spark = spark;
    this.table = table;
  }

  /**
   * The content of a table.
   *
   * @param rows of the connector, in all
   * @param missing records or closed windows whose row is missing or corrupt
   * @param duplicate rows after the first one of their place
   * @param corrupt places with wrong rows, or with rows where there should be none
   */
  record Verdict(long rows, long missing, long duplicate, long corrupt) {

    /** Of the columns rows, places, and those of them that are whole. */
    static Verdict of(JsonNode counts, long missing) {
      long rows = counts.path("rows").asLong();
      long places = counts.path("places").asLong();
      return new Verdict(rows, missing, rows - places, places - counts.path("whole").asLong());
    }
  }

  Verdict judge(Ledger ledger) {
    String sql =
        ROWS.formatted(
            ledger.sql(),
            Payload.textSql(ledger.seed()),
            Payload.atSql(),
            Payload.bucketSql(),
            Payload.goodSql(),
            SparkJudge.name(table));
    JsonNode counts = spark.query(sql).get(0);
    long good = ledger.total() - ledger.poison().size();
    return Verdict.of(counts, good - counts.path("whole").asLong());
  }

  /** Rows of the connector; cheap enough for repeated calls. */
  long rows() {
    return spark.number(
        "SELECT count(*) FROM "
            + SparkJudge.name(table)
            + " WHERE `partition` IS DISTINCT FROM -1");
  }

  /** The number of rows of the foreign writer that are not there exactly once. */
  long foreignDamage(long inserted) {
    JsonNode counts = spark.query(FOREIGN.formatted(SparkJudge.name(table), inserted)).get(0);
    long rows = counts.path("rows").asLong();
    long places = counts.path("places").asLong();
    return inserted - places + rows - places;
  }

  /** Batches that have more than one version. */
  long repeatedBatches() {
    List<String> batches =
        spark.history(table).stream()
            .filter(version -> operation(version).equals("STREAMING UPDATE"))
            .map(version -> version.path("operationParameters").path("epochId").asText())
            .toList();
    return batches.size() - batches.stream().distinct().count();
  }

  /** Versions that another writer made. */
  long foreignCommits() {
    return spark.history(table).stream()
        .filter(version -> operation(version).matches("WRITE|OPTIMIZE|ADD COLUMNS"))
        .count();
  }

  private static String operation(JsonNode version) {
    return version.path("operation").asText();
  }
}
