package io.tidemark.sink.config;

import io.tidemark.connector.KeyGroup;
import io.tidemark.connector.Problem;
import io.tidemark.connector.Rule;
import io.tidemark.connector.Settings;
import io.tidemark.sink.kafka.OnTopicRecreated;
import io.tidemark.sink.kafka.StartingOffsets;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;

/** Where to begin in topics, and what to do when topics or tables have changed. */
final class StartKeys {

  static final String OFFSETS = "starting.offsets";
  static final String TIMESTAMP = "starting.timestamp";
  static final String FAIL_ON_LOSS = "fail.on.data.loss";
  static final String ON_RECREATED = "on.topic.recreated";
  static final String ON_RESTORED = "on.table.restored";
  static final String REBASE = "rebase";
  static final String ON_OFFSETS_IN_TABLE = "on.offsets.in.table";
  static final String APPEND = "append";
  static final String RUN_UNTIL = "run.until";
  static final String AVAILABLE = "available";

  static final String GROUP = "Topics";

  private StartKeys() {}

  static void define(ConfigDef definition) {
    new KeyGroup(definition, GROUP)
        .add(
            OFFSETS,
            ConfigDef.Type.STRING,
            StartingOffsets.EARLIEST,
            Rule.of("earliest, latest, committed, or JSON", StartKeys::complaint),
            Importance.HIGH,
            "Starting offsets",
            """
            Where to begin in partitions that the checkpoint location does not have. Partitions that
            it has continue where its last batch ended. committed uses the consumer group's offset,
            for a connector that takes over from another sink; the other values ignore the group.
            JSON in Spark's format names an offset for every partition, such as
            {"orders":{"0":23,"1":-2}}, with -2 for earliest and -1 for latest. Partitions that are
            added later begin at their earliest offset. Spark's spelling startingOffsets is
            accepted.""")
        .add(
            TIMESTAMP,
            ConfigDef.Type.STRING,
            null,
            Rule.of(
                "epoch milliseconds or ISO 8601 with an offset",
                value -> timestampComplaint((String) value)),
            Importance.MEDIUM,
            "Starting timestamp",
            """
            Time at which to begin, instead of starting.offsets: each partition begins at its first
            record with this timestamp or a later one, or at its end if all its records are older.
            The timestamps are those of the records, set by the producer or the broker. Epoch
            milliseconds, or a time such as 2026-11-24T00:00:00Z. Spark's spelling startingTimestamp
            is accepted.""")
        .add(
            FAIL_ON_LOSS,
            ConfigDef.Type.BOOLEAN,
            true,
            Rule.any("true or false"),
            Importance.HIGH,
            "Fail on data loss",
            """
            Whether a task fails when records expired or were deleted in Kafka before it read them.
            With false it continues at the log start offset, and the batch records which offsets
            are missing. Spark's spelling failOnDataLoss is accepted.""")
        .add(
            ON_RECREATED,
            ConfigDef.Type.STRING,
            "fail",
            Rule.oneOf(
                Arrays.stream(OnTopicRecreated.values()).map(OnTopicRecreated::word).toList()),
            Importance.MEDIUM,
            "On topic recreated",
            """
            What to do when a topic was deleted and created again. fail stops the task and names the
            command that continues with the new topic. rebase continues with the new topic at once,
            from its earliest offset, and appends its rows to those of the old one; it still fails
            if the topic is in another cluster, because it may be a copy. rebase-across-clusters
            continues there too, and reads a copy again from its beginning.""")
        .add(
            ON_RESTORED,
            ConfigDef.Type.STRING,
            "fail",
            Rule.oneOf(List.of("fail", REBASE)),
            Importance.MEDIUM,
            "On table restored",
            """
            What to do when a table no longer has its last batches, because its log was restored
            from a backup. fail stops the task and names the command that returns to the last batch
            of the table. rebase returns to it at once and writes the missing batches again; this
            works for connectors with one table, while the batch is among those that
            checkpoint.retain.batches keeps.""")
        .add(
            ON_OFFSETS_IN_TABLE,
            ConfigDef.Type.STRING,
            "fail",
            Rule.oneOf(List.of("fail", APPEND)),
            Importance.MEDIUM,
            "On offsets in table",
            """
            What to do before the first batch that writes a topic to a table, if another query has
            written that topic to the table. fail stops the task and names the other query and your
            choices: after a connector was renamed, or its checkpoint location was removed, the
            other query is the connector's own former one, and the table would have every record
            twice. append writes in any case, for tables that must have the records of both.""")
        .add(
            RUN_UNTIL,
            ConfigDef.Type.STRING,
            "stopped",
            Rule.oneOf(List.of("stopped", AVAILABLE)),
            Importance.LOW,
            "Run until",
            """
            When to stop reading. stopped reads until the connector is stopped. available reads what
            the logs have when a task gets its partitions, commits it and reads no more, as Spark's
            trigger availableNow does: the metric tidemark-sink-run-done then is 1 for each task. The
            connector stays RUNNING, because Connect has no other end; delete it, or restart it with
            its tasks for the next run.""");
  }

