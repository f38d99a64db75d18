package io.tidemark.windows.config;

import io.tidemark.delta.schema.FieldRef;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
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
  public static final String WINDOW_TYPE = "window.type";
  public static final String WINDOW_SIZE_MS = "window.size.ms";
  public static final String WINDOW_ADVANCE_MS = "window.advance.ms";
  public static final String WINDOW_GAP_MS = "window.gap.ms";
  public static final String WINDOW_COLUMN = "window.column";
  public static final String GROUP_BY = "group.by";
  public static final String AGGREGATES = "aggregates";
  public static final String OUTPUT_MODE = "output.mode";
  public static final String TOPIC = "topic";
  public static final String FORWARD_INPUT = "forward.input";
  public static final String LATE_RECORDS = "late.records";
  public static final String BUFFER_BYTES = "state.buffer.max.bytes";
  public static final String PROVIDER = "state.store.provider";

  /** Keys of every transformation, which Connect reads. */
  public static final Set<String> CONNECT = Set.of("type", "predicate", "negate", "plugin.version");

  private static final ConfigDef DEFINITION = definition();

  /** A field, with optional backticks around names, and its column. */
  private static final Pattern GROUP_FIELD =
      Pattern.compile("((?:`[^`]*`|[^\\s`])+)(?:\\s+as\\s+(\\S+))?", Pattern.CASE_INSENSITIVE);

  /** Characters that Delta does not allow in column names, and names of blanks only. */
  private static final Pattern UNSAFE = Pattern.compile("[ ,;{}()\\n\\t=]|^\\s*$");

  private static final long LARGEST_MS = Long.MAX_VALUE / 1000 / 1000;

  public WindowedAggregateConfig(Map<String, ?> props) {
    super(DEFINITION, props, false);
    Set<String> columns = new HashSet<>();
    column(columns, WINDOW_COLUMN, getString(WINDOW_COLUMN));
    groupBy().forEach(field -> column(columns, GROUP_BY, field.column()));
    aggregates().forEach(aggregate -> column(columns, AGGREGATES, aggregate.column()));
    update();
  }

  /** The keys of the transformation. */
  public static ConfigDef definition() {
    return UpdateKeys.define(aggregation());
  }

  private static ConfigDef aggregation() {
    return new ConfigDef()
        .define(
            AGGREGATES,
            ConfigDef.Type.STRING,
            ConfigDef.NO_DEFAULT_VALUE,
            WindowedAggregateConfig::requireAggregates,
            Importance.HIGH,
            "What to compute per window and group: column=function(field), separated by commas."
                + " Functions: count, sum, min, max, avg, first, last, stddev, stddev_pop,"
                + " variance, var_pop, approx_count_distinct, collect_set; count(*) counts records."
                + " Without a column name the result is called function_field.")
        .define(
            GROUP_BY,
            ConfigDef.Type.LIST,
            List.of(),
            Importance.HIGH,
            "Fields of the record to group by. A dot leads into a nested field; \"as\" sets another"
                + " column name: address.city as city. Without fields, groups are windows only. A"
                + " null value is a group of its own. If a field's own name is address.city, that"
                + " field is used; in backticks the dot is always part of the name, as in Spark:"
                + " `address.city`.zip. These rules hold for all field names.")
        .define(
            WINDOW_TYPE,
            ConfigDef.Type.STRING,
            "tumbling",
            oneOf("tumbling", "hopping", "session"),
            Importance.HIGH,
            "tumbling windows follow each other, hopping windows overlap, session windows hold "
                + "records that follow each other within a gap.")
        .define(
            WINDOW_SIZE_MS,
            ConfigDef.Type.LONG,
            null,
            milliseconds(1),
            Importance.HIGH,
            "Length of a tumbling or hopping window. Windows are aligned to the epoch in UTC. "
                + "Milliseconds.")
        .define(
            WINDOW_ADVANCE_MS,
            ConfigDef.Type.LONG,
            null,
            milliseconds(1),
            Importance.MEDIUM,
            "Distance between the starts of two hopping windows, at most their length. "
                + "Milliseconds.")
        .define(
            WINDOW_GAP_MS,
            ConfigDef.Type.LONG,
            null,
            milliseconds(1),
            Importance.MEDIUM,
            "A session ends when no record of its group follows within this time. Milliseconds.")
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
                    field(key, (String) value);
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
        window(),
        getString(WINDOW_COLUMN),
        groupBy(),
        aggregates(),
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

  private WindowSpec window() {
    String type = word(WINDOW_TYPE);
    if (type.equals("SESSION")) {
      refuse(WINDOW_SIZE_MS, "session");
      refuse(WINDOW_ADVANCE_MS, "session");
      return WindowSpec.session(micros(WINDOW_GAP_MS, "session"));
    }
    refuse(WINDOW_GAP_MS, "tumbling and hopping");
    long size = micros(WINDOW_SIZE_MS, "tumbling and hopping");
    if (type.equals("TUMBLING")) {
      refuse(WINDOW_ADVANCE_MS, "tumbling");
      return WindowSpec.tumbling(size);
    }
    long advance = micros(WINDOW_ADVANCE_MS, "hopping");
    if (advance > size) {
      throw new ConfigException(
          WINDOW_ADVANCE_MS,
          advance / 1000,
          "must not be above window.size.ms: records between two windows would be in none.");
    }
    WindowSpec hopping = WindowSpec.hopping(size, advance);
    if (hopping.slices() > WindowSpec.MOST_SLICES) {
      throw new ConfigException(
          WINDOW_ADVANCE_MS,
          advance / 1000,
          "makes windows of "
              + hopping.slices()
              + " slices, as long as the greatest common divisor of window.size.ms and"
              + " window.advance.ms, which are read side by side: must make at most "
              + WindowSpec.MOST_SLICES
              + ".");
    }
    return hopping;
  }

  private long micros(String key, String kind) {
    Long ms = getLong(key);
    if (ms == null) {
      throw new ConfigException("Missing configuration " + key + ": " + kind + " windows need it.");
    }
    return ms * 1000;
  }

  private void refuse(String key, String kind) {
    if (getLong(key) != null) {
      throw new ConfigException(
          key, getLong(key), "has no effect for " + kind + " windows. Remove it.");
    }
  }

  private List<GroupField> groupBy() {
    List<GroupField> fields = new ArrayList<>();
    for (String text : getList(GROUP_BY)) {
      Matcher matcher = GROUP_FIELD.matcher(text.trim());
      if (!matcher.matches()) {
        throw new ConfigException(GROUP_BY, text, "must be a field, or: field as column.");
      }
      FieldRef field = field(GROUP_BY, matcher.group(1));
      String column = matcher.group(2);
      fields.add(new GroupField(column == null ? field.name() : column, field));
    }
    return fields;
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

  private static FieldRef field(String key, String text) {
    try {
      return FieldRef.parse(text);
    } catch (IllegalArgumentException e) {
      throw new ConfigException(key, text, e.getMessage() + ".");
    }
  }

  private static void requireAggregates(String key, Object value) {
    try {
      var unused = Aggregates.parse((String) value);
    } catch (IllegalArgumentException e) {
      throw new ConfigException(key, value, e.getMessage() + ".");
    }
  }

  private String word(String key) {
    return getString(key).toUpperCase(Locale.ROOT);
  }

  private static ConfigDef.Validator oneOf(String... words) {
    return ConfigDef.CaseInsensitiveValidString.in(words);
  }

  private static ConfigDef.Validator milliseconds(long least) {
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
