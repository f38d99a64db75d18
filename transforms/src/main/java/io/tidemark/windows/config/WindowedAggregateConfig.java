package io.tidemark.windows.config;

import io.tidemark.delta.schema.FieldRef;
import io.tidemark.expressions.syntax.SyntaxException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigException;

/** The configuration of the transformation, complete and consistent. */
public final class WindowedAggregateConfig extends AbstractConfig {

  public static final String EVENT_TIME_FIELD = "event.time.field";
  public static final String EVENT_TIME_FORMAT = "event.time.format";
  public static final String EVENT_TIME_MAX_AHEAD_MS = "event.time.max.ahead.ms";
  public static final String WATERMARK_DELAY_MS = "watermark.delay.ms";
  public static final String WATERMARK_POLICY = "watermark.policy";
  public static final String WATERMARK_IDLE_TIMEOUT_MS = "watermark.idle.timeout.ms";
  public static final String WINDOW_COLUMN = "window.column";
  public static final String GROUP_BY = "group.by";
  public static final String AGGREGATES = "aggregates";
  public static final String HAVING = "having";
  public static final String OUTPUT_MODE = "output.mode";
  public static final String TOPIC = "topic";
  public static final String FORWARD_INPUT = "forward.input";
  public static final String LATE_RECORDS = "late.records";
  public static final String BUFFER_BYTES = "state.buffer.max.bytes";
  public static final String PROVIDER = "state.store.provider";

  /** Keys of every transformation, which Connect reads. */
  public static final Set<String> CONNECT = Set.of("type", "predicate", "negate", "plugin.version");

  private static final ConfigDef DEFINITION = definition();

  /** Characters that Delta does not allow in column names, and names of blanks only. */
  private static final Pattern UNSAFE = Pattern.compile("[ ,;{}()\\n\\t=]|^\\s*$");

  static final long LARGEST_MS = Long.MAX_VALUE / 1000 / 1000;

  public WindowedAggregateConfig(Map<String, ?> props) {
    super(DEFINITION, props, false);
    Set<String> columns = new HashSet<>();
    column(columns, WINDOW_COLUMN, getString(WINDOW_COLUMN));
    groupBy().forEach(field -> column(columns, GROUP_BY, field.column()));
    aggregates().forEach(aggregate -> column(columns, AGGREGATES, aggregate.column()));
    Aggregation aggregation = aggregation("");
    if (aggregation.having().isPresent()) {
      var unused =
          read(HAVING, aggregation.having().get(), text -> Having.check(text, aggregation));
    }
    update();
  }

  /** The keys of the transformation. */
  public static ConfigDef definition() {
    return UpdateKeys.define(WindowKeys.define(aggregation()));
  }

