package io.tidemark.expressions.function;

import io.tidemark.expressions.type.Casts;
import io.tidemark.expressions.type.Failure;
import io.tidemark.expressions.type.Kind;
import io.tidemark.expressions.type.Type;
import io.tidemark.expressions.type.TypeMismatch;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

/** Functions of dates and timestamps, in UTC. */
final class TimeFunctions {

  private static final Type I = Type.INT;

  private TimeFunctions() {}

  static Map<String, Definition> all() {
    Library library = new Library();
    ofDate(library, "year", "the year", LocalDate::getYear);
    ofDate(library, "quarter", "1 to 4", date -> date.get(IsoFields.QUARTER_OF_YEAR));
    ofDate(library, "month", "1 to 12", LocalDate::getMonthValue);
    ofDate(library, "day", "day of the month", LocalDate::getDayOfMonth);
    library.alias("dayofmonth", "day");
    ofDate(
        library,
        "dayofweek",
        "1 is Sunday, 7 is Saturday",
        date -> date.getDayOfWeek().getValue() % 7 + 1);
    ofDate(library, "weekday", "0 is Monday", date -> date.getDayOfWeek().getValue() - 1);
    ofDate(library, "dayofyear", "1 to 366", LocalDate::getDayOfYear);
    ofDate(
        library,
        "weekofyear",
        "week of the ISO year",
        date -> date.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
    ofTime(library, "hour", ChronoField.HOUR_OF_DAY);
    ofTime(library, "minute", ChronoField.MINUTE_OF_HOUR);
    ofTime(library, "second", ChronoField.SECOND_OF_MINUTE);
    library.typed("date_add(date, days)", "days later", 2, 2, arguments -> shift(arguments, 1));
    library.alias("dateadd", "date_add");
    library.typed("date_sub(date, days)", "days earlier", 2, 2, arguments -> shift(arguments, -1));
    library.fixed(
        "datediff(end, start)",
        "days from start to end",
        2,
        List.of(Type.DATE, Type.DATE),
        I,
        Kernel.binary(
            (end, start) ->
                Math.toIntExact(
                    ((LocalDate) end).toEpochDay() - ((LocalDate) start).toEpochDay())));
    library.alias("date_diff", "datediff");
    library.fixed(
        "last_day(date)",
        "the last day of the month",
        1,
        List.of(Type.DATE),
        Type.DATE,
        Kernel.unary(
            date -> ((LocalDate) date).withDayOfMonth(((LocalDate) date).lengthOfMonth())));
    TimeRounding.addTo(library);
    TimeFormats.addTo(library);
    return library.functions();
  }

  private static void ofDate(
      Library library, String name, String what, ToIntFunction<LocalDate> field) {
    library.fixed(
        name + "(date)",
        what,
        1,
        List.of(Type.DATE),
        I,
        Kernel.unary(date -> field.applyAsInt((LocalDate) date)));
  }

  private static void ofTime(Library library, String name, ChronoField field) {
    library.fixed(
        name + "(timestamp)",
        "the " + name + ", in UTC",
        1,
        List.of(Type.TIMESTAMP),
        I,
        Kernel.unary(time -> LocalDateTime.ofInstant((Instant) time, ZoneOffset.UTC).get(field)));
  }

  /** A date and a number of days. */
  static Resolved shift(Arguments arguments, int sign) {
    Type days = arguments.type(1);
    boolean fits =
        (days.kind().isIntegral() && !days.is(Kind.LONG))
            || days.is(Kind.NULL)
            || days.is(Kind.STRING);
    if (!fits) {
      throw new TypeMismatch("The number of days is " + days + ", but int is needed");
    }
    arguments.take(0, Type.DATE);
    arguments.take(1, I);
    return new Resolved(
        Type.DATE,
        Kernel.binary(
            (date, count) -> {
              try {
                long day =
                    Math.addExact(
                        ((LocalDate) date).toEpochDay(), sign * ((Integer) count).longValue());
                if (day != (int) day) {
                  throw new Failure("the result does not fit date");
                }
                return LocalDate.ofEpochDay(day);
              } catch (ArithmeticException | DateTimeException e) {
                throw new Failure("the result does not fit date");
              }
            }));
  }

  /** Midnight of a date. */
  static Instant midnight(LocalDate date) {
    return Casts.startOfDay(date);
  }
}
