package io.tidemark.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.Date;
import java.util.OptionalLong;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("changes the time zone of the JVM")
@SuppressWarnings("JavaUtilDate")
class HeaderTimeTest {

  private static final long HALF_A_YEAR_MS = 15_768_000_000L;

  private final TimeZone before = TimeZone.getDefault();

  @AfterEach
  void restore() {
    TimeZone.setDefault(before);
  }

  @Test
  void isTheTimeOrUnknownInEveryTimeZone() {
    int known = 0;
    for (String zone : TimeZone.getAvailableIDs()) {
      TimeZone.setDefault(TimeZone.getTimeZone(zone));
      for (long ms = 1_790_000_000_000L; ms < 1_830_000_000_000L; ms += HALF_A_YEAR_MS) {
        OptionalLong found = HeaderTime.ms(new Date(ms).toString());
        assertThat(found.orElse(ms)).as(zone).isEqualTo(ms);
        known += found.isPresent() ? 1 : 0;
      }
    }
    assertThat(known).isGreaterThan(1_000);
  }

  /** When clocks are put back, an hour comes twice. */
  @Test
  void isTheTimeOrUnknownWhenClocksArePutBack() {
    for (String zone : TimeZone.getAvailableIDs()) {
      TimeZone.setDefault(TimeZone.getTimeZone(zone));
      ZoneOffsetTransition transition =
          ZoneId.of(zone, ZoneId.SHORT_IDS).getRules().nextTransition(Instant.EPOCH);
      while (transition != null && transition.getInstant().getEpochSecond() < 2_000_000_000L) {
        long ms = transition.getInstant().toEpochMilli();
        for (long at : new long[] {ms - 1_200_000, ms + 1_200_000}) {
          assertThat(HeaderTime.ms(new Date(at).toString()).orElse(at)).as(zone).isEqualTo(at);
        }
        transition =
            ZoneId.of(zone, ZoneId.SHORT_IDS).getRules().nextTransition(transition.getInstant());
      }
    }
  }

  @Test
  void isUnknownWhereNothingSaysIt() {
    assertThat(HeaderTime.ms("")).isEmpty();
    assertThat(HeaderTime.ms("2026-11-30T00:00:00Z")).isEmpty();
  }
}
