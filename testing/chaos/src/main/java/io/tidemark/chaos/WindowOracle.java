package io.tidemark.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.reader.SparkJudge;
import java.nio.file.Path;

/**
 * Compares a table of windows with the ledger, in SQL alone: Spark recomputes every record from the
 * seed, adds up all windows in one go, and says which of them the watermark has closed.
 */
final class WindowOracle {

  /** Length of the windows, in milliseconds. */
  static final int SIZE_MS = 2_000;

  private static final String ROWS =
      """
      WITH ledger (topic, `partition`, first_round, records) AS (VALUES %1$s),
      places AS (
        SELECT *, explode(sequence(0L, records - 1)) AS seq FROM ledger WHERE records > 0),
      hashes AS (SELECT *, crc32(%2$s) AS hash FROM places),
      good AS (SELECT *, %3$s AS at, %4$s AS its_bucket FROM hashes WHERE %5$s),
      watermark AS (
        SELECT min(latest) - %6$d AS watermark
        FROM (SELECT max(at) AS latest FROM good GROUP BY topic, `partition`)),
      expected AS (
        SELECT floor(at / %7$d) * %7$d AS its_start, its_bucket, count(*) AS its_records,
          sum(hash) AS its_total
        FROM good GROUP BY floor(at / %7$d) * %7$d, its_bucket),
      found AS (
        SELECT unix_millis(window.start) AS start, bucket, count(*) AS copies,
          min(CASE WHEN unix_millis(window.end) = its_start + %7$d AND records = its_records
            AND total = its_total THEN 1 ELSE 0 END) AS whole
        FROM %8$s LEFT JOIN expected
        ON unix_millis(window.start) = its_start AND bucket = its_bucket
        GROUP BY unix_millis(window.start), bucket)
      SELECT coalesce(sum(copies), 0) AS rows, count(*) AS places, coalesce(sum(whole), 0) AS whole,
        (SELECT count(*) FROM expected CROSS JOIN watermark
          LEFT ANTI JOIN found ON start = its_start AND bucket = its_bucket AND whole = 1
          WHERE its_start + %7$d <= watermark) AS missing
      FROM found
      """;

  private final SparkJudge spark;
  private final Path table;

  WindowOracle(SparkJudge spark, Path table) {
    this.spark = spark;
    this.table = table;
  }

  /** A window that may still be open may be missing, and must be as expected if it is there. */
  Oracle.Verdict judge(Ledger ledger) {
    JsonNode counts =
        spark
            .query(
                ROWS.formatted(
                    ledger.sql(),
                    Payload.textSql(ledger.seed()),
                    Payload.atSql(),
                    Payload.bucketSql(),
                    Payload.goodSql(),
                    Payload.DISORDER_MS,
                    SIZE_MS,
                    SparkJudge.name(table)))
            .get(0);
    return Oracle.Verdict.of(counts, counts.path("missing").asLong());
  }
}
