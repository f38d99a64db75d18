package io.tidemark.source.config;

import io.tidemark.connector.KeyGroup;
import io.tidemark.connector.Problem;
import io.tidemark.connector.Rule;
import io.tidemark.connector.Settings;
import io.tidemark.source.plan.StartingPoint;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;

/** Where a table is read from when nothing of it has been read before. */
final class StartKeys {

  static final String VERSION = "starting.version";
  static final String EXCLUSIVE = "starting.version.exclusive";
  static final String TIMESTAMP = "starting.timestamp";

  static final String GROUP = "Start";

  private static final String LATEST = "latest";
  private static final String EARLIEST = "earliest";

  private StartKeys() {}

  static void define(ConfigDef definition) {
    new KeyGroup(definition, GROUP)
        .add(
            VERSION,
            ConfigDef.Type.STRING,
            null,
            Rule.of(
                "a version, latest, earliest",
                value ->
                    isWord((String) value) || number((String) value).isPresent()
                        ? Optional.empty()
                        : Optional.of(
                            "must be the number of a version, latest or earliest. Remove it to "
                                + "read all rows of the table first")),
            Importance.HIGH,
            "Starting version",
            "The first version whose changes are read, on the first start only. "
                + "Without it, and without starting.timestamp, all rows of the table are read first. "
                + "latest reads only what comes after the start, earliest everything that the log "
                + "still has. Spark's spelling startingVersion is accepted.")
        .add(
            EXCLUSIVE,
            ConfigDef.Type.BOOLEAN,
            false,
            Rule.any("true, false"),
            Importance.LOW,
            "Starting version exclusive",
            "Whether reading starts right after starting.version, instead of with it. Use it when "
                + "you know the last version that another reader has read.")
        .add(
            TIMESTAMP,
            ConfigDef.Type.STRING,
            null,
            Rule.of(
                "a time such as 2026-11-26T12:00:00Z, a date, or epoch milliseconds",
                value ->
                    timestampMs((String) value).isPresent()
                        ? Optional.empty()
                        : Optional.of(
                            "must be a time such as 2026-11-26T12:00:00Z, a date, or epoch "
                                + "milliseconds. Remove it to read all rows of the table first")),
            Importance.MEDIUM,
            "Starting timestamp",
            "Reads from the first version that was committed at or after this time, on the "
                + "first start only. Without a zone it is UTC. If there is no such version yet, "
                + "reading starts with the next version. Spark's spelling startingTimestamp is accepted.");
  }

  static void check(Settings settings, List<Problem> problems) {
    if (settings.isGiven(VERSION) && settings.isGiven(TIMESTAMP)) {
      problems.add(
          Problem.invalid(
              TIMESTAMP,
              settings.given().get(TIMESTAMP),
              "starting.version is set too. Remove one of the two."));
    }
    boolean exclusive = settings.value(EXCLUSIVE, Boolean.class).orElse(false);
    boolean number =
        settings.value(VERSION, String.class).filter(text -> number(text).isPresent()).isPresent();
    if (exclusive && !number) {
      problems.add(
          Problem.invalid(
              EXCLUSIVE, true, "has no effect without a number in starting.version. Remove it."));
    }
  }

  /**
   * The starting point.
   *
   * @param version of {@link #VERSION}, may be null
   * @param timestamp of {@link #TIMESTAMP}, may be null
   */
  static StartingPoint point(String version, boolean exclusive, String timestamp) {
    if (timestamp != null) {
      return new StartingPoint.Timestamp(timestampMs(timestamp).orElseThrow());
    }
    if (version == null) {
      return new StartingPoint.Snapshot();
    }
    return switch (version) {
      case LATEST -> new StartingPoint.Latest();
      case EARLIEST -> new StartingPoint.Earliest();
      default -> new StartingPoint.Version(number(version).orElseThrow() + (exclusive ? 1 : 0));
    };
  }

  private static boolean isWord(String text) {
    return text.equals(LATEST) || text.equals(EARLIEST);
  }

  private static OptionalLong number(String text) {
    return text.matches("[0-9]{1,18}")
        ? OptionalLong.of(Long.parseLong(text))
        : OptionalLong.empty();
  }

  private static OptionalLong timestampMs(String text) {
    if (number(text).isPresent()) {
      return number(text);
    }
    String iso = text.trim().replaceFirst("^(\\S{10}) ", "$1T");
    try {
      if (iso.length() == 10) {
        return millis(LocalDate.parse(iso).atStartOfDay().toInstant(ZoneOffset.UTC));
      }
      return iso.matches(".*(Z|[+-][0-9:]+)$") && iso.length() > 16
          ? millis(OffsetDateTime.parse(iso).toInstant())
          : millis(LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC));
    } catch (DateTimeException | ArithmeticException e) {
      return OptionalLong.empty();
    }
  }

  private static OptionalLong millis(Instant instant) {
    return OptionalLong.of(instant.toEpochMilli());
  }
}
