package io.tidemark.storage;

import java.text.ParsePosition;
import java.text.SimpleDateFormat;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.zone.ZoneRules;
import java.util.Date;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.TimeZone;

/** The time of an object as S3A gives it: as {@link Date#toString} writes it. */
@SuppressWarnings("JavaUtilDate") // S3A's own choice.
final class HeaderTime {

  private HeaderTime() {}

  /**
   * Epoch milliseconds; empty when the text says no time, or two of them, as in some time zones.
   */
  static OptionalLong ms(String text) {
    Date date =
        new SimpleDateFormat("EEE MMM dd HH:mm:ss zzz yyyy", Locale.US)
            .parse(text, new ParsePosition(0));
    return date != null && date.toString().equals(text) && isOnce(date.toInstant())
        ? OptionalLong.of(date.getTime())
        : OptionalLong.empty();
  }

  /** Whether the clocks here show it once, and not again after they were put back. */
  private static boolean isOnce(Instant time) {
    ZoneRules rules = TimeZone.getDefault().toZoneId().getRules();
    return rules.getValidOffsets(LocalDateTime.ofInstant(time, rules.getOffset(time))).size() == 1;
  }
}
