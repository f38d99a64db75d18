package io.tidemark.benchmarks;

import io.tidemark.reader.SparkJudge;
import java.nio.file.Path;

/**
 * Spark, which says whether a table has every order once, and how many rows of windows there are.
 */
final class Judge implements AutoCloseable {

  private final SparkJudge spark;

  Judge(Path directory) {
    this.spark = new SparkJudge(directory);
  }

  /** Fails with TM-986 when an order is missing or doubled. */
  String requireEachOnce(String contestant, Path table, long records) {
    long rows = spark.rows(table);
    long distinct = spark.distinct(table, "order_id");
    if (rows != records || distinct != records) {
      throw BenchmarkErrors.countDiffers(
          contestant, "%d rows with %d different orders".formatted(rows, distinct), records);
    }
    return "Spark finds %,d rows and as many different orders".formatted(rows);
  }

  /** Number of rows. */
  long rows(Path table) {
    return spark.rows(table);
  }

  /** Number of orders in the rows of windows. */
  long orders(Path table) {
    return spark.number("SELECT sum(cnt) FROM " + SparkJudge.name(table));
  }

  @Override
  public void close() {
    spark.close();
  }
}
