package io.tidemark.expressions.type;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.function.UnaryOperator;

/**
 * Conversions between types in Spark's ANSI mode: what cannot be converted is a {@link Failure}.
 */
public final class Casts {

  private Casts() {}

  /**
   * The conversion of values that are not null, as CAST makes it; null if there is none between the
   * types.
   */
  public static UnaryOperator<Object> explicit(Type from, Type to) {
    if (from.equals(to) || from.is(Kind.NULL)) {
      return UnaryOperator.identity();
    }
    if (from.is(Kind.ARRAY) && to.is(Kind.ARRAY)) {
      UnaryOperator<Object> element = explicit(from.element(), to.element());
      return element == null ? null : list -> elements((java.util.List<?>) list, element);
    }
    if (!from.kind().isAtomic() || !to.kind().isAtomic()) {
      return null;
    }
    return switch (to.kind()) {
      case STRING -> text(from);
      case BINARY ->
          from.is(Kind.STRING) ? text -> ((String) text).getBytes(StandardCharsets.UTF_8) : null;
      case BOOLEAN -> truth(from);
      case DATE -> date(from);
      case TIMESTAMP -> timestamp(from);
      default -> number(from, to);
    };
  }

  /** The conversion that is made without CAST; null if there is none. */
  public static UnaryOperator<Object> implicit(Type from, Type to) {
    boolean allowed =
        from.equals(to)
            || from.is(Kind.NULL)
            || from.is(Kind.STRING)
            || to.is(Kind.STRING)
            || (from.kind().isNumeric() && to.kind().isNumeric())
            || (isTime(from) && isTime(to))
            || from.is(Kind.ARRAY);
    return allowed ? explicit(from, to) : null;
  }

  private static boolean isTime(Type type) {
    return type.is(Kind.DATE) || type.is(Kind.TIMESTAMP);
  }

  private static Object elements(java.util.List<?> list, UnaryOperator<Object> element) {
    java.util.List<Object> converted = new java.util.ArrayList<>(list.size());
    for (Object value : list) {
      converted.add(value == null ? null : element.apply(value));
    }
    return converted;
  }

  private static UnaryOperator<Object> text(Type from) {
    return switch (from.kind()) {
      case DECIMAL -> value -> ((BigDecimal) value).toPlainString();
      case BINARY -> value -> new String((byte[]) value, StandardCharsets.UTF_8);
      case DATE -> value -> TimeText.print((LocalDate) value);
      case TIMESTAMP -> value -> TimeText.print((Instant) value);
      default -> Object::toString;
    };
  }

  private static UnaryOperator<Object> truth(Type from) {
    if (from.is(Kind.STRING)) {
      return value -> NumberText.truth((String) value);
    }
    if (from.is(Kind.DECIMAL)) {
      return value -> ((BigDecimal) value).signum() != 0;
    }
    if (from.kind().isFloating()) {
      return value -> ((Number) value).doubleValue() != 0;
    }
    return from.kind().isIntegral() ? value -> ((Number) value).longValue() != 0 : null;
  }

  private static UnaryOperator<Object> date(Type from) {
    return switch (from.kind()) {
      case STRING ->
          value -> {
            LocalDate date = TimeText.date((String) value);
            if (date == null) {
              throw new Failure("a text is not a date");
            }
            return date;
          };
      case TIMESTAMP -> value -> LocalDate.ofInstant((Instant) value, ZoneOffset.UTC);
      default -> null;
    };
  }

  private static UnaryOperator<Object> timestamp(Type from) {
    return switch (from.kind()) {
      case STRING ->
          value -> {
            Instant instant = TimeText.timestamp((String) value);
            if (instant == null) {
              throw new Failure("a text is not a timestamp");
            }
            return instant;
          };
      case DATE -> value -> startOfDay((LocalDate) value);
      case BYTE, SHORT, INT, LONG -> value -> ofSeconds(((Number) value).longValue());
      default -> null;
    };
  }

  /** Midnight in UTC. */
  public static Instant startOfDay(LocalDate date) {
    return checked(date.atStartOfDay().toInstant(ZoneOffset.UTC));
  }

  /** The same instant, if its microseconds fit. */
  public static Instant checked(Instant instant) {
    try {
      TimeText.micros(instant);
      return instant;
    } catch (ArithmeticException e) {
      throw new Failure("the result does not fit timestamp");
    }
  }

  private static Instant ofSeconds(long seconds) {
    return TimeText.ofMicros(java.util.concurrent.TimeUnit.SECONDS.toMicros(seconds));
  }

  private static UnaryOperator<Object> number(Type from, Type to) {
    return switch (from.kind()) {
      case STRING -> value -> NumberText.number((String) value, to);
      case BOOLEAN -> value -> Numbers.ofLong((Boolean) value ? 1 : 0, to);
      case BYTE, SHORT, INT, LONG -> value -> Numbers.ofLong(((Number) value).longValue(), to);
      case FLOAT ->
          to.is(Kind.DOUBLE)
              ? value -> ((Float) value).doubleValue()
              : value -> Numbers.ofDouble(((Float) value).doubleValue(), to);
      case DOUBLE -> value -> Numbers.ofDouble((Double) value, to);
      case DECIMAL -> value -> Numbers.ofDecimal((BigDecimal) value, to);
      case TIMESTAMP -> seconds(to);
      default -> null;
    };
  }

  private static UnaryOperator<Object> seconds(Type to) {
    if (to.kind().isIntegral()) {
      return value -> Numbers.ofLong(((Instant) value).getEpochSecond(), to);
    }
    return to.is(Kind.DOUBLE) ? value -> TimeText.micros((Instant) value) / 1_000_000.0 : null;
  }
}
