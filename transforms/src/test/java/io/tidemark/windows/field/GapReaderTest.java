package io.tidemark.windows.field;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.windows.config.Input;
import io.tidemark.windows.fake.Records;
import java.math.BigDecimal;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Timestamp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class GapReaderTest {

  private final GapReader reader = new GapReader(Input.parse("gap"));

  private long micros(Object gap) {
    return reader.micros(Records.of(Records.map("gap", gap)));
  }

  static Stream<Arguments> numbers() {
    return Stream.of(
        Arguments.of(5L, 5_000),
        Arguments.of(1.5, 1_500),
        Arguments.of(new BigDecimal("0.0019"), 1),
        Arguments.of(9_223_372_036_854L, 9_223_372_036_854_000L),
        Arguments.of(null, 0),
        Arguments.of(0L, 0),
        Arguments.of(-5L, 0),
        Arguments.of(Long.MIN_VALUE, 0),
        Arguments.of(new BigDecimal("0.0009"), 0),
        Arguments.of(1e-300, 0));
  }

  @ParameterizedTest
  @MethodSource("numbers")
  void readsMilliseconds(Object gap, long micros) {
    assertThat(micros(gap)).isEqualTo(micros);
    assertThat(micros(gap)).isEqualTo(micros);
  }

  @ParameterizedTest
  @CsvSource({
    "5 minutes, 300000000",
    "'  1 HOUR   30 minutes ', 5400000000",
    "interval 2 weeks, 1209600000000",
    "interval 1 day, 86400000000",
    "1.5 seconds, 1500000",
    "10 milliseconds 1 microsecond, 10001",
    "1 minute -90 seconds, 0",
    "0 seconds, 0",
    "-5 minutes, 0",
  })
  void readsTextAsSparkDoes(String gap, long micros) {
    assertThat(micros(gap)).isEqualTo(micros);
    assertThat(micros("1 second")).as("the latest text is not taken for all").isEqualTo(1_000_000);
    assertThat(micros(gap)).isEqualTo(micros);
  }

  @ParameterizedTest
  @CsvSource({
    "'', its text is not numbers and units",
    "5minutes, its text is not numbers and units",
    "soon, its text is not numbers and units",
    "5, its text is not numbers and units",
    "interval, its text is not numbers and units",
    "5 minutes or so, its text is not numbers and units",
    "1 month, its text is not numbers and units",
    "1.5 minutes, only seconds may have a fraction",
    "300 weeks 15000 weeks, it is longer than 292 years",
  })
  void refusesOtherText(String gap, String reason) {
    assertThatThrownBy(() -> micros(gap))
        .hasMessageStartingWith("TM-411")
        .hasMessageContaining("orders-3@881: gap gives no gap: " + reason)
        .hasMessageNotContaining("soon");
  }

  @Test
  void refusesWhatIsNoTime() {
    for (Object gap : new Object[] {true, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> micros(gap))
          .hasMessageContaining("neither a finite number nor text");
    }
    for (Object gap : new Object[] {9_223_372_036_855L, Long.MAX_VALUE, 1e300}) {
      assertThatThrownBy(() -> micros(gap)).hasMessageContaining("it is longer than 292 years");
    }
    assertThatThrownBy(
            () ->
                reader.micros(
                    Records.of(
                        Records.struct(
                            "gap", Timestamp.SCHEMA, Timestamp.toLogical(Timestamp.SCHEMA, 5)))))
        .hasMessageContaining("neither a finite number nor text");
  }

  @Test
  void computesGaps() {
    GapReader computing =
        new GapReader(
            Input.parse("CASE WHEN free THEN '5 seconds' ELSE coalesce(text, '1 hour') END"));
    assertThat(computing.micros(Records.of(Map.of("free", true)))).isEqualTo(5_000_000);
    assertThat(computing.micros(Records.of(Map.of("free", false)))).isEqualTo(3_600_000_000L);
    assertThat(
            new GapReader(Input.parse("seconds * 1000"))
                .micros(Records.of(Records.struct("seconds", Schema.INT32_SCHEMA, 3))))
        .isEqualTo(3_000_000);
  }
}
