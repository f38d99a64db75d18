package io.tidemark.chaos;

import io.tidemark.cluster.Patience;
import io.tidemark.reader.SparkJudge;
import java.nio.file.Path;

/**
 * Another writer to the table: Spark. Its rows have partition -1 and their own sequence numbers.
 * Like any writer, Spark may lose against the connector's commits; it then tries again.
 */
final class ForeignWriter {

  private static final Patience CONFLICTS = Patience.ofSeconds(120);

  private final SparkJudge spark;
  private final String table;
  private long rows;
  private int columns;

  ForeignWriter(SparkJudge spark, Path table) {
    this.spark = spark;
    this.table = SparkJudge.name(table);
  }

  /** Rows inserted so far; their sequence numbers are 0 to one less. */
  long rows() {
    return rows;
  }

  void insert(int count) {
    commit(
        "INSERT INTO %s (topic, `partition`, seq) SELECT 'foreign', CAST(-1 AS BIGINT), id FROM range(%d, %d)"
            .formatted(table, rows, rows + count));
    rows += count;
  }

  void optimize() {
    commit("OPTIMIZE " + table);
  }

  void addColumn() {
    commit("ALTER TABLE %s ADD COLUMNS (foreign_%d STRING)".formatted(table, columns));
    columns++;
  }

  private void commit(String sql) {
    CONFLICTS.await(
        "Spark commits " + sql,
        () -> {
          spark.query(sql);
          return true;
        });
  }
}
