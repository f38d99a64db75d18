package io.tidemark.sink.config;

import io.tidemark.transforms.Select;
import io.tidemark.transforms.Where;
import io.tidemark.transforms.WherePredicate;
import io.tidemark.transforms.WithColumn;
import io.tidemark.windows.config.DropDuplicatesConfig;
import io.tidemark.windows.config.UpdateKeys;
import io.tidemark.windows.config.WindowKeys;
import io.tidemark.windows.config.WindowedAggregateConfig;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * Renders {@code docs/reference/transforms-config.md} from the {@link ConfigDef} of the
 * transformations.
 */
final class TransformsReference {

  private static final String OPENING =
      """
      <!-- Generated from the code; see TransformsReferenceTest. Do not edit. -->

      # Configuration of the transformations

      ## Where, Select, WithColumn

      | Transformation | Key, required | Meaning |
      |---|---|---|
      %s
      Each has a variant for the key, such as `io.tidemark.transforms.Where$Key`. They work in front of any connector;
      [filters and computed columns](../concepts/filters-and-computed-columns.md) has examples, and
      [expressions](expressions.md) the language.

      ## WindowedAggregate

      `io.tidemark.transforms.WindowedAggregate` aggregates records per window of event time and group;
      [windows and watermarks](../concepts/windows-and-watermarks.md) tells how. Each key is written as
      `transforms.<name>.<key>`. The name is the name of the state's directory too: letters, digits, dot,
      hyphen and underscore, beginning with none of dot and hyphen. Unknown keys below it are refused.

      With `output.mode=append` the transformation works in the chain of `io.tidemark.sink.DeltaSinkConnector`
      alone, with `update` in front of all other sinks.

      """;

  private static final String TABLE_HEAD =
      """
      | Key | Default | Values | Meaning |
      |---|---|---|---|
      """;

  private static final Map<String, List<String>> SECTIONS = new LinkedHashMap<>();

  static {
    SECTIONS.put(
        "Groups and aggregates",
        List.of(
            WindowedAggregateConfig.AGGREGATES,
            WindowedAggregateConfig.GROUP_BY,
            WindowedAggregateConfig.HAVING));
    SECTIONS.put(
        "Windows",
        List.of(
            WindowKeys.TYPE,
            WindowKeys.SIZE_MS,
            WindowKeys.ADVANCE_MS,
            WindowKeys.START_OFFSET_MS,
            WindowKeys.GAP_MS,
            WindowKeys.GAP_EXPRESSION));
    SECTIONS.put(
        "Event time and watermark",
        List.of(
            WindowedAggregateConfig.EVENT_TIME_FIELD,
            WindowedAggregateConfig.EVENT_TIME_FORMAT,
            WindowedAggregateConfig.EVENT_TIME_MAX_AHEAD_MS,
            WindowedAggregateConfig.WATERMARK_DELAY_MS,
            WindowedAggregateConfig.WATERMARK_POLICY,
            WindowedAggregateConfig.WATERMARK_IDLE_TIMEOUT_MS,
            WindowedAggregateConfig.LATE_RECORDS));
    SECTIONS.put(
        "Output",
        List.of(
            WindowedAggregateConfig.TOPIC,
            WindowedAggregateConfig.FORWARD_INPUT,
            WindowedAggregateConfig.WINDOW_COLUMN,
            WindowedAggregateConfig.OUTPUT_MODE));
    SECTIONS.put(
        "State", List.of(WindowedAggregateConfig.PROVIDER, WindowedAggregateConfig.BUFFER_BYTES));
    SECTIONS.put(
        "State of output.mode=update",
        List.of(
            UpdateKeys.STATE_DIR,
            UpdateKeys.STATE_ID,
            UpdateKeys.STATE_RETENTION_MS,
            UpdateKeys.STATE_GAP));
  }

