package io.tidemark.reader;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Writes the golden tables of module {@code delta} again: has Spark run the statements of each,
 * then say what it reads at each version. Asked for by name, for what it writes is checked in:
 *
 * <pre>
 * ./mvnw -pl testing/independent-reader -am verify -Dit.test=GoldenTablesIT \
 *     -Dfailsafe.failIfNoSpecifiedTests=false -Dtidemark.golden.write=.
 * </pre>
 *
 * <p>The value names the tables to write, a regular expression.
 */
@EnabledIfSystemProperty(named = GoldenTablesIT.WRITE, matches = ".+")
class GoldenTablesIT {

  static final String WRITE = "tidemark.golden.write";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FORMAT = "yyyy-MM-dd HH:mm:ss.SSSSSS";
  private static final String ROWS =
      "SELECT to_json(struct(*), map('ignoreNullFields', 'false', 'timestampFormat', '"
          + FORMAT
          + "', 'timestampNTZFormat', '"
          + FORMAT
          + "')) row FROM ";

  @TempDir Path directory;

  @Test
  void writesWhatSparkReads() throws IOException {
    Path golden = Path.of("../../delta/src/test/resources/golden").toRealPath();
    try (Stream<Path> tables = Files.list(golden);
        SparkJudge spark = new SparkJudge(directory)) {
      for (Path table : tables.filter(GoldenTablesIT::isWanted).sorted().toList()) {
        write(spark, table);
      }
    }
  }

  private static boolean isWanted(Path table) {
    return table
        .getFileName()
        .toString()
        .matches(System.getProperty(WRITE).replaceAll("^\\.$", ".*"));
  }

  private static void write(SparkJudge spark, Path golden) throws IOException {
    Path table = golden.resolve("table");
    delete(table);
    for (String line : Files.readAllLines(golden.resolve("statements.sql"))) {
      if (!line.startsWith("--")) {
        String sql =
            line.replace("$table", SparkJudge.name(table)).replace("$path", table.toString());
        spark.query(sql.replaceAll(";$", ""));
      }
    }
    ArrayNode versions = JSON.createArrayNode();
    List<JsonNode> history = spark.history(table);
    for (int i = history.size() - 1; i >= 0; i--) {
      versions.add(version(spark, table, history.get(i)));
    }
    assertThat(versions).isNotEmpty();
    Files.writeString(
        golden.resolve("expected.json"),
        JSON.writerWithDefaultPrettyPrinter().writeValueAsString(versions) + "\n");
    removeChecksums(table);
  }

  /** Rows stay text, in which no number loses digits. */
  private static ObjectNode version(SparkJudge spark, Path table, JsonNode commit) {
    long number = commit.get("version").asLong();
    ObjectNode version = JSON.createObjectNode().put("version", number);
    version.put("operation", commit.get("operation").asText());
    version.put("timestamp", commit.get("timestamp").asText());
    String name = SparkJudge.name(table);
    ArrayNode rows = version.putArray("rows");
    for (JsonNode row : spark.query(ROWS + name + " VERSION AS OF " + number)) {
      rows.add(row.get("row"));
    }
    try {
      List<JsonNode> changes =
          spark.query(
              ROWS + "table_changes_by_path('%s', %d, %d)".formatted(table, number, number));
      ArrayNode all = version.putArray("changes");
      for (JsonNode change : changes) {
        all.add(change.get("row"));
      }
    } catch (RuntimeException withoutChangeFeed) {
      version.remove("changes");
    }
    return version;
  }

  /** Hadoop's of local files, and Delta's of versions: larger than all the rest, and not needed. */
  private static void removeChecksums(Path table) throws IOException {
    try (Stream<Path> files = Files.walk(table)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".crc")).toList()) {
        Files.delete(file);
      }
    }
  }

  private static void delete(Path table) throws IOException {
    if (Files.exists(table)) {
      try (Stream<Path> files = Files.walk(table)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
