package io.tidemark.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SparkJudgeIT {

  @TempDir static Path directory;
  private static SparkJudge spark;
  private static Path table;

  @BeforeAll
  static void writeATable() {
    spark = new SparkJudge(directory);
    table = directory.resolve("orders");
    spark.query("CREATE TABLE " + SparkJudge.name(table) + " (id BIGINT, note STRING) USING DELTA");
    spark.query("INSERT INTO " + SparkJudge.name(table) + " VALUES (1, 'a'), (2, NULL)");
    spark.query("INSERT INTO " + SparkJudge.name(table) + " VALUES (2, 'ä\nb')");
  }

  @AfterAll
  static void stopSpark() {
    spark.close();
  }

  @Test
  void countsRowsAndDifferentValues() {
    assertThat(spark.rows(table)).isEqualTo(3);
    assertThat(spark.distinct(table, "id")).isEqualTo(2);
  }

  @Test
  void givesRowsWithTheirNulls() {
    List<JsonNode> rows =
        spark.query("SELECT * FROM " + SparkJudge.name(table) + " ORDER BY id, note NULLS FIRST");

    assertThat(rows)
        .extracting(JsonNode::toString)
        .containsExactly(
            "{\"id\":1,\"note\":\"a\"}", "{\"id\":2,\"note\":null}", "{\"id\":2,\"note\":\"ä b\"}");
  }

  @Test
  void tellsTheHistoryNewestFirst() {
    assertThat(spark.history(table))
        .extracting(version -> version.path("version").asLong())
        .containsExactly(2L, 1L, 0L);
  }

  @Test
  void continuesAfterAStatementThatSparkRefuses() {
    assertThatThrownBy(() -> spark.query("SELECT nothing FROM nowhere"))
        .hasMessageStartingWith("TM-951 Spark refused SELECT nothing FROM nowhere:");

    assertThat(spark.rows(table)).isEqualTo(3);
  }
}