  /** What keys take whose validator cannot say it. */
  private static final Map<String, String> VALUES =
      Map.of(
          WindowedAggregateConfig.AGGREGATES, "a list of column=function(field or expression)",
          WindowedAggregateConfig.GROUP_BY,
              "a list of fields, field as column, or expression AS column",
          WindowedAggregateConfig.HAVING, "a condition",
          WindowedAggregateConfig.EVENT_TIME_FIELD, "a field",
          WindowedAggregateConfig.TOPIC, "a name",
          WindowedAggregateConfig.FORWARD_INPUT, "true, false");

  /** Name of a function to what it takes, gives, and what is to be said about it. */
  static final Map<String, List<String>> FUNCTIONS = new LinkedHashMap<>();

  static {
    String sample = "null for fewer than two values";
    FUNCTIONS.put(
        "count",
        List.of("any scalar, or `*`", "long", "records whose field is not null; `*`: all"));
    FUNCTIONS.put(
        "sum",
        List.of(
            "numbers",
            "long of whole numbers, double of floating ones, decimal(p+10,s) of decimal(p,s)",
            "whole numbers and decimals are summed exactly; a sum that does not fit is TM-440, or"
                + " TM-406 in update mode"));
    FUNCTIONS.put(
        "avg",
        List.of(
            "numbers",
            "double, of decimal(p,s) decimal(p+4,s+4)",
            "a decimal is rounded half up; beyond 38 digits those before the point are kept, and up to"
                + " six after it"));
    FUNCTIONS.put("min", List.of("any scalar", "as the field", "text in the order of its UTF-8"));
    FUNCTIONS.put(
        "max", List.of("any scalar", "as the field", "NaN is the largest number, and −0.0 is 0.0"));
    FUNCTIONS.put(
        "first",
        List.of("any scalar", "as the field", "by event time, then offset, then partition"));
    FUNCTIONS.put("last", List.of("any scalar", "as the field", "the same"));
    FUNCTIONS.put("stddev", List.of("numbers", "double", "of a sample; " + sample));
    FUNCTIONS.put("stddev_samp", List.of("numbers", "double", "another name of stddev"));
    FUNCTIONS.put("stddev_pop", List.of("numbers", "double", "of a population"));
    FUNCTIONS.put("variance", List.of("numbers", "double", "of a sample; " + sample));
    FUNCTIONS.put("var_samp", List.of("numbers", "double", "another name of variance"));
    FUNCTIONS.put("var_pop", List.of("numbers", "double", "of a population"));
    FUNCTIONS.put(
        "approx_count_distinct",
        List.of(
            "any scalar",
            "long",
            "exact up to 64 values, then off by about 0.78 / sqrt(2^k): an UltraLogLog sketch of 2^k"
                + " bytes; k is the parameter, 4 to 21, 12 without one"));
    FUNCTIONS.put(
        "collect_set",
        List.of(
            "any scalar",
            "array",
            "the different values in their order; more than the parameter, 1000 without one, are"
                + " TM-440, or TM-406 in update mode"));
  }

  private final ConfigDef definition;
  private final StringBuilder page = new StringBuilder(OPENING.replace("%s\n", expressions()));

  private TransformsReference(ConfigDef definition) {
    this.definition = definition;
  }

  private static String expressions() {
    Map<String, ConfigDef> definitions = new LinkedHashMap<>();
    definitions.put("Where", new Where<SinkRecord>().config());
    definitions.put("WherePredicate, a predicate", new WherePredicate<SinkRecord>().config());
    definitions.put("Select", new Select<SinkRecord>().config());
    definitions.put("WithColumn", new WithColumn<SinkRecord>().config());
    StringBuilder rows = new StringBuilder();
    definitions.forEach(
        (name, definition) ->
            definition
                .configKeys()
                .values()
                .forEach(
                    key ->
                        rows.append(
                            "| `io.tidemark.transforms."
                                + name.replaceFirst("(,|$)", "`$1")
                                + " | `"
                                + key.name
                                + "` | "
                                + cell(key.documentation)
                                + " |\n")));
    return rows.toString();
  }

