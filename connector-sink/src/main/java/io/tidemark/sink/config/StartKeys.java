package io.tidemark.sink.config;

import io.tidemark.connector.KeyGroup;
import io.tidemark.connector.Problem;
import io.tidemark.connector.Rule;
import io.tidemark.connector.Settings;
import io.tidemark.sink.edge.OnTopicRecreated;
import io.tidemark.sink.edge.StartingOffsets;
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

/** Where to begin in topics, and what to do when they are not as they were left. */
final class StartKeys {

  static final String OFFSETS = "starting.offsets";
  static final String TIMESTAMP = "starting.timestamp";
  static final String FAIL_ON_LOSS = "fail.on.data.loss";
  static final String ON_RECREATED = "on.topic.recreated";
  static final String ON_RESTORED = "on.table.restored";
  static final String REBASE = "rebase";
  static final String ON_OFFSETS_IN_TABLE = "on.offsets.in.table";
  static final String APPEND = "append";

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
            "Where to begin in partitions that the checkpoint location does not know; those that "
                + "it knows continue where its last batch ended. "
                + "committed takes the consumer group's offset, for connectors that take over from "
                + "another sink; the others do not look at the group. JSON as of Spark names an "
                + "offset for every partition, such as {\"orders\":{\"0\":23,\"1\":-2}} with -2 for "
                + "earliest and -1 for latest. Partitions that are added later begin at their "
                + "earliest offset. Spark's spelling startingOffsets is accepted.")
        .add(
            TIMESTAMP,
            ConfigDef.Type.STRING,
            null,
            Rule.of(
                "epoch milliseconds or ISO 8601 with an offset",
                value -> timestampComplaint((String) value)),
            Importance.MEDIUM,
            "Starting timestamp",
            "Begins at the first record that is not older, instead of starting.offsets; where all "
                + "records are older, at the end. "
                + "The records' own timestamps count, as producer or broker set them. "
                + "Epoch milliseconds, or such as 2026-11-24T00:00:00Z. Spark's spelling "
                + "startingTimestamp is accepted.")
        .add(
            FAIL_ON_LOSS,
            ConfigDef.Type.BOOLEAN,
            true,
            Rule.any("true or false"),
            Importance.HIGH,
            "Fail on data loss",
            "Whether a task fails when records expired or were deleted in Kafka before it read "
                + "them. "
                + "With false it goes on at the earliest offset that is left, and the batch says "
                + "which offsets are missing. Spark's spelling failOnDataLoss is accepted.")
        .add(
            ON_RECREATED,
            ConfigDef.Type.STRING,
            "fail",
            Rule.oneOf(
                Arrays.stream(OnTopicRecreated.values()).map(OnTopicRecreated::word).toList()),
            Importance.MEDIUM,
            "On topic recreated",
            "What to do when a topic was deleted and created again. "
                + "fail stops the task and names the command that goes on with the new topic; "
                + "rebase goes on with it at once, from its earliest offset, behind the rows of the "
                + "old one, unless it lies in another cluster, where it may be a copy; "
                + "rebase-across-clusters does so there, too, and reads a copy again as a whole.")
        .add(
            ON_RESTORED,
            ConfigDef.Type.STRING,
            "fail",
            Rule.oneOf(List.of("fail", REBASE)),
            Importance.MEDIUM,
            "On table restored",
            "What to do when a table no longer has the last batches that went to it, since its log "
                + "was brought back from a backup. "
                + "fail stops the task and names the command that goes back with it; rebase goes "
                + "back at once and writes again what the table lacks, for connectors with one "
                + "table, as long as checkpoint.retain.batches reaches.")
        .add(
            ON_OFFSETS_IN_TABLE,
            ConfigDef.Type.STRING,
            "fail",
            Rule.oneOf(List.of("fail", APPEND)),
            Importance.MEDIUM,
            "On offsets in table",
            "What to do before the first batch that writes a topic to a table into which another "
                + "query has read that topic. "
                + "fail stops the task, since after a connector was renamed, or its checkpoint "
                + "location removed, the other query is its own and every record would be there "
                + "twice; it names the other query and the ways on. append writes all the same, "
                + "for tables that are to have the records of both.");
  }

  static void check(Settings settings, List<Problem> problems) {
    if (settings.isGiven(TIMESTAMP) && settings.isGiven(OFFSETS)) {
      problems.add(
          Problem.invalid(
              TIMESTAMP,
              settings.text(TIMESTAMP).orElse(null),
              OFFSETS + " is set too. Remove one of the two."));
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
                    "names no partition of " + missing + ", which topics has. Add them."));
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
      // Connect refuses it.
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
      return timestampMs(value) < 0 ? Optional.of("must not lie before 1970") : Optional.empty();
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