  static void check(Settings settings, List<Problem> problems) {
    if (settings.isGiven(TIMESTAMP) && settings.isGiven(OFFSETS)) {
      problems.add(
          Problem.invalid(
              TIMESTAMP,
              settings.text(TIMESTAMP).orElse(null),
              OFFSETS + " is set as well. Remove one of the two."));
    }
    settings
        .value(OFFSETS, String.class)
        .map(StartingOffsets::parse)
        .filter(StartingOffsets.Each.class::isInstance)
        .map(StartingOffsets.Each.class::cast)
        .ifPresent(each -> checkTopics(each, settings, problems));
  }

  private static void checkTopics(
      StartingOffsets.Each each, Settings settings, List<Problem> problems) {
    Set<String> named =
        each.offsets().keySet().stream()
            .map(TopicPartition::topic)
            .collect(Collectors.toCollection(TreeSet::new));
    Optional<Set<String>> topics =
        settings
            .text(TableKeys.TOPICS)
            .filter(text -> !text.isBlank())
            .map(
                text ->
                    Arrays.stream(text.split(","))
                        .map(String::trim)
                        .collect(Collectors.toCollection(TreeSet::new)));
    topics.ifPresent(
        wanted -> {
          Set<String> missing = new TreeSet<>(wanted);
          missing.removeAll(named);
          if (!missing.isEmpty()) {
            problems.add(
                Problem.invalid(
                    OFFSETS,
                    settings.text(OFFSETS).orElse(null),
                    "has no partition of " + missing + ", which topics names. Add them."));
          }
        });
    Optional<Predicate<String>> read =
        topics.<Predicate<String>>map(wanted -> wanted::contains).or(() -> regex(settings));
    read.ifPresent(
        reads -> {
          named.removeIf(reads);
          if (!named.isEmpty()) {
            problems.add(
                Problem.invalid(
                    OFFSETS,
                    settings.text(OFFSETS).orElse(null),
                    "names " + named + ", which the connector does not read. Remove them."));
          }
        });
  }

  private static Optional<Predicate<String>> regex(Settings settings) {
    try {
      return settings
          .text(TableKeys.TOPICS_REGEX)
          .filter(text -> !text.isBlank())
          .map(Pattern::compile)
          .map(Pattern::asMatchPredicate);
    } catch (PatternSyntaxException e) {
      // Connect reports it.
      return Optional.empty();
    }
  }

  private static Optional<String> complaint(Object value) {
    try {
      StartingOffsets.parse((String) value);
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(e.getMessage());
    }
  }

  private static Optional<String> timestampComplaint(String value) {
    try {
      return timestampMs(value) < 0 ? Optional.of("must not be before 1970") : Optional.empty();
    } catch (DateTimeException e) {
      return Optional.of(
          "must be epoch milliseconds, or a time such as 2026-11-24T00:00:00Z with its offset");
    }
  }

  /** Reads a value of {@link #TIMESTAMP}. */
  static long timestampMs(String text) {
    String trimmed = text.trim();
    return trimmed.matches("-?[0-9]{1,18}")
        ? Long.parseLong(trimmed)
        : OffsetDateTime.parse(trimmed).toInstant().toEpochMilli();
  }
}
