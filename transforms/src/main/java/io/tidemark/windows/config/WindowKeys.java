package io.tidemark.windows.config;

import java.util.Locale;
import java.util.Optional;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigException;

/** The keys of windows. */
public final class WindowKeys {

  public static final String TYPE = "window.type";
  public static final String SIZE_MS = "window.size.ms";
  public static final String ADVANCE_MS = "window.advance.ms";
  public static final String START_OFFSET_MS = "window.start.offset.ms";
  public static final String GAP_MS = "window.gap.ms";
  public static final String GAP_EXPRESSION = "window.gap.expression";

  private static final String SESSION = "session";
  private static final String OTHERS = "tumbling and hopping";

  private WindowKeys() {}

  static ConfigDef define(ConfigDef definition) {
    return definition
        .define(
            TYPE,
            ConfigDef.Type.STRING,
            "tumbling",
            WindowedAggregateConfig.oneOf("tumbling", "hopping", SESSION),
            Importance.HIGH,
            "tumbling windows follow each other, hopping windows overlap, session windows hold "
                + "records that follow each other within a gap.")
        .define(
            SIZE_MS,
            ConfigDef.Type.LONG,
            null,
            WindowedAggregateConfig.milliseconds(1),
            Importance.HIGH,
            "Length of a tumbling or hopping window. Windows are aligned to the epoch in UTC. "
                + "Milliseconds.")
        .define(
            ADVANCE_MS,
            ConfigDef.Type.LONG,
            null,
            WindowedAggregateConfig.milliseconds(1),
            Importance.MEDIUM,
            "Distance between the starts of two hopping windows, at most their length. "
                + "Milliseconds.")
        .define(
            START_OFFSET_MS,
            ConfigDef.Type.LONG,
            null,
            WindowedAggregateConfig.milliseconds(-WindowedAggregateConfig.LARGEST_MS),
            Importance.MEDIUM,
            "By how much the starts of tumbling and hopping windows are after the epoch in UTC, or"
                + " before it if negative: 900000 with windows of an hour gives windows from a"
                + " quarter past to a quarter past. Less than the length of tumbling windows, or"
                + " than the advance of hopping ones, in both directions. 0 if empty."
                + " Milliseconds.")
        .define(
            GAP_MS,
            ConfigDef.Type.LONG,
            null,
            WindowedAggregateConfig.milliseconds(1),
            Importance.MEDIUM,
            "A session window ends when no record of its group follows within this time. Milliseconds.")
        .define(
            GAP_EXPRESSION,
            ConfigDef.Type.STRING,
            null,
            ConfigDef.LambdaValidator.with(
                (key, value) -> {
                  if (value != null) {
                    var unused = input(key, (String) value);
                  }
                },
                () -> "a field or an expression"),
            Importance.MEDIUM,
            "In place of window.gap.ms, a field or an expression in Spark's SQL that gives the gap"
                + " after each record: a number of milliseconds, or text such as 5 minutes."
                + " Example: CASE WHEN plan = 'free' THEN '5 minutes' ELSE '1 hour' END. A record"
                + " whose gap is null, zero or negative is in no session window.");
  }

  /** The windows. */
  static WindowSpec of(AbstractConfig config) {
    String type = config.getString(TYPE).toLowerCase(Locale.ROOT);
    if (type.equals(SESSION)) {
      refuse(config, SIZE_MS, SESSION);
      refuse(config, ADVANCE_MS, SESSION);
      refuse(config, START_OFFSET_MS, SESSION);
      return session(config);
    }
    refuse(config, GAP_MS, OTHERS);
    refuse(config, GAP_EXPRESSION, OTHERS);
    long size = micros(config, SIZE_MS, OTHERS);
    if (type.equals("tumbling")) {
      refuse(config, ADVANCE_MS, "tumbling");
      return starting(config, WindowSpec.tumbling(size));
    }
    long advance = micros(config, ADVANCE_MS, "hopping");
    if (advance > size) {
      throw new ConfigException(
          ADVANCE_MS,
          advance / 1000,
          "must not be above window.size.ms: records between two windows would be in none.");
    }
    WindowSpec hopping = WindowSpec.hopping(size, advance);
    if (hopping.slices() > WindowSpec.MOST_SLICES) {
      throw new ConfigException(
          ADVANCE_MS,
          advance / 1000,
          "makes windows of "
              + hopping.slices()
              + " slices, as long as the greatest common divisor of window.size.ms and"
              + " window.advance.ms, which are read side by side: must make at most "
              + WindowSpec.MOST_SLICES
              + ".");
    }
    return starting(config, hopping);
  }

  private static WindowSpec session(AbstractConfig config) {
    String gap = config.getString(GAP_EXPRESSION);
    if (gap == null) {
      return WindowSpec.session(micros(config, GAP_MS, SESSION));
    }
    if (config.getLong(GAP_MS) != null) {
      throw new ConfigException(
          GAP_MS, config.getLong(GAP_MS), "does not go with " + GAP_EXPRESSION + ". Remove one.");
    }
    return WindowSpec.session(input(GAP_EXPRESSION, gap));
  }

  /** As in Spark, a start that is a whole window away or more is refused. */
  private static WindowSpec starting(AbstractConfig config, WindowSpec windows) {
    Long ms = config.getLong(START_OFFSET_MS);
    if (ms == null) {
      return windows;
    }
    if (Math.abs(ms) * 1000 >= windows.advanceMicros()) {
      throw new ConfigException(
          START_OFFSET_MS,
          ms,
          "must be nearer to 0 than "
              + (windows.kind() == WindowSpec.Kind.HOPPING ? ADVANCE_MS : SIZE_MS)
              + ", because windows start again after that.");
    }
    return windows.startingAt(ms * 1000);
  }

  private static Input input(String key, String text) {
    return WindowedAggregateConfig.read(key, text, Input::parse);
  }

  private static long micros(AbstractConfig config, String key, String kind) {
    return Optional.ofNullable(config.getLong(key))
            .orElseThrow(
                () ->
                    new ConfigException(
                        "Missing configuration " + key + ": " + kind + " windows need it."))
        * 1000;
  }

  private static void refuse(AbstractConfig config, String key, String kind) {
    Object given = config.values().get(key);
    if (given != null) {
      throw new ConfigException(key, given, "has no effect for " + kind + " windows. Remove it.");
    }
  }
}
