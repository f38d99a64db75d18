package io.tidemark.expressions.function;

import io.tidemark.expressions.type.Kind;
import io.tidemark.expressions.type.Numbers;
import io.tidemark.expressions.type.TimeText;
import io.tidemark.expressions.type.Type;
import io.tidemark.expressions.type.TypeMismatch;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Dates and timestamps from text and as text. */
final class TimeFormats {

  /** Letters and widths whose meaning is the same in Spark and in the JDK. */
  private static final Pattern FORMAT =
      Pattern.compile(
          "(?:yyyy|MM?|dd?|HH?|mm?|ss?|S{1,6}|MMM|E|EEE|a|hh?|'[^']*'|[^A-Za-z'\\[\\]{}#])+");

  private TimeFormats() {}

  static void addTo(Library library) {
    conversion(library, "to_date(x)", Type.DATE);
    conversion(library, "to_timestamp(x)", Type.TIMESTAMP);
    library.typed(
        "date_format(timestamp, format)",
        "as text; the format is a constant of yyyy, M, MM, MMM, d, dd, E, H, HH, h, hh, a, m, mm, s,"
            + " ss, S to SSSSSS, 'text' and signs",
        2,
        2,
        TimeFormats::format);
    library.typed(
        "unix_timestamp(x)",
        "seconds since 1970 without their fraction",
        1,
        1,
        TimeFormats::seconds);
    library.fixed(
        "timestamp_seconds(n)",
        "the timestamp that many seconds after 1970",
        1,
        List.of(Type.LONG),
        Type.TIMESTAMP,
        Kernel.unary(n -> scaled((Long) n, 1_000_000L)));
    library.fixed(
        "timestamp_millis(n)",
        "the timestamp that many milliseconds after 1970",
        1,
        List.of(Type.LONG),
        Type.TIMESTAMP,
        Kernel.unary(n -> scaled((Long) n, 1_000L)));
    library.fixed(
        "timestamp_micros(n)",
        "the timestamp that many microseconds after 1970",
        1,
        List.of(Type.LONG),
        Type.TIMESTAMP,
        Kernel.unary(n -> scaled((Long) n, 1L)));
    library.fixed(
        "unix_millis(timestamp)",
        "milliseconds since 1970",
        1,
        List.of(Type.TIMESTAMP),
        Type.LONG,
        Kernel.unary(time -> Math.floorDiv(TimeText.micros((Instant) time), 1000L)));
    library.fixed(
        "unix_micros(timestamp)",
        "microseconds since 1970",
        1,
        List.of(Type.TIMESTAMP),
        Type.LONG,
        Kernel.unary(time -> TimeText.micros((Instant) time)));
    library.typed(
        "from_unixtime(seconds[, format])",
        "seconds since 1970 as text, `yyyy-MM-dd HH:mm:ss` without a format",
        1,
        2,
        TimeFormats::fromSeconds);
  }

  private static Instant scaled(long number, long micros) {
    try {
      return TimeText.ofMicros(Math.multiplyExact(number, micros));
    } catch (ArithmeticException e) {
      throw Numbers.overflow(Type.TIMESTAMP);
    }
  }

  private static void conversion(Library library, String signature, Type type) {
    library.typed(
        signature,
        "as CAST to " + type + " does",
        1,
        1,
        arguments -> {
          arguments.take(0, type);
          return new Resolved(type, Kernel.unary(x -> x));
        });
  }

  private static Resolved format(Arguments arguments) {
    arguments.take(0, Type.TIMESTAMP);
    arguments.take(1, Type.STRING);
    DateTimeFormatter formatter = formatter(arguments, 1);
    return new Resolved(Type.STRING, a -> text(formatter, (Instant) a[0]));
  }

  private static Resolved fromSeconds(Arguments arguments) {
    arguments.take(0, Type.LONG);
    DateTimeFormatter formatter =
        arguments.size() > 1
            ? formatter(arguments, 1)
            : DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.US);
    return new Resolved(Type.STRING, a -> text(formatter, scaled((Long) a[0], 1_000_000L)));
  }

  private static Resolved seconds(Arguments arguments) {
    if (!arguments.type(0).is(Kind.DATE) && !arguments.type(0).is(Kind.TIMESTAMP)) {
      throw new TypeMismatch("unix_timestamp takes a date or a timestamp; convert a text first");
    }
    arguments.take(0, Type.TIMESTAMP);
    return new Resolved(
        Type.LONG, Kernel.unary(time -> TimeText.micros((Instant) time) / 1_000_000L));
  }

  private static String text(DateTimeFormatter formatter, Instant instant) {
    return formatter.format(LocalDateTime.ofInstant(instant, ZoneOffset.UTC));
  }

  private static DateTimeFormatter formatter(Arguments arguments, int index) {
    if (!(arguments.constant(index) instanceof String format)
        || !FORMAT.matcher(format).matches()
        || format.matches(".*(yyyyy|MMMM|ddd|HHH|mmm|sss|S{7}|EEEE|aa|hhh).*")) {
      throw new TypeMismatch(
          "The format must be a constant of yyyy, M, MM, MMM, d, dd, E, H, HH, h, hh, a, m, mm, s,"
              + " ss and S to SSSSSS");
    }
    return DateTimeFormatter.ofPattern(format.replace('y', 'u'), Locale.US);
  }
}
