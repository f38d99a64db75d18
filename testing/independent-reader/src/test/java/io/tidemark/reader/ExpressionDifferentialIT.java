package io.tidemark.reader;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.cluster.CodeSource;
import io.tidemark.cluster.JavaCommand;
import io.tidemark.cluster.JavaProcess;
import io.tidemark.expressions.Compiler;
import io.tidemark.expressions.RecordScope;
import io.tidemark.expressions.Row;
import io.tidemark.expressions.Typed;
import io.tidemark.expressions.syntax.SyntaxException;
import io.tidemark.expressions.type.Failure;
import io.tidemark.expressions.type.TimeText;
import java.io.File;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Spark and our expressions over the same rows. Both give the same value, or both an error; {@code
 * -Dtidemark.expressions.seed} gives other expressions and rows.
 */
class ExpressionDifferentialIT {

  private static final int EXPRESSIONS = Integer.getInteger("tidemark.expressions.count", 2_000);
  private static final int ROWS = 50;
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir static Path directory;

  @Test
  void givesWhatSparkGives() throws IOException {
    long seed = Long.getLong("tidemark.expressions.seed", 5);
    Random random = new Random(seed);
    ExpressionColumns columns = new ExpressionColumns(random, ROWS);
    ExpressionGenerator generator = new ExpressionGenerator(random);
    List<String> differences = new ArrayList<>();
    long values = 0;
    long errors = 0;
    try (JavaProcess spark = spark()) {
      assertThat(spark.output().readLine()).isEqualTo(SparkReader.READY);
      tell(spark, columns.forSpark());
      for (int n = 0; n < EXPRESSIONS; n++) {
        String expression = generator.next();
        tell(spark, JSON.writeValueAsString(expression));
        JsonNode answer = JSON.readTree(spark.output().readLine());
        compare(expression, answer, columns, differences);
        for (JsonNode value : answer.path("values")) {
          values++;
          errors += value.asText().startsWith("!") ? 1 : 0;
        }
      }
    }
    System.out.printf("seed %d: %d values, %d of them errors%n", seed, values, errors);
    assertThat(values).as("seed %d", seed).isGreaterThan((long) EXPRESSIONS * ROWS / 2);
    assertThat(differences).as("seed %d", seed).isEmpty();
  }

  private static JavaProcess spark() {
    String classPath =
        Path.of(System.getProperty(SparkJudge.PROPERTY, "")).resolve("*")
            + File.pathSeparator
            + CodeSource.of(SparkJudge.class);
    return JavaProcess.start(
        JavaCommand.of(
                "Spark", SparkExpressions.class.getName(), classPath, directory.resolve("log"))
            .jvm("-Xmx768m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
            .jvm("-Djava.io.tmpdir=" + directory)
            .jvm(SparkOptions.opens())
            .args(directory.toString())
            .talking());
  }

  private static void tell(JavaProcess spark, String line) throws IOException {
    spark.input().write(line);
    spark.input().newLine();
    spark.input().flush();
  }

  /** At most one difference of an expression is reported. */
  private static void compare(
      String expression, JsonNode answer, ExpressionColumns columns, List<String> differences) {
    Typed ours;
    try {
      ours = Compiler.compile(expression, new RecordScope(columns.schema(), null));
    } catch (SyntaxException e) {
      if (!answer.has("refused")) {
        differences.add(expression + "\n  only we refuse it: " + e.getMessage());
      }
      return;
    }
    if (answer.has("refused")) {
      differences.add(expression + "\n  only Spark refuses it: " + answer.get("refused").asText());
      return;
    }
    String type = ours.type().toString();
    if (!type.equals(answer.get("type").asText())) {
      differences.add(expression + "\n  is " + type + ", Spark's " + answer.get("type").asText());
      return;
    }
    for (int i = 0; i < ROWS; i++) {
      String value = evaluate(ours, columns.structs().get(i));
      String theirs = answer.get("values").get(i).asText("null");
      boolean same = theirs.startsWith("!") ? value.startsWith("!") : value.equals(theirs);
      if (!same && !theirs.equals(SparkExpressions.NO_ANSWER)) {
        differences.add(
            "%s of %s\n  ours %s\n  Spark's %s"
                .formatted(expression, columns.structs().get(i), value, theirs));
        return;
      }
    }
  }

  private static String evaluate(Typed ours, Struct struct) {
    SinkRecord record = new SinkRecord("t", 0, null, null, struct.schema(), struct, 0);
    try {
      Object value = ours.expression().evaluate(new Row(record, struct, () -> 0));
      return value == null ? "null" : "=" + text(value);
    } catch (Failure e) {
      return "!" + e.getMessage();
    }
  }

  private static String text(Object value) {
    if (value instanceof BigDecimal number) {
      return number.toPlainString();
    }
    if (value instanceof byte[] bytes) {
      return HexFormat.of().formatHex(bytes);
    }
    if (value instanceof LocalDate date) {
      return Long.toString(date.toEpochDay());
    }
    if (value instanceof Instant instant) {
      return Long.toString(TimeText.micros(instant));
    }
    return value instanceof List<?> list
        ? list.stream()
            .map(element -> element == null ? "null" : text(element))
            .collect(Collectors.joining(", ", "[", "]"))
        : value.toString();
  }
}
