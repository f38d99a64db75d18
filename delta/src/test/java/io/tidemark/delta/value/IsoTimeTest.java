package io.tidemark.delta.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IsoTimeTest {

  @Property(tries = 500)
  void readsWhatJavaWrites(
      @ForAll @LongRange(min = -62_167_219_200L, max = 253_402_300_799L) long second,
      @ForAll @IntRange(max = 999_999_999) int nano,
      @ForAll @IntRange(min = -18 * 60, max = 18 * 60) int offsetMinutes) {
    Instant instant = Instant.ofEpochSecond(second, nano);
    OffsetDateTime time = instant.atOffset(ZoneOffset.ofTotalSeconds(offsetMinutes * 60));
    long micros = second * 1_000_000 + nano / 1000;

    assertThat(IsoTime.instant(instant.toString())).isEqualTo(micros);
    if (time.getYear() >= 0 && time.getYear() <= 9999) {
      assertThat(IsoTime.instant(time.toString())).isEqualTo(micros);
      assertThat(IsoTime.wallClock(time.toLocalDateTime().toString()))
          .isEqualTo(micros + offsetMinutes * 60_000_000L);
      assertThat(IsoTime.days(time.toLocalDate().toString()))
          .isEqualTo((int) time.toLocalDate().toEpochDay());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1970-01-01T00:00Z, 0",
    "1970-01-01 00:00:01, 1000000",
    "1970-01-01T00:00:00.1Z, 100000",
    "1970-01-01T00:00:00.123456789Z, 123456",
    "1970-01-01T02:00:00+02:00, 0",
    "1970-01-01T02:00:00+0200, 0",
    "1970-01-01T02:00:00+02, 0",
    "1969-12-31T23:59:59.999999Z, -1",
    "1970-01-02, 86400000000",
    "1970-01-01T02:00:30+02:00:30, 0",
    "+10000-01-01T00:00:00Z, 253402300800000000",
    "-0001-12-31T00:00:00Z, -62167305600000000",
    "+294247-01-10T04:00:54.775807Z, 9223372036854775807",
    "infinity, 253402300799999999",
    "-infinity, -62135596800000000"
  })
  void acceptsTheFormsOfIso8601(String text, long micros) {
    assertThat(IsoTime.instant(text)).isEqualTo(micros);
  }

  @Test
  void readsInfiniteDates() {
    assertThat(IsoTime.days("infinity")).isEqualTo((int) LocalDate.of(9999, 12, 31).toEpochDay());
    assertThat(IsoTime.days("-infinity")).isEqualTo((int) LocalDate.of(1, 1, 1).toEpochDay());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "+294247-01-10T04:00:54.775808Z",
        "-999999-01-01T00:00:00Z",
        "+123-01-01",
        "+1234567-01-01",
        "Infinity",
        "infinity ",
        "x",
        "1970",
        "1970-13-01T00:00Z",
        "1970-02-30",
        "1970-01-01T",
        "1970-01-01T24:00Z",
        "1970-01-01T00:60Z",
        "1970-01-01T00:00:00.Z",
        "1970-01-01T00:00:00.1234567890Z",
        "1970-01-01T00:00Zx",
        "1970-01-01T00:00+",
        "1970-01-01T00:00+19:00",
        "1970-01-01x00:00",
        "12345-01-01T00:00Z",
        "1970-01-01T00:00Z[UTC]"
      })
  void refusesEverythingElse(String text) {
    assertThatThrownBy(() -> IsoTime.instant(text)).isInstanceOf(DateTimeException.class);
  }
}
