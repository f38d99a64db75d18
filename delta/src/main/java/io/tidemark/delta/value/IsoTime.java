package io.tidemark.delta.value;

import java.time.DateTimeException;
import java.time.LocalDate;

/**
 * Reads ISO-8601 dates and timestamps, years 0000 to 9999, without making objects of their parts.
 *
 * <pre>
 *   2026-11-23T10:15:30.123456Z     T or a space; seconds and fraction optional
 *   2026-11-23 10:15+02:00          offset Z, +hh:mm, +hhmm or +hh, or none
 *   2026-11-23                      midnight
 * </pre>
 *
 * Digits beyond microseconds are cut.
 */
final class IsoTime {

  static final long MICROS_PER_SECOND = 1_000_000L;
  static final long MICROS_PER_DAY = 86_400 * MICROS_PER_SECOND;

  private static final int DATE_LENGTH = 10;

  private final String text;
  private int at;

  private IsoTime(String text) {
    this.text = text;
  }

  /** Days since the epoch of a date without time. */
  static int days(String text) {
    IsoTime time = new IsoTime(text);
    int days = time.date();
    time.end();
    return days;
  }

  /** Microseconds since the epoch; without offset the time is taken as UTC. */
  static long instant(String text) {
    IsoTime time = new IsoTime(text);
    long local = time.local();
    long micros = local - time.offset();
    time.end();
    return micros;
  }

  /** Microseconds since 1970-01-01T00:00 of a wall clock; an offset is an error. */
  static long wallClock(String text) {
    IsoTime time = new IsoTime(text);
    long micros = time.local();
    time.end();
    return micros;
  }

  /** Microseconds of the UTC day, of a time with or without an offset. */
  static long utcTimeOfDay(String text) {
    IsoTime time = new IsoTime(text);
    long local = time.time();
    long micros = Math.floorMod(local - time.offset(), MICROS_PER_DAY);
    time.end();
    return micros;
  }

  private long local() {
    long micros = date() * MICROS_PER_DAY;
    if (text.length() > DATE_LENGTH) {
      char separator = text.charAt(at++);
      if (separator != 'T' && separator != 't' && separator != ' ') {
        throw malformed();
      }
      micros += time();
    }
    return micros;
  }

  private int date() {
    int year = digits(4);
    expect('-');
    int month = digits(2);
    expect('-');
    return (int) LocalDate.of(year, month, digits(2)).toEpochDay();
  }

  private long time() {
    int hour = digits(2);
    expect(':');
    int minute = digits(2);
    int second = 0;
    long fraction = 0;
    if (peek() == ':') {
      at++;
      second = digits(2);
      if (peek() == '.' || peek() == ',') {
        at++;
        fraction = fraction();
      }
    }
    if (hour > 23 || minute > 59 || second > 59) {
      throw malformed();
    }
    return (hour * 3600L + minute * 60L + second) * MICROS_PER_SECOND + fraction;
  }

  private long fraction() {
    int start = at;
    long micros = 0;
    for (; isDigit(peek()); at++) {
      if (at - start < 6) {
        micros = micros * 10 + (peek() - '0');
      }
    }
    int count = at - start;
    if (count == 0 || count > 9) {
      throw malformed();
    }
    for (int i = count; i < 6; i++) {
      micros *= 10;
    }
    return micros;
  }

  private long offset() {
    char sign = peek();
    if (sign == 'Z' || sign == 'z') {
      at++;
      return 0;
    }
    if (sign != '+' && sign != '-') {
      return 0;
    }
    at++;
    int hours = digits(2);
    int minutes = 0;
    if (peek() == ':') {
      at++;
      minutes = digits(2);
    } else if (isDigit(peek())) {
      minutes = digits(2);
    }
    if (hours > 18 || minutes > 59) {
      throw malformed();
    }
    long micros = (hours * 3600L + minutes * 60L) * MICROS_PER_SECOND;
    return sign == '-' ? -micros : micros;
  }

  private int digits(int count) {
    int number = 0;
    for (int i = 0; i < count; i++, at++) {
      if (!isDigit(peek())) {
        throw malformed();
      }
      number = number * 10 + (peek() - '0');
    }
    return number;
  }

  private void expect(char wanted) {
    if (peek() != wanted) {
      throw malformed();
    }
    at++;
  }

  private char peek() {
    return at < text.length() ? text.charAt(at) : '\0';
  }

  private void end() {
    if (at != text.length()) {
      throw malformed();
    }
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static DateTimeException malformed() {
    return new DateTimeException("not ISO-8601");
  }
}
