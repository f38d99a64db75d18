package io.tidemark.benchmarks;

import io.tidemark.delta.value.IsoTime;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.function.ToLongFunction;

/** Nanoseconds for a timestamp as text, read by {@link IsoTime} and by the JDK's formatters. */
public final class IsoTimeBenchmark {

  private static final int TEXTS = 10_000;
  private static final int ROUNDS = 12;
  private static final int PASSES = 100;

  private IsoTimeBenchmark() {}

  /** Prints the fastest of the rounds; the first ones warm the JVM up. */
  public static void main(String[] arguments) {
    String[] instants = new String[TEXTS];
    String[] locals = new String[TEXTS];
    OffsetDateTime start = OffsetDateTime.of(2026, 11, 23, 10, 15, 30, 0, ZoneOffset.UTC);
    for (int i = 0; i < TEXTS; i++) {
      OffsetDateTime at = start.plusNanos(i * 7_654_321_000L);
      instants[i] = (i % 2 == 0 ? at : at.withOffsetSameInstant(ZoneOffset.ofHours(2))).toString();
      locals[i] = at.toLocalDateTime().toString();
    }
    report("with offset, IsoTime", instants, IsoTime::instant);
    report("with offset, ISO_OFFSET_DATE_TIME", instants, IsoTimeBenchmark::instant);
    report("without offset, IsoTime", locals, IsoTime::wallClock);
    report("without offset, ISO_LOCAL_DATE_TIME", locals, IsoTimeBenchmark::wallClock);
  }

  private static long instant(String text) {
    TemporalAccessor time = DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(text);
    return micros(time.getLong(ChronoField.INSTANT_SECONDS), time.get(ChronoField.NANO_OF_SECOND));
  }

  private static long wallClock(String text) {
    LocalDateTime time = LocalDateTime.parse(text, DateTimeFormatter.ISO_LOCAL_DATE_TIME);
    return micros(time.toEpochSecond(ZoneOffset.UTC), time.get(ChronoField.NANO_OF_SECOND));
  }

  private static long micros(long seconds, int nanos) {
    return seconds * IsoTime.MICROS_PER_SECOND + nanos / 1000;
  }

  private static void report(String name, String[] texts, ToLongFunction<String> reader) {
    long best = Long.MAX_VALUE;
    long sum = 0;
    for (int round = 0; round < ROUNDS; round++) {
      long begun = System.nanoTime();
      for (int pass = 0; pass < PASSES; pass++) {
        for (String text : texts) {
          sum += reader.applyAsLong(text);
        }
      }
      best = Math.min(best, System.nanoTime() - begun);
    }
    System.out.printf(
        Locale.ROOT, "%-36s %6.0f ns  (%x)%n", name, (double) best / TEXTS / PASSES, sum);
  }
}
