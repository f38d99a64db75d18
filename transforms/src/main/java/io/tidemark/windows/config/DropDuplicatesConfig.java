package io.tidemark.windows.config;

import io.tidemark.delta.schema.FieldRef;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigException;

/** The configuration of {@code DropDuplicates}, complete and consistent. */
public final class DropDuplicatesConfig extends AbstractConfig {

  public static final String KEYS = "keys";

  /** Keys that mean the same as those of a windowed aggregate. */
  private static final List<String> SHARED =
      List.of(
          WindowedAggregateConfig.EVENT_TIME_FIELD,
          WindowedAggregateConfig.EVENT_TIME_FORMAT,
          WindowedAggregateConfig.WATERMARK_POLICY,
          WindowedAggregateConfig.WATERMARK_IDLE_TIMEOUT_MS,
          WindowedAggregateConfig.PROVIDER);

  private static final ConfigDef DEFINITION = definition();

  public DropDuplicatesConfig(Map<String, ?> props) {
    super(DEFINITION, props, false);
    fields();
  }

  /** The keys of the transformation. */
  public static ConfigDef definition() {
    Map<String, ConfigKey> windowed = WindowedAggregateConfig.definition().configKeys();
    ConfigDef definition =
        new ConfigDef()
            .define(
                KEYS,
                ConfigDef.Type.LIST,
                ConfigDef.NO_DEFAULT_VALUE,
                Importance.HIGH,
                "Fields of the record that tell events apart, separated by commas. Of records with"
                    + " the same values, the first is kept. A dot leads into a nested field, and a"
                    + " null value is a value like any other.");
    SHARED.forEach(key -> definition.define(windowed.get(key)));
    like(
        definition,
        windowed.get(WindowedAggregateConfig.EVENT_TIME_MAX_AHEAD_MS),
        "An event time further ahead of the worker's clock than this does not advance the"
            + " watermark, so that one wrong record cannot make others late. Milliseconds.");
    like(
        definition,
        windowed.get(WindowedAggregateConfig.WATERMARK_DELAY_MS),
        "How far the watermark lags behind event time, and so how long a key is kept: duplicates"
            + " whose event times are less than this apart are dropped. A record that is late by"
            + " more is dropped, too. Milliseconds.");
    like(
        definition,
        windowed.get(WindowedAggregateConfig.LATE_RECORDS),
        "Records that are older than the watermark are counted and left out. report also sends"
            + " those that a task leaves out to the dead letter queue, if errors.tolerance=all and a"
            + " queue are set. Records that only the commit finds to be late are only counted.");
    like(
        definition,
        windowed.get(WindowedAggregateConfig.BUFFER_BYTES),
        "Heap for the keys of an open segment per task; when it is full, they are written to a"
            + " file. 0 means an eighth of the worker's heap, shared by the tasks. Bytes.");
    return definition;
  }

  private static void like(ConfigDef definition, ConfigKey key, String documentation) {
    definition.define(
        key.name, key.type, key.defaultValue, key.validator, key.importance, documentation);
  }

  /** The names of all keys. */
  public static Set<String> keys() {
    return DEFINITION.names();
  }

  /**
   * The deduplication, as an aggregation by its keys that aggregates nothing.
   *
   * @param alias name of the transformation
   */
  public Aggregation aggregation(String alias) {
    return new Aggregation(
        alias,
        new EventTime(
            Optional.ofNullable(getString(WindowedAggregateConfig.EVENT_TIME_FIELD))
                .map(FieldRef::parse),
            EventTime.Format.valueOf(word(WindowedAggregateConfig.EVENT_TIME_FORMAT))),
        WindowSpec.distinct(),
        "",
        fields(),
        List.of(),
        Optional.empty(),
        new WatermarkSpec(
            getLong(WindowedAggregateConfig.WATERMARK_DELAY_MS),
            WatermarkSpec.Policy.valueOf(word(WindowedAggregateConfig.WATERMARK_POLICY)),
            getLong(WindowedAggregateConfig.WATERMARK_IDLE_TIMEOUT_MS),
            getLong(WindowedAggregateConfig.EVENT_TIME_MAX_AHEAD_MS)),
        alias,
        true,
        word(WindowedAggregateConfig.LATE_RECORDS).equals("REPORT"),
        getLong(WindowedAggregateConfig.BUFFER_BYTES),
        word(WindowedAggregateConfig.PROVIDER).equals("MEMORY"));
  }

  private List<GroupField> fields() {
    List<GroupField> fields = new ArrayList<>();
    Set<FieldRef> known = new LinkedHashSet<>();
    for (String text : getList(KEYS)) {
      FieldRef field;
      try {
        field = FieldRef.parse(text.trim());
      } catch (IllegalArgumentException e) {
        throw new ConfigException(KEYS, text, e.getMessage() + ".");
      }
      if (!known.add(field)) {
        throw new ConfigException(KEYS, text, "is named twice.");
      }
      fields.add(new GroupField(field.name(), field));
    }
    if (fields.isEmpty()) {
      throw new ConfigException(KEYS, "", "must name at least one field.");
    }
    return fields;
  }

  private String word(String key) {
    return getString(key).toUpperCase(Locale.ROOT);
  }
}
