package io.tidemark.storage;

import java.text.ParsePosition;
import java.text.SimpleDateFormat;
import java.util.Date;
import java.util.Locale;
import java.util.OptionalLong;

/** The time of an object as S3A gives it: as {@link Date#toString} writes it. */
@SuppressWarnings("JavaUtilDate") // S3A's own choice.
final class HeaderTime {

  private static final long HOUR_MS = 3_600_000;

  private HeaderTime() {}

  /**
   * Epoch milliseconds; empty when the text says no time, or two of them, as in some time zones.
   */
  static OptionalLong ms(String text) {
    Date date =
        new SimpleDateFormat("EEE MMM dd HH:mm:ss zzz yyyy", Locale.US)
            .parse(text, new ParsePosition(0));
    return date != null
            && says(text, date.getTime())
            && !says(text, date.getTime() - HOUR_MS)
            && !says(text, date.getTime() + HOUR_MS)
        ? OptionalLong.of(date.getTime())
        : OptionalLong.empty();
  }

  private static boolean says(String text, long ms) {
    return new Date(ms).toString().equals(text);
  }
}