  private static ConfigDef aggregation() {
    return new ConfigDef()
        .define(
            AGGREGATES,
            ConfigDef.Type.STRING,
            ConfigDef.NO_DEFAULT_VALUE,
            WindowedAggregateConfig::requireAggregates,
            Importance.HIGH,
            "What to compute per window and group: column=function(field), or function(field) AS"
                + " column, separated by commas. In place of a field, a function takes an"
                + " expression in Spark's SQL: sum(price * quantity) AS total."
                + " Functions: count, sum, min, max, avg, first, last, stddev, stddev_pop,"
                + " variance, var_pop, approx_count_distinct, collect_set; count(*) counts records."
                + " Without a column name the result is called function_field.")
        .define(
            GROUP_BY,
            ConfigDef.Type.STRING,
            "",
            Importance.HIGH,
            "Fields of the record to group by, separated by commas. A dot leads into a nested"
                + " field; \"as\" sets another column name: address.city as city. Without fields,"
                + " groups are windows only. A null value is a group of its own. If a field's own"
                + " name is address.city, that field is used; in backticks the dot is always part"
                + " of the name, as in Spark: `address.city`.zip. These rules hold for all field"
                + " names. What is no name is an expression in Spark's SQL: lower(country) AS"
                + " country, amount > 100 AS big.")
        .define(
            HAVING,
            ConfigDef.Type.STRING,
            null,
            Importance.MEDIUM,
            "A condition in Spark's SQL over the columns of a result row, such as total > 100. A"
                + " row for which it is false or null is not written.")
        .define(
            WINDOW_COLUMN,
            ConfigDef.Type.STRING,
            "window",
            new ConfigDef.NonEmptyString(),
            Importance.LOW,
            "Column of the window's bounds, a struct of start and end.")
        .define(
            EVENT_TIME_FIELD,
            ConfigDef.Type.STRING,
            null,
            ConfigDef.LambdaValidator.with(
                (key, value) -> {
                  if (value != null) {
                    var unused = read(key, (String) value, FieldRef::parse);
                  }
                },
                () -> "a field"),
            Importance.HIGH,
            "Field with the event time; a dot leads into a nested field. It may be a timestamp or "
                + "date of Connect or Debezium, ISO-8601 text, or a number. Without it, the "
                + "record's own timestamp is used.")
        .define(
            EVENT_TIME_FORMAT,
            ConfigDef.Type.STRING,
            "millis",
            oneOf("seconds", "millis", "micros", "nanos"),
            Importance.MEDIUM,
            "Unit of a number in the event time field, counted since 1970 in UTC.")
        .define(
            EVENT_TIME_MAX_AHEAD_MS,
            ConfigDef.Type.LONG,
            86_400_000L,
            milliseconds(0),
            Importance.LOW,
            "An event time further ahead of the worker's clock than this does not advance the "
                + "watermark, so that one wrong record cannot close windows early. Milliseconds.")
        .define(
            WATERMARK_DELAY_MS,
            ConfigDef.Type.LONG,
            ConfigDef.NO_DEFAULT_VALUE,
            milliseconds(0),
            Importance.HIGH,
            "How far the watermark lags behind event time: a record that is late by less still "
                + "counts. A window is written when the watermark passes its end. Milliseconds.")
        .define(
            WATERMARK_POLICY,
            ConfigDef.Type.STRING,
            "min",
            oneOf("min", "max"),
            Importance.MEDIUM,
            "min follows the slowest partition that is not idle, so that no partition loses records "
                + "in a backfill; max follows the fastest, as Spark does within one source.")
        .define(
            WATERMARK_IDLE_TIMEOUT_MS,
            ConfigDef.Type.LONG,
            300_000L,
            milliseconds(0),
            Importance.MEDIUM,
            "A partition without records for this time no longer holds the watermark back; 0 means "
                + "that it always does. Milliseconds.")
        .define(
            LATE_RECORDS,
            ConfigDef.Type.STRING,
            "drop",
            oneOf("drop", "report"),
            Importance.MEDIUM,
            "Records whose windows are already written are counted and left out. report also sends"
                + " the records that a task leaves out to the dead letter queue, if"
                + " errors.tolerance=all and a queue are set. Records that only the commit finds to"
                + " be late, and late records of session windows, are only counted.")
        .define(
            OUTPUT_MODE,
            ConfigDef.Type.STRING,
            "append",
            oneOf("append", UpdateKeys.UPDATE),
            Importance.MEDIUM,
            "append writes each window once, as final, when the watermark has passed its end; it"
                + " works in front of DeltaSinkConnector. update turns each record into the current"
                + " row of its group, for sinks that replace rows by key; it works in front of all"
                + " other sinks.")
        .define(
            TOPIC,
            ConfigDef.Type.STRING,
            "",
            Importance.MEDIUM,
            "Topic name of result rows, which selects their table with table.base.path; if empty, "
                + "the name of the transformation. With output.mode=update, the topic of the rows; "
                + "if empty, the topic of the record.")
        .define(
            FORWARD_INPUT,
            ConfigDef.Type.BOOLEAN,
            false,
            Importance.MEDIUM,
            "Whether the input records are also passed on unchanged, and written to the table of "
                + "their topic in the same batch.")
        .define(
            PROVIDER,
            ConfigDef.Type.STRING,
            "rocksdb",
            oneOf("rocksdb", "memory"),
            Importance.LOW,
            "Format of the state files: RocksDB's, or a plain format that is written and read in "
                + "memory; use that where RocksDB's native library cannot be loaded.")
        .define(
            BUFFER_BYTES,
            ConfigDef.Type.LONG,
            0L,
            ConfigDef.Range.atLeast(0),
            Importance.LOW,
            "Heap for open groups per task; when it is full, they are written to a file. "
                + "0 means an eighth of the worker's heap, shared by the tasks. Bytes.");
  }

