package io.tidemark.windows.field;

import io.tidemark.delta.schema.ColumnType.Primitive;
import io.tidemark.windows.config.Input;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.connect.connector.ConnectRecord;

/**
 * Reads how long the session of a record lasts after it: a number of milliseconds, or text as Spark
 * takes it, such as {@code 5 minutes} or {@code 1 hour 30 minutes}. Used by one thread.
 */
public final class GapReader {

  /** As large as the keys of windows may be, so that the end of a session is a time. */
  private static final BigDecimal LARGEST = BigDecimal.valueOf(Long.MAX_VALUE / 1000);

  private static final Pattern PART =
      Pattern.compile(
          "\\G\\s*([+-]?[0-9]{1,15}(?:\\.[0-9]{1,6})?)\\s+"
              + "(week|day|hour|minute|second|millisecond|microsecond)s?(?=\\s|$)");

  private final InputReader input;
  private String latestText;
  private long ofLatest;

  public GapReader(Input input) {
    this.input = InputReader.of(input);
  }

  /**
   * The gap of a record in microseconds; 0 if it is null.
   *
   * @throws io.tidemark.common.TidemarkException naming the record when it is no time
   */
  public long micros(ConnectRecord<?> record) {
    Object value = input.read(record);
    if (value == null) {
      return 0;
    }
    if (value instanceof String text) {
      if (!text.equals(latestText)) {
        ofLatest = limited(record, interval(record, text));
        latestText = text;
      }
      return ofLatest;
    }
    boolean isTime =
        input.type() == Primitive.DATE
            || input.type() == Primitive.TIMESTAMP
            || input.type() == Primitive.TIMESTAMP_NTZ;
    if (value instanceof Long ms && !isTime) {
      return limited(record, BigDecimal.valueOf(ms).movePointRight(3));
    }
    if (value instanceof BigDecimal ms) {
      return limited(record, ms.movePointRight(3));
    }
    if (value instanceof Double ms && Double.isFinite(ms)) {
      return limited(record, BigDecimal.valueOf(ms).movePointRight(3));
    }
    throw FieldErrors.noGap(record, input.path(), "it is neither a finite number nor text");
  }

  private BigDecimal interval(ConnectRecord<?> record, String text) {
    String units = text.strip().toLowerCase(Locale.ROOT);
    int start = units.startsWith("interval ") ? "interval ".length() : 0;
    Matcher part = PART.matcher(units);
    BigDecimal sum = BigDecimal.ZERO;
    int end = start;
    part.region(start, units.length());
    while (part.find()) {
      BigDecimal number = new BigDecimal(part.group(1));
      if (number.scale() > 0 && !part.group(2).equals("second")) {
        throw FieldErrors.noGap(record, input.path(), "only seconds may have a fraction");
      }
      sum = sum.add(number.multiply(BigDecimal.valueOf(micros(part.group(2)))));
      end = part.end();
    }
    if (end == start || end < units.length()) {
      throw FieldErrors.noGap(
          record, input.path(), "its text is not numbers and units from weeks to microseconds");
    }
    return sum;
  }

  private static long micros(String unit) {
    return switch (unit) {
      case "week" -> 604_800_000_000L;
      case "day" -> 86_400_000_000L;
      case "hour" -> 3_600_000_000L;
      case "minute" -> 60_000_000L;
      case "second" -> 1_000_000L;
      case "millisecond" -> 1_000L;
      default -> 1L;
    };
  }

  private long limited(ConnectRecord<?> record, BigDecimal micros) {
    if (micros.compareTo(LARGEST) > 0) {
      throw FieldErrors.noGap(record, input.path(), "it is longer than 292 years");
    }
    return micros.compareTo(BigDecimal.ONE) < 0
        ? 0
        : micros.setScale(0, RoundingMode.FLOOR).longValue();
  }
}
