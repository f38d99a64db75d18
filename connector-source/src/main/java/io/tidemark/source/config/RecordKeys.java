package io.tidemark.source.config;

import io.tidemark.connector.KeyGroup;
import io.tidemark.connector.Problem;
import io.tidemark.connector.Rule;
import io.tidemark.connector.Settings;
import io.tidemark.delta.schema.TemporalMode;
import io.tidemark.source.record.RecordOptions;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;

/** How rows become records. */
final class RecordKeys {

  static final String TOPIC = "topic";
  static final String KEY_FIELDS = "key.fields";
  static final String TOMBSTONES = "tombstones.on.delete";
  static final String HEADERS = "headers.enabled";

  static final String TEMPORAL_MODE = "temporal.mode";

  static final String GROUP = "Records";

  private static final Pattern TOPIC_NAME = Pattern.compile("(?!\\.{1,2}$)[a-zA-Z0-9._-]{1,249}");

  private RecordKeys() {}

  static void define(ConfigDef definition) {
    new KeyGroup(definition, GROUP)
        .add(
            TOPIC,
            ConfigDef.Type.STRING,
            "${table}",
            Rule.of(
                "a topic, with ${table} for the last part of the location",
                value ->
                    ((String) value).replace("${table}", "").contains("${")
                        ? Optional.of("must not have a placeholder other than ${table}")
                        : Optional.empty()),
            Importance.HIGH,
            "Topic",
            "Topic of the records. "
                + "${table} is replaced by the last part of the table's location, so that each "
                + "table has a topic of its own; without it all tables share one topic.")
        .add(
            KEY_FIELDS,
            ConfigDef.Type.LIST,
            List.of(),
            Rule.of(
                "names of fields, with dots into structs or in backticks",
                value -> fieldComplaint((List<?>) value)),
            Importance.HIGH,
            "Key fields",
            "Fields that make up the record key: the value of a single field, or a struct of several."
                + " Records with the same key go to the same partition of the topic; without a key"
                + " they are distributed over all partitions. A dot leads into a struct:"
                + " customer.id. If a column's own name is customer.id, that column is used; in"
                + " backticks the dot is always part of the name, as in Spark: `customer.id`.")
        .add(
            TOMBSTONES,
            ConfigDef.Type.BOOLEAN,
            false,
            Rule.any("true, false"),
            Importance.MEDIUM,
            "Tombstones",
            "Whether a deleted row, and the old row of an update, becomes a tombstone: its key "
                + "with a null value. A compacted topic, or a consumer that keeps the last record "
                + "of each key, then has exactly the rows of the table. Needs "
                + "read.change.feed=true and key.fields that are unique for each row.")
        .add(
            HEADERS,
            ConfigDef.Type.BOOLEAN,
            true,
            Rule.any("true, false"),
            Importance.LOW,
            "Headers",
            "Whether records have headers _delta_version, _delta_commit_timestamp and "
                + "_delta_change_type. They take about 80 bytes in each record; a change feed "
                + "needs them.")
        .add(
            TEMPORAL_MODE,
            ConfigDef.Type.STRING,
            "micros",
            Rule.oneOf(
                Arrays.stream(TemporalMode.values())
                    .map(mode -> mode.name().toLowerCase(Locale.ROOT))
                    .toList()),
            Importance.LOW,
            "Timestamps",
            "How records carry timestamps, which Delta keeps in microseconds. "
                + "micros keeps full precision: a number with the schema name "
                + "io.debezium.time.MicroTimestamp, which the sink understands. connect is "
                + "Connect's own Timestamp, which more consumers understand and which is truncated "
                + "to milliseconds.");
  }

  private static Optional<String> fieldComplaint(List<?> fields) {
    Set<String> names = new HashSet<>();
    for (Object field : fields) {
      try {
        if (!names.add(RecordOptions.keyName((String) field))) {
          return Optional.of("must not name a field twice");
        }
      } catch (IllegalArgumentException e) {
        return Optional.of(e.getMessage());
      }
    }
    return Optional.empty();
  }

  static void check(List<String> tables, Settings settings, List<Problem> problems) {
    settings
        .value(TOPIC, String.class)
        .ifPresent(
            topic ->
                tables.stream()
                    .map(new RecordOptions(topic, List.of(), true, false)::topicOf)
                    .filter(name -> !TOPIC_NAME.matcher(name).matches())
                    .findFirst()
                    .ifPresent(
                        name ->
                            problems.add(
                                Problem.invalid(
                                    TOPIC,
                                    topic,
                                    "'"
                                        + name
                                        + "' is not a valid topic name: use letters, digits, '.', "
                                        + "'_' and '-'. Correct topic."))));
    boolean feed = settings.value(TableKeys.CHANGE_FEED, Boolean.class).orElse(false);
    boolean tombstones = settings.value(TOMBSTONES, Boolean.class).orElse(false);
    if (tombstones && !feed) {
      problems.add(
          Problem.invalid(
              TOMBSTONES,
              true,
              "has no effect without read.change.feed=true. Set that, or remove this."));
    }
    if (tombstones && settings.value(KEY_FIELDS, List.class).orElse(List.of()).isEmpty()) {
      problems.add(
          Problem.invalid(TOMBSTONES, true, "needs a key, and there is none. Set key.fields."));
    }
    if (feed && !tombstones && !settings.value(HEADERS, Boolean.class).orElse(true)) {
      problems.add(
          Problem.invalid(
              HEADERS,
              false,
              "with read.change.feed=true only the headers distinguish a deleted row from an "
                  + "inserted one. Remove it."));
    }
  }
}
