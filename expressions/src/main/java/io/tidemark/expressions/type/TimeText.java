package io.tidemark.expressions.type;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Dates and timestamps as text, in the forms that Spark's CAST takes and gives. UTC. */
public final class TimeText {

  private static final String DAY =
      "(?<sign>[+-])?(?<year>\\d{4,6})(?:-(?<month>\\d{1,2})(?:-(?<day>\\d{1,2})%s)?)?";
  private static final Pattern DATE = Pattern.compile(DAY.replace("%s", "(?:[ T].*)?"));
  private static final Pattern TIMESTAMP =
      Pattern.compile(
          DAY.replace(
              "%s",
              "(?:[ T](?:(?<hour>\\d{1,2}):(?<minute>\\d{1,2})"
                  + "(?::(?<second>\\d{1,2})(?:\\.(?<fraction>\\d*))?)?"
                  + "(?<zone>.*))?)?"));
  private static final Pattern OFFSET =
      Pattern.compile("(?:UTC|GMT|UT)?(?<sign>[+-])(?<hour>\\d{1,2})(?::?(?<minute>\\d{2}))?");

  private static final long MICROS = 1_000_000L;
  private static final int MICRO_DIGITS = 6;

  private TimeText() {}

  /** The date, or null when the text is none. */
  public static LocalDate date(String text) {
    Matcher form = DATE.matcher(trim(text));
    try {
      return form.matches() ? day(form) : null;
    } catch (DateTimeException e) {
      return null;
    }
  }

  /** The timestamp, or null when the text is none. */
  public static Instant timestamp(String text) {
    Matcher form = TIMESTAMP.matcher(trim(text));
    if (!form.matches()) {
      return null;
    }
    try {
      LocalDate day = day(form);
      if (form.group("hour") == null) {
        return checked(day.atStartOfDay().toInstant(ZoneOffset.UTC));
      }
      ZoneOffset zone = zone(form.group("zone").strip());
      if (zone == null) {
        return null;
      }
      LocalTime time =
          LocalTime.of(
              number(form, "hour", 0),
              number(form, "minute", 0),
              number(form, "second", 0),
              nanos(form.group("fraction")));
      return checked(LocalDateTime.of(day, time).toInstant(zone));
    } catch (DateTimeException | ArithmeticException e) {
      return null;
    }
  }

  /** As Spark shows it. */
  public static String print(LocalDate date) {
    return date.toString();
  }

  /** As Spark shows it, without a zone. */
  public static String print(Instant instant) {
    LocalDateTime time = LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    StringBuilder text = new StringBuilder(time.toLocalDate().toString()).append(' ');
    text.append(time.toLocalTime().withNano(0).format(java.time.format.DateTimeFormatter.ISO_TIME));
    int micros = time.get(java.time.temporal.ChronoField.MICRO_OF_SECOND);
    if (micros > 0) {
      String digits = Integer.toString((int) MICROS + micros).substring(1);
      text.append('.').append(digits.replaceAll("0+$", ""));
    }
    return text.toString();
  }

  /** Microseconds since the epoch; an ArithmeticException if they do not fit. */
  public static long micros(Instant instant) {
    if (instant.getEpochSecond() < 0) {
      // The earliest second that fits is one whose micros alone do not.
      return Math.addExact(
          Math.multiplyExact(instant.getEpochSecond() + 1, MICROS),
          instant.getNano() / 1000 - MICROS);
    }
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), MICROS), (long) instant.getNano() / 1000);
  }

  public static Instant ofMicros(long micros) {
    return Instant.ofEpochSecond(
        Math.floorDiv(micros, MICROS), Math.floorMod(micros, MICROS) * 1000);
  }

  /** Without the characters that Spark trims: blanks and controls. */
  static String trim(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && isBlank(text.charAt(from))) {
      from++;
    }
    while (to > from && isBlank(text.charAt(to - 1))) {
      to--;
    }
    return text.substring(from, to);
  }

  private static boolean isBlank(char c) {
    return c <= ' ' || c == 0x7f;
  }

  private static Instant checked(Instant instant) {
    micros(instant);
    return instant.truncatedTo(ChronoUnit.MICROS);
  }

  private static LocalDate day(Matcher form) {
    int year = Integer.parseInt(form.group("year"));
    return LocalDate.of(
        "-".equals(form.group("sign")) ? -year : year,
        number(form, "month", 1),
        number(form, "day", 1));
  }

  private static int number(Matcher form, String group, int fallback) {
    String digits = form.group(group);
    return digits == null ? fallback : Integer.parseInt(digits);
  }

  private static int nanos(String fraction) {
    if (fraction == null || fraction.isEmpty()) {
      return 0;
    }
    String digits = (fraction + "000000").substring(0, MICRO_DIGITS);
    return Integer.parseInt(digits) * 1000;
  }

  private static ZoneOffset zone(String text) {
    if (text.isEmpty() || text.equals("Z") || text.equals("UTC") || text.equals("GMT")) {
      return ZoneOffset.UTC;
    }
    Matcher form = OFFSET.matcher(text);
    if (!form.matches()) {
      return null;
    }
    int sign = form.group("sign").equals("-") ? -1 : 1;
    return ZoneOffset.ofHoursMinutes(
        sign * number(form, "hour", 0), sign * number(form, "minute", 0));
  }
}
