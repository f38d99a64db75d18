package io.tidemark.spark;

import io.tidemark.cluster.ProgramLoop;
import io.tidemark.cluster.ProgramRun;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.streaming.Trigger;

/**
 * Spark as a program that streams a Delta table into a topic as JSON, with {@code order_id} as key,
 * until all rows are there. The setting of a run is the path of the table.
 */
public final class DeltaToKafka {

  private DeltaToKafka() {}

  /** Serves runs until the input ends. */
  public static void main(String[] args) throws Exception {
    try (SparkSession spark = session(System.getProperty("java.io.tmpdir"))) {
      ProgramLoop.serve(run -> run(spark, run));
    }
  }

  private static String run(SparkSession spark, ProgramRun run) throws Exception {
    spark
        .readStream()
        .format("delta")
        .load(run.setting())
        .select(
            functions.col("order_id").as("key"),
            functions.to_json(functions.struct(functions.col("*"))).as("value"))
        .writeStream()
        .format("kafka")
        .option("kafka.bootstrap.servers", run.bootstrapServers())
        .option("topic", run.output())
        .option("checkpointLocation", run.directory() + "/checkpoint")
        .trigger(Trigger.AvailableNow())
        .start()
        .awaitTermination();
    return "";
  }

  private static SparkSession session(String directory) {
    return SparkSession.builder()
        .master("local[1]")
        .appName("delta-to-kafka")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension")
        .config(
            "spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.warehouse.dir", directory + "/warehouse")
        .config("spark.local.dir", directory)
        .getOrCreate();
  }
}
