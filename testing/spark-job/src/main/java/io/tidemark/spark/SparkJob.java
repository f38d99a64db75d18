package io.tidemark.spark;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.cluster.CodeSource;
import io.tidemark.cluster.JavaCommand;
import io.tidemark.cluster.JavaProcess;
import io.tidemark.reader.SparkOptions;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Spark with its Kafka source and Delta Lake in a JVM of its own, which runs streaming queries one
 * after the other. Starting it takes ten seconds.
 */
public final class SparkJob implements AutoCloseable {

  /** System property that names the directory of the jars of Spark's Kafka source. */
  public static final String KAFKA_SOURCE_LIBS = "tidemark.spark.kafka.libs";

  private static final String SPARK_LIBS = "tidemark.spark.libs";
  private static final Duration END = Duration.ofMinutes(2);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final JavaProcess process;

  /**
   * Starts Spark.
   *
   * @param directory for its log and its temporary files
   */
  public SparkJob(Path directory) {
    String classPath =
        String.join(
            File.pathSeparator,
            libs(SPARK_LIBS),
            libs(KAFKA_SOURCE_LIBS),
            CodeSource.of(SparkJob.class).toString());
    this.process =
        JavaProcess.start(
            JavaCommand.of(
                    "Spark job",
                    KafkaToDelta.class.getName(),
                    classPath,
                    directory.resolve("spark-job.log"))
                .jvm("-Xmx640m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
                .jvm("-Djava.io.tmpdir=" + directory)
                .jvm(SparkOptions.opens())
                .args(directory.toString())
                .talking());
    require(KafkaToDelta.READY, answer());
  }

  /** Runs the query until all records that Kafka has are in the table. */
  public void run(Query query) {
    run(query, 0);
  }

  /** The same, in batches of at most this number of records. */
  public void run(Query query, long maxOffsets) {
    ask(query, Death.NONE, maxOffsets);
    require(KafkaToDelta.END, answer());
  }

  /** Runs the query, which fails, and returns the reason. */
  public String failure(Query query) {
    ask(query, Death.NONE, 0);
    String answer = answer();
    if (!answer.startsWith(KafkaToDelta.ERROR)) {
      throw new IllegalStateException("expected Spark to fail, it said " + answer);
    }
    return answer.substring(KafkaToDelta.ERROR.length());
  }

  /** Runs the query until it dies there, and this process with it. */
  public void runUntil(Death death, Query query) {
    ask(query, death, 0);
    int exitCode = process.exitCode(END);
    if (exitCode != DyingFileManager.EXIT_CODE) {
      throw new IllegalStateException("expected Spark to be killed, it ended with " + exitCode);
    }
  }

  @Override
  public void close() {
    process.close();
  }

  private static String libs(String property) {
    return Path.of(System.getProperty(property, "")).resolve("*").toString();
  }

  private void ask(Query query, Death death, long maxOffsets) {
    try {
      process
          .input()
          .write(JSON.writeValueAsString(new KafkaToDelta.Run(query, death, maxOffsets)));
      process.input().newLine();
      process.input().flush();
    } catch (IOException e) {
      process.requireAlive();
      throw new UncheckedIOException(e);
    }
  }

  private String answer() {
    try {
      String line = process.output().readLine();
      if (line == null) {
        process.exitCode(END);
        process.requireAlive();
      }
      return line;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void require(String expected, String answer) {
    if (!expected.equals(answer)) {
      throw new IllegalStateException("expected Spark to say " + expected + ", it said " + answer);
    }
  }
}
