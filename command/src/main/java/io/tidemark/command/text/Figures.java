package io.tidemark.command.text;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Formats numbers, sizes, times and durations for people; times are UTC. */
public final class Figures {

  private static final DateTimeFormatter SECOND =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMM", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB"};

  private Figures() {}

  /** With separators, such as {@code 12,345}. */
  public static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** With three digits at most, such as {@code 1.2M}. */
  public static String rough(long number) {
    String[] units = {"", "k", "M", "G", "T", "P"};
    double rest = number;
    int unit = 0;
    while (rest >= 999.5 && unit < units.length - 1) {
      rest /= 1000;
      unit++;
    }
    return unit == 0 ? Long.toString(number) : digits(rest) + units[unit];
  }

  /** Such as {@code 1.2 MiB}. */
  public static String bytes(long bytes) {
    double rest = bytes;
    int unit = 0;
    while (rest >= 1023.5 && unit < UNITS.length - 1) {
      rest /= 1024;
      unit++;
    }
    return (unit == 0 ? Long.toString(bytes) : digits(rest)) + " " + UNITS[unit];
  }

  /** To the second. */
  public static String time(long epochMs) {
    return SECOND.format(Instant.ofEpochMilli(epochMs));
  }

  /** To the minute, without the day. */
  public static String minute(long epochMs) {
    return MINUTE.format(Instant.ofEpochMilli(epochMs));
  }

  /** Day and month. */
  public static String day(long epochMs) {
    return DAY.format(Instant.ofEpochMilli(epochMs));
  }

  /** In its two largest units, such as {@code 1 h 23 min}. */
  public static String span(long ms) {
    if (ms < 1_000) {
      return ms + " ms";
    }
    if (ms < 60_000) {
      return ms < 10_000 ? digits(ms / 1000.0) + " s" : ms / 1000 + " s";
    }
    long minutes = ms / 60_000;
    if (minutes < 60) {
      long seconds = ms / 1000 % 60;
      return minutes + " min" + (seconds == 0 ? "" : " " + seconds + " s");
    }
    long hours = minutes / 60;
    return hours < 48
        ? hours + " h" + (minutes % 60 == 0 ? "" : " " + minutes % 60 + " min")
        : hours / 24 + " d" + (hours % 24 == 0 ? "" : " " + hours % 24 + " h");
  }

  /** The last part of a location. */
  public static String lastName(String location) {
    String trimmed = location.replaceAll("/+$", "");
    return trimmed.substring(trimmed.lastIndexOf('/') + 1);
  }

  private static String digits(double number) {
    return String.format(Locale.ROOT, number < 9.95 ? "%.1f" : "%.0f", number);
  }
}
