package io.tidemark.reader;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.BindReferences$;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.package$;
import org.apache.spark.sql.catalyst.optimizer.ReplaceExpressions$;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.types.StructType;

/**
 * Spark as a program that evaluates expressions, in ANSI mode and UTC. It reads lines of JSON: the
 * columns as {@code {"schema": ddl, "rows": [[text or null]]}} first, then an expression a line. It
 * answers each with {@code {"type": name, "values": [..]}}, where a value is null, {@code =} and
 * its text, or {@code !} and what Spark says; or with {@code {"refused": why}}. Ends at the end of
 * its input.
 */
final class SparkExpressions {

  /** Stands for a value that Spark fails to compute by a fault of its own. */
  static final String NO_ANSWER = "?";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final SparkSession spark;
  private final StructType schema;
  private final List<InternalRow> rows = new ArrayList<>();

  private SparkExpressions(SparkSession spark, JsonNode columns) {
    this.spark = spark;
    this.schema = StructType.fromDDL(columns.get("schema").asText());
    columns.get("rows").forEach(row -> rows.add(CatalystValues.row(row, schema)));
  }

  /**
   * @param args a directory for Spark's own files
   */
  public static void main(String[] args) throws IOException {
    PrintStream answers = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    // Whatever Spark prints is not an answer.
    System.setOut(System.err);
    var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try (SparkSession spark = session(args[0])) {
      answers.println(SparkReader.READY);
      var evaluator = new SparkExpressions(spark, JSON.readTree(lines.readLine()));
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        answers.println(evaluator.answer(JSON.readTree(line).asText()));
      }
    }
  }

  private ObjectNode answer(String expression) {
    ObjectNode answer = JSON.createObjectNode();
    Expression bound;
    try {
      bound = bind(expression);
    } catch (Exception e) {
      return answer.put("refused", said(e));
    }
    answer.put("type", bound.dataType().catalogString());
    ArrayNode values = answer.putArray("values");
    for (InternalRow row : rows) {
      try {
        Object value = bound.eval(row);
        values.add(value == null ? null : "=" + CatalystValues.text(value, bound.dataType()));
      } catch (NullPointerException e) {
        // A fault of Spark's own, such as unbase64 of null without generated code.
        values.add(NO_ANSWER);
      } catch (Exception e) {
        values.add("!" + said(e));
      }
    }
    return answer;
  }

  private Expression bind(String expression) {
    var empty = spark.createDataFrame(List.<Row>of(), schema);
    var selected =
        (org.apache.spark.sql.classic.Dataset<?>) empty.selectExpr("(" + expression + ") AS r");
    LogicalPlan plan = ReplaceExpressions$.MODULE$.apply(selected.queryExecution().analyzed());
    Project project = (Project) plan;
    Expression computed = ((Alias) project.projectList().head()).child();
    return BindReferences$.MODULE$.bindReference(
        computed, package$.MODULE$.AttributeSeq(project.child().output()), false);
  }

  private static String said(Exception e) {
    return String.valueOf(e.getMessage()).replaceAll("\\s+", " ");
  }

  private static SparkSession session(String directory) {
    return SparkSession.builder()
        .master("local[1]")
        .appName("expressions")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.ansi.enabled", "true")
        .config("spark.sql.warehouse.dir", directory + "/warehouse")
        .config("spark.local.dir", directory)
        .getOrCreate();
  }
}