  /**
   * The part of a transformation's configuration that identifies it. Connect adds its own keys, and
   * removes some of them before it configures the transformation.
   */
  public static Map<String, String> essence(Map<String, ?> props) {
    Map<String, String> essence = new TreeMap<>();
    props.forEach(
        (key, value) -> {
          if (!CONNECT.contains(key)) {
            essence.put(key, String.valueOf(value));
          }
        });
    return essence;
  }

  /** The names of all keys. */
  public static Set<String> keys() {
    return DEFINITION.names();
  }

  /**
   * The aggregation.
   *
   * @param alias name of the transformation
   */
  public Aggregation aggregation(String alias) {
    String topic = getString(TOPIC);
    return new Aggregation(
        alias,
        new EventTime(
            Optional.ofNullable(getString(EVENT_TIME_FIELD)).map(FieldRef::parse),
            EventTime.Format.valueOf(word(EVENT_TIME_FORMAT))),
        WindowKeys.of(this),
        getString(WINDOW_COLUMN),
        groupBy(),
        aggregates(),
        Optional.ofNullable(getString(HAVING)),
        new WatermarkSpec(
            getLong(WATERMARK_DELAY_MS),
            WatermarkSpec.Policy.valueOf(word(WATERMARK_POLICY)),
            getLong(WATERMARK_IDLE_TIMEOUT_MS),
            getLong(EVENT_TIME_MAX_AHEAD_MS)),
        topic.isEmpty() ? alias : topic,
        getBoolean(FORWARD_INPUT),
        word(LATE_RECORDS).equals("REPORT"),
        getLong(BUFFER_BYTES),
        word(PROVIDER).equals("MEMORY"));
  }

  /** How rows are updated in front of any sink; empty for {@code output.mode=append}. */
  public Optional<UpdateSpec> update() {
    return UpdateKeys.of(this, aggregation(""));
  }

  /** Rejects unknown keys, in front of sinks that do not check them. */
  public void requireKnownKeys() {
    for (String key : originals().keySet()) {
      if (!DEFINITION.names().contains(key) && !CONNECT.contains(key)) {
        throw new ConfigException(
            "Unknown configuration " + key + ". See docs/reference/transforms-config.md for all.");
      }
    }
  }

  private List<GroupField> groupBy() {
    return read(GROUP_BY, getString(GROUP_BY), GroupField::parse);
  }

  private List<Aggregate> aggregates() {
    return Aggregates.parse(getString(AGGREGATES));
  }

  private static void column(Set<String> columns, String key, String name) {
    if (UNSAFE.matcher(name).find()) {
      throw new ConfigException(
          key,
          name,
          "is the name of a column, which tables take without blanks and any of ,;{}()= alone."
              + " Give it another one"
              + (key.equals(WINDOW_COLUMN)
                  ? "."
                  : key.equals(GROUP_BY)
                      ? ", as: field as column."
                      : ", as: column=function(field)."));
    }
    if (!columns.add(name.toLowerCase(Locale.ROOT))) {
      throw new ConfigException(
          key, name, "is a column twice. Give one of them another name, as: field as column.");
    }
  }

  private static void requireAggregates(String key, Object value) {
    var unused = read(key, (String) value, Aggregates::parse);
  }

  /** Reads the value of a key, with the problem of fields and expressions at the key. */
  static <T> T read(String key, String text, Function<String, T> parse) {
    try {
      return parse.apply(text);
    } catch (SyntaxException e) {
      throw new ConfigException(
          "Invalid expression for configuration " + key + ": " + e.getMessage());
    } catch (IllegalArgumentException e) {
      throw new ConfigException(key, text, e.getMessage() + ".");
    }
  }

  private String word(String key) {
    return getString(key).toUpperCase(Locale.ROOT);
  }

  static ConfigDef.Validator oneOf(String... words) {
    return ConfigDef.CaseInsensitiveValidString.in(words);
  }

  static ConfigDef.Validator milliseconds(long least) {
    return ConfigDef.LambdaValidator.with(
        (key, value) -> {
          if (value != null && ((Long) value < least || (Long) value > LARGEST_MS)) {
            throw new ConfigException(
                key, value, "must be at least " + least + " and at most " + LARGEST_MS + ".");
          }
        },
        () -> "at least " + least);
  }
}
