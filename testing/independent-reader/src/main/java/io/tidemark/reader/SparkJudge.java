package io.tidemark.reader;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.cluster.CodeSource;
import io.tidemark.cluster.JavaCommand;
import io.tidemark.cluster.JavaProcess;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Spark with Delta Lake in a JVM of its own, queried in SQL, one statement at a time over all
 * callers. Starting it takes ten seconds, so a test class keeps one. A table is named <code>
 * delta.`/its/path`</code>.
 */
public final class SparkJudge implements AutoCloseable {

  /** System property that names the directory of Spark's jars. */
  public static final String PROPERTY = "tidemark.spark.libs";

  private static final Duration END = Duration.ofSeconds(20);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final JavaProcess process;
  private final Path log;

  /**
   * Starts Spark.
   *
   * @param directory for its log and its temporary files
   */
  public SparkJudge(Path directory) {
    this(directory, Map.of(), List.of());
  }

  /**
   * Starts Spark with a configuration of Hadoop.
   *
   * @param directory for its log and its temporary files
   * @param hadoop keys and values, such as the class of a file system
   * @param jars of that file system
   */
  public SparkJudge(Path directory, Map<String, String> hadoop, List<Path> jars) {
    this.log = directory.resolve("spark.log");
    String classPath =
        Path.of(System.getProperty(PROPERTY, "")).resolve("*")
            + File.pathSeparator
            + CodeSource.of(SparkJudge.class)
            + jars.stream().map(jar -> File.pathSeparator + jar).collect(Collectors.joining());
    this.process =
        JavaProcess.start(
            JavaCommand.of("Spark", SparkReader.class.getName(), classPath, log)
                .jvm("-Xmx768m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
                .jvm("-Djava.io.tmpdir=" + directory)
                .jvm(SparkOptions.opens())
                .jvm(SparkOptions.hadoop(hadoop))
                .args(directory.toString())
                .talking());
    if (!SparkReader.READY.equals(line())) {
      throw ReaderErrors.unexpectedAnswer("its start", log);
    }
  }

  /**
   * The rows that the statement yields, each an object of its columns.
   *
   * @param sql one statement; its line breaks become spaces
   */
  public synchronized List<JsonNode> query(String sql) {
    try {
      process.input().write(sql.replaceAll("\\s+", " "));
      process.input().newLine();
      process.input().flush();
      List<JsonNode> rows = new ArrayList<>();
      for (String line = line(); !line.equals(SparkReader.END); line = line()) {
        if (line.startsWith(SparkReader.ERROR)) {
          throw ReaderErrors.refused(sql, line.substring(SparkReader.ERROR.length()));
        }
        rows.add(JSON.readTree(line));
      }
      return rows;
    } catch (IOException e) {
      process.requireAlive();
      throw ReaderErrors.unreadable("Spark's answer", e);
    }
  }

  /** The only value of the only row, as in {@code SELECT count(*) ...}. */
  public long number(String sql) {
    return query(sql).get(0).iterator().next().asLong();
  }

  /** Number of rows of a table. */
  public long rows(Path table) {
    return number("SELECT count(*) FROM " + name(table));
  }

  /** Number of different values of a column of a table. */
  public long distinct(Path table, String column) {
    return number("SELECT count(DISTINCT %s) FROM %s".formatted(column, name(table)));
  }

  /** The versions of a table, newest first. */
  public List<JsonNode> history(Path table) {
    return query("DESCRIBE HISTORY " + name(table));
  }

  /** How SQL names a table by its path. */
  public static String name(Path table) {
    return "delta.`" + table.toAbsolutePath() + "`";
  }

  @Override
  public void close() {
    process.close();
  }

  private String line() {
    try {
      String line = process.output().readLine();
      if (line == null) {
        process.exitCode(END);
        process.requireAlive();
      }
      return line;
    } catch (IOException e) {
      throw ReaderErrors.unreadable("Spark's answer", e);
    }
  }
}
