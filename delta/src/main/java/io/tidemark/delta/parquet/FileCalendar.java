package io.tidemark.delta.parquet;

import java.time.LocalDate;
import java.time.temporal.ChronoField;
import java.util.Calendar;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The calendar of a file's dates and timestamps. Spark before 3.0 (3.1 for twelve-byte timestamps),
 * and later ones in their legacy mode, count days before 15 October 1582 by the Julian calendar.
 *
 * @param oldDates whether dates, and timestamps of eight bytes, are in the old calendar
 * @param oldInt96 whether timestamps of twelve bytes are
 */
record FileCalendar(boolean oldDates, boolean oldInt96) {

  /** The calendar of every other writer. */
  static final FileCalendar TODAY = new FileCalendar(false, false);

  /** 15 October 1582; from this day on both calendars are the same. */
  private static final int SWITCH_DAY = -141_427;

  /** 1 January 1900; from this day on the old time zones do not differ. */
  private static final long SAFE_MICROS = -2_208_988_800_000_000L;

  private static final long MILLIS_PER_DAY = 86_400_000L;
  private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+).*");

  /**
   * @param footer the key-value metadata of the file
   */
  static FileCalendar of(Map<String, String> footer) {
    String version = footer.get("org.apache.spark.version");
    if (version == null) {
      return TODAY;
    }
    return new FileCalendar(
        isBefore(version, 3, 0) || footer.containsKey("org.apache.spark.legacyDateTime"),
        isBefore(version, 3, 1) || footer.containsKey("org.apache.spark.legacyINT96"));
  }

  private static boolean isBefore(String version, int major, int minor) {
    Matcher numbers = VERSION.matcher(version);
    if (!numbers.matches()) {
      return false;
    }
    int first = Integer.parseInt(numbers.group(1));
    return first < major || (first == major && Integer.parseInt(numbers.group(2)) < minor);
  }

  /** The day in the current calendar with the same year, month and day of the month. */
  int day(int stored) {
    if (!oldDates || stored >= SWITCH_DAY) {
      return stored;
    }
    Calendar old =
        new Calendar.Builder()
            .setCalendarType("gregory")
            .setLocale(Locale.ROOT)
            .setTimeZone(TimeZone.getTimeZone("UTC"))
            .setInstant(stored * MILLIS_PER_DAY)
            .build();
    // 29 February 1500 exists only in the old calendar; it becomes the day after the 28th.
    return Math.toIntExact(
        LocalDate.of(old.get(Calendar.YEAR), old.get(Calendar.MONTH) + 1, 1)
            .with(ChronoField.ERA, old.get(Calendar.ERA))
            .plusDays(old.get(Calendar.DAY_OF_MONTH) - 1L)
            .toEpochDay());
  }

  /**
   * A timestamp of eight bytes.
   *
   * @throws ColumnMismatchException when it is in the old calendar and a different time in the
   *     current one; the difference depends on the writer's time zone
   */
  long micros(long stored, String path) {
    return check(oldDates, stored, path);
  }

  /** The same of twelve bytes. */
  long microsOfInt96(long stored, String path) {
    return check(oldInt96, stored, path);
  }

  private static long check(boolean old, long micros, String path) {
    if (old && micros < SAFE_MICROS) {
      throw ColumnMismatchException.oldCalendar(path);
    }
    return micros;
  }
}
