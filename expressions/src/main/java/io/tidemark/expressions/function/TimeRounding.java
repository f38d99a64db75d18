package io.tidemark.expressions.function;

import io.tidemark.expressions.type.Casts;
import io.tidemark.expressions.type.Type;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Locale;

/** The starts of years, months, hours and other units. */
final class TimeRounding {

  private TimeRounding() {}

  static void addTo(Library library) {
    library.fixed(
        "date_trunc(unit, timestamp)",
        "the start of the unit: YEAR, QUARTER, MONTH, WEEK, DAY, HOUR, MINUTE, SECOND, MILLISECOND,"
            + " MICROSECOND; null for another text",
        2,
        List.of(Type.STRING, Type.TIMESTAMP),
        Type.TIMESTAMP,
        Kernel.binary((unit, time) -> timestamp((String) unit, (Instant) time)));
    library.fixed(
        "trunc(date, unit)",
        "the start of the unit, WEEK or longer; null for another text",
        2,
        List.of(Type.DATE, Type.STRING),
        Type.DATE,
        Kernel.binary((date, unit) -> date((LocalDate) date, unit(unit))));
  }

  private static String unit(Object text) {
    return ((String) text).toUpperCase(Locale.ROOT);
  }

  private static LocalDate date(LocalDate date, String unit) {
    return switch (unit) {
      case "YEAR", "YYYY", "YY" -> date.withDayOfYear(1);
      case "QUARTER" -> date.withDayOfMonth(1).withMonth((date.getMonthValue() - 1) / 3 * 3 + 1);
      case "MONTH", "MON", "MM" -> date.withDayOfMonth(1);
      case "WEEK" -> date.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
      default -> null;
    };
  }

  private static Instant timestamp(String text, Instant time) {
    String unit = unit(text);
    ChronoUnit exact =
        switch (unit) {
          case "DAY", "DD" -> ChronoUnit.DAYS;
          case "HOUR" -> ChronoUnit.HOURS;
          case "MINUTE" -> ChronoUnit.MINUTES;
          case "SECOND" -> ChronoUnit.SECONDS;
          case "MILLISECOND" -> ChronoUnit.MILLIS;
          case "MICROSECOND" -> ChronoUnit.MICROS;
          default -> null;
        };
    if (exact != null) {
      return Casts.checked(time.truncatedTo(exact));
    }
    LocalDate date = date(LocalDateTime.ofInstant(time, ZoneOffset.UTC).toLocalDate(), unit);
    return date == null ? null : TimeFunctions.midnight(date);
  }
}
