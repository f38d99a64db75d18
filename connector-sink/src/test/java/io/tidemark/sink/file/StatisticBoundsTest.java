package io.tidemark.sink.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.delta.schema.ColumnType;
import io.tidemark.delta.schema.ColumnType.Primitive;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.parquet.io.api.Binary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatisticBoundsTest {

  private static final String LONG = "a".repeat(32);

  @Test
  void shortStringsStayAsTheyAre() {
    assertThat(max(LONG)).contains(LONG);
    assertThat(min(LONG)).contains(LONG);
    assertThat(max("é".repeat(32))).as("characters, not bytes").contains("é".repeat(32));
    assertThat(max("😀".repeat(32))).as("characters, not chars").contains("😀".repeat(32));
  }

  @Test
  void longStringsAreCutAndTheirMaximumRaised() {
    assertThat(min(LONG + "b")).contains(LONG);
    assertThat(max(LONG + "b")).contains(LONG + "\u007f");
    assertThat(max(LONG + "\u007f")).contains(LONG + "\udbff\udfff");
    assertThat(max(LONG + "é")).contains(LONG + "\udbff\udfff");
  }

  @Test
  void aMaximumThatCannotBeRaisedIsLeftOut() {
    assertThat(max(LONG + "\udbff\udfff")).isEmpty();
    assertThat(min(LONG + "\udbff\udfff")).contains(LONG);
  }

  @Property(tries = 500)
  void boundsEncloseEveryString(@ForAll("texts") String text) {
    byte[] value = text.getBytes(StandardCharsets.UTF_8);
    min(text).ifPresent(min -> assertThat(compare(bytes(min), value)).isLessThanOrEqualTo(0));
    max(text).ifPresent(max -> assertThat(compare(bytes(max), value)).isGreaterThanOrEqualTo(0));
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.of("a", "z", "~", "\u007f", "é", "\uffee", "😀", "\udbff\udfff")
        .list()
        .ofMinSize(28)
        .ofMaxSize(40)
        .map(parts -> String.join("", parts));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1970-01-01T00:00:00.000Z, 1970-01-01T00:00:00.000Z",
    "123999, 1970-01-01T00:00:00.123Z, 1970-01-01T00:00:00.124Z",
    "124000, 1970-01-01T00:00:00.124Z, 1970-01-01T00:00:00.124Z",
    "-1, 1969-12-31T23:59:59.999Z, 1970-01-01T00:00:00.000Z"
  })
  void timestampsAreRoundedOutwards(long micros, String min, String max) {
    assertThat(StatisticBounds.min(Primitive.TIMESTAMP, micros)).contains(min);
    assertThat(StatisticBounds.max(Primitive.TIMESTAMP, micros)).contains(max);
    assertThat(StatisticBounds.max(Primitive.TIMESTAMP_NTZ, micros))
        .contains(max.substring(0, max.length() - 1));
  }

  @Test
  void timesOutsideFourDigitYearsAreLeftOut() {
    assertThat(StatisticBounds.max(Primitive.TIMESTAMP, Long.MAX_VALUE)).isEmpty();
    assertThat(StatisticBounds.min(Primitive.TIMESTAMP, Long.MIN_VALUE)).isEmpty();
    assertThat(StatisticBounds.max(Primitive.DATE, Integer.MAX_VALUE)).isEmpty();
    assertThat(StatisticBounds.max(Primitive.DATE, -1)).contains("1969-12-31");
  }

  @Test
  void decimalsKeepTheirScale() {
    assertThat(StatisticBounds.min(new ColumnType.Decimal(9, 2), -150))
        .contains(new BigDecimal("-1.50"));
    assertThat(
            StatisticBounds.min(
                new ColumnType.Decimal(38, 2), Binary.fromConstantByteArray(new byte[] {-1, 106})))
        .contains(new BigDecimal("-1.50"));
  }

  @Test
  void infiniteBoundsAreLeftOut() {
    assertThat(StatisticBounds.max(Primitive.DOUBLE, Double.POSITIVE_INFINITY)).isEmpty();
    assertThat(StatisticBounds.min(Primitive.FLOAT, 1.5f)).contains(1.5f);
  }

  private static Optional<Object> min(String text) {
    return StatisticBounds.min(Primitive.STRING, Binary.fromString(text));
  }

  private static Optional<Object> max(String text) {
    return StatisticBounds.max(Primitive.STRING, Binary.fromString(text));
  }

  private static byte[] bytes(Object text) {
    return ((String) text).getBytes(StandardCharsets.UTF_8);
  }

  private static int compare(byte[] one, byte[] other) {
    return Arrays.compareUnsigned(one, other);
  }
}
