package io.tidemark.windows.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigException;

/** The keys of {@code output.mode=update}, and its conflicts with other keys. */
public final class UpdateKeys {

  public static final String STATE_DIR = "state.dir";
  public static final String STATE_ID = "state.id";
  public static final String STATE_RETENTION_MS = "state.retention.ms";
  public static final String STATE_GAP = "state.gap.max.offsets";

  /** Value of {@code output.mode}. */
  public static final String UPDATE = "update";

  private static final List<String> OWN =
      List.of(STATE_DIR, STATE_ID, STATE_RETENTION_MS, STATE_GAP);

  /** Keys of windows that a driver closes. */
  private static final List<String> OF_APPEND =
      List.of(
          WindowedAggregateConfig.WATERMARK_POLICY,
          WindowedAggregateConfig.WATERMARK_IDLE_TIMEOUT_MS,
          WindowedAggregateConfig.BUFFER_BYTES);

  private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}");

  private UpdateKeys() {}

  static ConfigDef define(ConfigDef definition) {
    return definition
        .define(
            STATE_DIR,
            ConfigDef.Type.STRING,
            null,
            ConfigDef.LambdaValidator.with(UpdateKeys::requireAbsolute, () -> "an absolute path"),
            Importance.MEDIUM,
            "Directory on the worker's disk for the state of output.mode=update, which requires it. "
                + "It holds one database per topic-partition. It must survive a restart of the "
                + "worker, and belongs to one worker process.")
        .define(
            STATE_ID,
            ConfigDef.Type.STRING,
            "windows",
            ConfigDef.LambdaValidator.with(
                UpdateKeys::requireSafe,
                () ->
                    "letters, digits, dot, hyphen and underscore, not beginning with dot or hyphen"),
            Importance.LOW,
            "Directory of this state below state.dir and the connector's name. Several "
                + "transformations of a connector need one each; with another name, the state "
                + "begins empty.")
        .define(
            STATE_RETENTION_MS,
            ConfigDef.Type.LONG,
            3_600_000L,
            ConfigDef.Range.atLeast(0),
            Importance.MEDIUM,
            "How long a window stays in the state after the watermark has passed its end, counted "
                + "while records come. When records are read again, their rows are sent again, so "
                + "this must be longer than the sink takes to commit its offsets. "
                + "Milliseconds.")
        .define(
            STATE_GAP,
            ConfigDef.Type.LONG,
            0L,
            ConfigDef.Range.atLeast(-1),
            Importance.MEDIUM,
            "How many offsets may be missing between two records of a partition, or before the "
                + "first one of a new state; with more the task fails, since records may be missing "
                + "from the state. Transactions, compaction, tolerated converter errors, and "
                + "transformations that drop records before this one leave gaps in which no record "
                + "is missing. -1 accepts any number.");
  }

  /** The checked settings; empty for {@code append}. */
  static Optional<UpdateSpec> of(AbstractConfig config, Aggregation aggregation) {
    if (!isUpdate(config)) {
      OWN.forEach(key -> refuse(config, key, "has no effect unless output.mode=update."));
      return Optional.empty();
    }
    if (config.getString(STATE_DIR) == null) {
      throw new ConfigException(
          "Missing configuration " + STATE_DIR + ": output.mode=update keeps its state there.");
    }
    String update = "has no effect with output.mode=update: ";
    OF_APPEND.forEach(
        key -> refuse(config, key, update + "each partition has its own watermark and store."));
    if (aggregation.forwardInput()) {
      refuse(config, WindowedAggregateConfig.FORWARD_INPUT, update + "a record becomes its row.");
    }
    if (aggregation.reportLate()) {
      refuse(
          config,
          WindowedAggregateConfig.LATE_RECORDS,
          update + "Connect gives a transformation no way to report a record there. Use drop.");
    }
    if (aggregation.memoryProvider()) {
      refuse(
          config,
          WindowedAggregateConfig.PROVIDER,
          "does not go with output.mode=update: after a restart totals would begin again and replace"
              + " the right ones in the sink. Use rocksdb.");
    }
    requireOneRow(config, aggregation.window());
    requireDistinctKey(aggregation);
    return Optional.of(
        new UpdateSpec(
            Path.of(config.getString(STATE_DIR)),
            config.getString(STATE_ID),
            config.getLong(STATE_RETENTION_MS),
            config.getLong(STATE_GAP),
            Optional.of(config.getString(WindowedAggregateConfig.TOPIC))
                .filter(topic -> !topic.isEmpty())));
  }

  static boolean isUpdate(AbstractConfig config) {
    return config.getString(WindowedAggregateConfig.OUTPUT_MODE).equalsIgnoreCase(UPDATE);
  }

  /** The flat names of a window's bounds in the key of a row. */
  public static List<String> bounds(String windowColumn) {
    return List.of(windowColumn + "_start", windowColumn + "_end");
  }

  private static void requireOneRow(AbstractConfig config, WindowSpec window) {
    if (window.kind() == WindowSpec.Kind.SESSION) {
      throw new ConfigException(
          WindowKeys.TYPE,
          config.getString(WindowKeys.TYPE),
          "does not go with output.mode=update: when two sessions become one, the rows of both would"
              + " stay in the sink. Use tumbling.");
    }
    if (window.advanceMicros() < window.sizeMicros()) {
      throw new ConfigException(
          WindowKeys.ADVANCE_MS,
          window.advanceMicros() / 1000,
          "does not go with output.mode=update: a record would be in several windows, and a"
              + " transformation can give one row for it. Use tumbling, or several transformations"
              + " in connectors of their own.");
    }
  }

  private static void requireDistinctKey(Aggregation aggregation) {
    Set<String> columns = new HashSet<>();
    aggregation.groupBy().forEach(field -> columns.add(field.column().toLowerCase(Locale.ROOT)));
    for (String bound : bounds(aggregation.windowColumn())) {
      if (columns.contains(bound.toLowerCase(Locale.ROOT))) {
        throw new ConfigException(
            WindowedAggregateConfig.GROUP_BY,
            bound,
            "is also the name of the window's bound in the key. Give the field another name, as:"
                + " field as column.");
      }
    }
  }

  private static void refuse(AbstractConfig config, String key, String why) {
    Object given = config.originals().get(key);
    if (given != null) {
      throw new ConfigException(key, given, why);
    }
  }

  private static void requireAbsolute(String key, Object value) {
    if (value == null) {
      return;
    }
    try {
      if (Path.of((String) value).isAbsolute()) {
        return;
      }
    } catch (InvalidPathException e) {
      throw new ConfigException(key, value, "is not a path: " + e.getReason() + ".");
    }
    throw new ConfigException(
        key,
        value,
        "must be absolute: it must not depend on the directory in which a worker is started.");
  }

  private static void requireSafe(String key, Object value) {
    if (!SAFE.matcher((String) value).matches()) {
      throw new ConfigException(
          key,
          value,
          "must be at most 100 letters, digits, dots, hyphens and underscores, and must not begin"
              + " with a dot or hyphen: it names a directory.");
    }
  }
}
