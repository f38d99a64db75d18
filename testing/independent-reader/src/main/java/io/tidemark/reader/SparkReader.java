package io.tidemark.reader;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.apache.spark.sql.SparkSession;

/**
 * Spark as a program that answers SQL: reads one statement a line from standard input, and prints
 * the rows, each a line of JSON, then one line {@code end}, or {@code error} and the message. Ends
 * at the end of its input.
 */
final class SparkReader {

  static final String READY = "ready";
  static final String END = "end";
  static final String ERROR = "error ";

  private SparkReader() {}

  /**
   * @param args a directory for Spark's own files
   */
  public static void main(String[] args) throws IOException {
    PrintStream answers = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    // Whatever Spark prints is not an answer.
    System.setOut(System.err);
    var statements = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try (SparkSession spark = session(args[0])) {
      answers.println(READY);
      for (String sql = statements.readLine(); sql != null; sql = statements.readLine()) {
        answer(spark, sql, answers);
      }
    }
  }

  private static void answer(SparkSession spark, String sql, PrintStream answers) {
    try {
      spark.sql(sql).toJSON().collectAsList().forEach(answers::println);
      answers.println(END);
    } catch (Exception e) {
      answers.println(ERROR + String.valueOf(e.getMessage()).replaceAll("\\s+", " "));
    }
  }

  private static SparkSession session(String directory) {
    return SparkSession.builder()
        .master("local[1]")
        .appName("independent-reader")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension")
        .config(
            "spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog")
        // Delta's own would look first and write then.
        .config("spark.delta.logStore.s3a.impl", ConditionalLogStore.class.getName())
        .config("spark.sql.shuffle.partitions", "1")
        .config("spark.databricks.delta.snapshotPartitions", "1")
        .config("spark.sql.session.timeZone", "UTC")
        // A column without a value is a null in the answer, not a missing field.
        .config("spark.sql.jsonGenerator.ignoreNullFields", "false")
        .config("spark.sql.warehouse.dir", directory + "/warehouse")
        .config("spark.local.dir", directory)
        .getOrCreate();
  }
}
