package io.tidemark.spark;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.apache.spark.api.java.function.FilterFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.streaming.DataStreamWriter;
import org.apache.spark.sql.streaming.Trigger;

/**
 * Spark as a program that runs streaming queries: reads one {@link Run} a line from standard input,
 * runs it until all of Kafka's records are in the table, and prints {@code end}, or {@code error}
 * and the message. Ends at the end of its input.
 */
final class KafkaToDelta {

  static final String READY = "ready";
  static final String END = "end";
  static final String ERROR = "error ";

  private static final String FILE_MANAGER = "spark.sql.streaming.checkpointFileManagerClass";

  private KafkaToDelta() {}

  /**
   * One run of a query.
   *
   * @param maxOffsets of a batch; 0 for all that there are
   */
  record Run(Query query, Death death, long maxOffsets) {}

  /**
   * @param args a directory for Spark's own files
   */
  public static void main(String[] args) throws IOException {
    PrintStream answers = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    // Whatever Spark prints is not an answer.
    System.setOut(System.err);
    ObjectMapper json = new ObjectMapper();
    var runs = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try (SparkSession spark = session(args[0])) {
      answers.println(READY);
      for (String line = runs.readLine(); line != null; line = runs.readLine()) {
        try {
          run(spark, json.readValue(line, Run.class));
          answers.println(END);
        } catch (Exception e) {
          answers.println(ERROR + String.valueOf(e.getMessage()).replaceAll("\\s+", " "));
        }
      }
    }
  }

  private static void run(SparkSession spark, Run run) throws Exception {
    Query query = run.query();
    var source =
        spark
            .readStream()
            .format("kafka")
            .option("kafka.bootstrap.servers", query.bootstrapServers())
            .option("subscribe", query.topics())
            .option("startingOffsets", "earliest");
    if (run.maxOffsets() > 0) {
      source = source.option("maxOffsetsPerTrigger", run.maxOffsets());
    }
    Dataset<Row> rows = source.load().selectExpr(query.columns().toArray(String[]::new));
    if (run.death() == Death.WITHIN_THE_BATCH) {
      rows =
          rows.filter(
              (FilterFunction<Row>)
                  row -> {
                    DyingFileManager.halt();
                    return true;
                  });
    }
    if (run.death() == Death.BEFORE_THE_COMMIT_LOG) {
      spark.conf().set(FILE_MANAGER, DyingFileManager.class.getName());
    }
    boolean counted = !query.groupBy().isEmpty();
    DataStreamWriter<Row> writer =
        (counted
                ? rows.groupBy(query.groupBy()).agg(functions.count(functions.lit(1)).as("count"))
                : rows)
            .writeStream();
    writer
        .format("delta")
        .outputMode(counted ? "complete" : "append")
        .option("checkpointLocation", query.checkpoint())
        .trigger(Trigger.AvailableNow())
        .start(query.table())
        .awaitTermination();
  }

  private static SparkSession session(String directory) {
    return SparkSession.builder()
        .master("local[1]")
        .appName("kafka-to-delta")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension")
        .config(
            "spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog")
        .config("spark.sql.shuffle.partitions", "1")
        .config("spark.databricks.delta.snapshotPartitions", "1")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.warehouse.dir", directory + "/warehouse")
        .config("spark.local.dir", directory)
        .getOrCreate();
  }
}