  static String render() {
    TransformsReference reference = new TransformsReference(WindowedAggregateConfig.definition());
    reference.firstKeys();
    SECTIONS.forEach(reference::section);
    reference.functions();
    reference.duplicates();
    return reference.page.toString();
  }

  /** The keys that the page has. */
  static List<String> keys() {
    return SECTIONS.values().stream().flatMap(List::stream).toList();
  }

  private void firstKeys() {
    page.append("The keys that matter most: ")
        .append(
            keys().stream()
                .filter(key -> definition.configKeys().get(key).importance == Importance.HIGH)
                .map(key -> "[`" + key + "`](#" + key + ")")
                .collect(Collectors.joining(", ")))
        .append(".\n");
  }

  private void section(String title, List<String> keys) {
    page.append("\n### ").append(title).append("\n\n").append(TABLE_HEAD);
    for (String name : keys) {
      ConfigKey key = definition.configKeys().get(name);
      page.append(
          String.format(
              "| <a id=\"%s\"></a>`%s` | %s | %s | %s |\n",
              name, name, fallback(key), cell(values(key)), cell(key.documentation)));
    }
  }

  private void functions() {
    page.append(
        """

        ### Functions

        Nulls are left out by all of them. A window without any other value has null for the result, but 0
        for the counts and an empty array for `collect_set`. A parameter follows the field:
        `collect_set(tag, 50)`.

        | Function | Takes | Gives | |
        |---|---|---|---|
        """);
    FUNCTIONS.forEach(
        (name, cells) -> page.append("| `" + name + "` | " + String.join(" | ", cells) + " |\n"));
  }

  /** Keys that mean the same as above are links. */
  private void duplicates() {
    page.append(
        """

        ## DropDuplicates

        `io.tidemark.transforms.DropDuplicates` keeps the first record of each key, in the chain of
        `io.tidemark.sink.DeltaSinkConnector`; [duplicates](../concepts/duplicates.md) tells how. Names and keys are
        written as those of `WindowedAggregate`.

        """);
    page.append(TABLE_HEAD);
    Map<String, ConfigKey> windowed = definition.configKeys();
    for (ConfigKey key : DropDuplicatesConfig.definition().configKeys().values()) {
      ConfigKey same = windowed.get(key.name);
      String name =
          same == null
              ? "<a id=\"" + key.name + "\"></a>`" + key.name + "`"
              : "[`" + key.name + "`](#" + key.name + ")";
      boolean isSame = same != null && same.documentation.equals(key.documentation);
      page.append(
          String.format(
              "| %s | %s | %s | %s |\n",
              name,
              fallback(key),
              cell(key.validator == null ? "a list of fields" : values(key)),
              isSame ? "as of `WindowedAggregate`" : cell(key.documentation)));
    }
  }

  private static String values(ConfigKey key) {
    String known = VALUES.get(key.name);
    if (known != null) {
      return known;
    }
    String text = key.validator.toString();
    if (key.validator instanceof ConfigDef.CaseInsensitiveValidString) {
      String[] words = text.substring(text.indexOf('[') + 1, text.length() - 1).split(", ", -1);
      return "one of "
          + Arrays.stream(words)
              .map(word -> word.toLowerCase(Locale.ROOT))
              .sorted()
              .collect(Collectors.joining(", "));
    }
    return text.equals("[0,...]") ? "at least 0" : text;
  }

  private static String fallback(ConfigKey key) {
    if (!key.hasDefault()) {
      return "required";
    }
    boolean none =
        key.defaultValue == null
            || Objects.equals(key.defaultValue, List.of())
            || Objects.equals(key.defaultValue, "");
    return none ? "none" : "`" + key.defaultValue + "`";
  }

  private static String cell(String text) {
    return text.replace("|", "\\|").replace("<", "&lt;").replace(">", "&gt;");
  }
}
