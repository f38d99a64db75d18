package io.tidemark.delta.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.common.TidemarkException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Damaged logs, with a value of a record in each line. */
public final class DamagedLogs {

  /** The value of a record. No message may have it, and no message of a cause. */
  public static final String VALUE = "value-of-a-record";

  /** A correct {@code add}. */
  public static final String ADD =
      "{\"add\":{\"path\":\"a.parquet\",\"partitionValues\":{\"p\":\"%1$s\"},\"size\":1,"
          .concat("\"modificationTime\":1,\"dataChange\":true,")
          .concat("\"stats\":\"{\\\"minValues\\\":{\\\"note\\\":\\\"%1$s\\\"}}\"}}\n")
          .replace("%1$s", VALUE);

  private DamagedLogs() {}

  /** Damage to a first version: its name and how it changes the text. */
  public record Damage(String name, UnaryOperator<String> change) {
    @Override
    public String toString() {
      return name;
    }

    public void to(Path commit) throws IOException {
      Files.writeString(commit, change.apply(Files.readString(commit)));
      Files.deleteIfExists(commit.resolveSibling("." + commit.getFileName() + ".crc"));
      Files.deleteIfExists(
          commit.resolveSibling(commit.getFileName().toString().replace(".json", ".crc")));
    }
  }

  /** First versions that cannot be loaded. */
  public static Stream<Damage> ofTables() {
    return Stream.of(
        new Damage("no metaData", text -> without(text, "metaData") + ADD),
        new Damage("no protocol", text -> without(text, "protocol") + ADD),
        new Damage(
            "a null schema",
            text -> ADD + text.replaceAll("\"schemaString\":\".*?[^\\\\]\"", schema("null"))),
        new Damage(
            "a schema that is none",
            text ->
                ADD
                    + text.replaceAll(
                        "\"schemaString\":\".*?[^\\\\]\"", schema("\"" + VALUE + "\""))),
        new Damage(
            "a schema without fields",
            text ->
                text.replaceAll(
                        "\"schemaString\":\".*?[^\\\\]\"",
                        schema("\"{\\\\\\\\\"type\\\\\\\\\":\\\\\\\\\"struct\\\\\\\\\"}\""))
                    + ADD),
        new Damage("a torn last line", text -> half(text + ADD)),
        new Damage("a line that is none", text -> text + VALUE + "\n"));
  }

  private static String schema(String value) {
    return "\"schemaString\":" + value;
  }

  private static String half(String text) {
    return text.substring(0, text.length() - 20);
  }

  private static String without(String text, String action) {
    return text.lines()
        .filter(line -> !line.startsWith("{\"" + action))
        .collect(Collectors.joining("\n", "", "\n"));
  }

  /** Content that another writer's commit may have instead of actions. */
  public static List<String> ofCommits() {
    return List.of(
        ADD + VALUE,
        half(ADD + ADD),
        ADD + "\"" + VALUE + "\"\n",
        ADD + "[\"" + VALUE + "\"]\n",
        ADD + "12\n",
        action("add", "\"" + VALUE + "\""),
        action("add", "{\"path\":{\"" + VALUE + "\":1}}"),
        action("add", "{\"path\":\"b\",\"partitionValues\":\"" + VALUE + "\"}"),
        action("add", "{\"path\":\"b\",\"size\":\"" + VALUE + "\"}"),
        action("remove", "{\"path\":[\"" + VALUE + "\"]}"),
        action("txn", "{\"appId\":\"q\",\"version\":\"" + VALUE + "\"}"),
        action("txn", "\"" + VALUE + "\""),
        action("commitInfo", "\"" + VALUE + "\""),
        action("metaData", "\"" + VALUE + "\""),
        action("metaData", "{\"id\":\"" + VALUE + "\"}"),
        action("metaData", "{\"id\":\"" + VALUE + "\",\"schemaString\":null}"),
        action("protocol", "{\"minReaderVersion\":\"" + VALUE + "\"}"),
        action("protocol", "{}"));
  }

  private static String action(String kind, String json) {
    return ADD + "{\"" + kind + "\":" + json + "}\n" + ADD;
  }

  /** The failure of a call; empty when it succeeds. A failure without a code fails the test. */
  public static Optional<TidemarkException> failure(ThrowingCallable call) {
    try {
      call.call();
      return Optional.empty();
    } catch (TidemarkException e) {
      StringWriter text = new StringWriter();
      e.printStackTrace(new PrintWriter(text));
      assertThat(text.toString()).doesNotContain(VALUE);
      assertThat(e.getMessage()).contains("Repair the log").startsWith("TM-212 ");
      return Optional.of(e);
    } catch (Throwable e) {
      throw new AssertionError("without a code: " + e, e);
    }
  }
}
