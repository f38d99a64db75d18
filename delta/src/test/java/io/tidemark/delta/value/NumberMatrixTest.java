package io.tidemark.delta.value;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.delta.schema.ColumnType;
import io.tidemark.delta.schema.ColumnType.Decimal;
import io.tidemark.delta.schema.ColumnType.Primitive;
import java.math.BigDecimal;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Every kind of number into every number column: the same number arrives, or none. */
class NumberMatrixTest {

  @Property(tries = 5000)
  void theSameNumberArrivesOrNone(
      @ForAll("numbers") Number number, @ForAll("columns") ColumnType column) {
    BigDecimal before = new BigDecimal(number.toString());
    Optional<Object> converted = convert(number, column);
    converted.ifPresent(
        after ->
            assertThat(isSame(before, (Number) after))
                .as("%s arrived as %s", before, after)
                .isTrue());
    assertThat(converted.isPresent()).isEqualTo(fits(before, column));
  }

  /** By its text, or a floating number also by its exact value. */
  private static boolean isSame(BigDecimal number, Number arrived) {
    return new BigDecimal(arrived.toString()).compareTo(number) == 0
        || ((arrived instanceof Float || arrived instanceof Double)
            && new BigDecimal(arrived.doubleValue()).compareTo(number) == 0);
  }

  private static Optional<Object> convert(Number number, ColumnType column) {
    try {
      return Optional.of(ValueConverters.schemaless(column, "f").convert(number));
    } catch (ValueException e) {
      return Optional.empty();
    }
  }

  /** Whether the column holds a value whose shortest decimal text is this number. */
  private static boolean fits(BigDecimal number, ColumnType column) {
    if (column instanceof Decimal decimal) {
      BigDecimal plain = number.stripTrailingZeros();
      return plain.scale() <= decimal.scale()
          && number.abs().compareTo(BigDecimal.TEN.pow(decimal.precision() - decimal.scale())) < 0;
    }
    return switch ((Primitive) column) {
      case BYTE -> within(number, Byte.MIN_VALUE, Byte.MAX_VALUE);
      case SHORT -> within(number, Short.MIN_VALUE, Short.MAX_VALUE);
      case INTEGER -> within(number, Integer.MIN_VALUE, Integer.MAX_VALUE);
      case LONG -> within(number, Long.MIN_VALUE, Long.MAX_VALUE);
      case FLOAT -> !Float.isInfinite(number.floatValue()) && sameFloat(number);
      default -> sameDouble(number);
    };
  }

  private static boolean within(BigDecimal number, long min, long max) {
    return number.stripTrailingZeros().scale() <= 0
        && number.compareTo(BigDecimal.valueOf(min)) >= 0
        && number.compareTo(BigDecimal.valueOf(max)) <= 0;
  }

  private static boolean sameFloat(BigDecimal number) {
    float nearest = number.floatValue();
    return new BigDecimal(Float.toString(nearest)).compareTo(number) == 0
        || new BigDecimal(nearest).compareTo(number) == 0;
  }

  private static boolean sameDouble(BigDecimal number) {
    double nearest = number.doubleValue();
    return new BigDecimal(Double.toString(nearest)).compareTo(number) == 0
        || new BigDecimal(nearest).compareTo(number) == 0;
  }

  @Provide
  Arbitrary<Number> numbers() {
    return Arbitraries.oneOf(
        Arbitraries.longs().map(n -> n),
        Arbitraries.integers().map(n -> n),
        Arbitraries.shorts().map(n -> n),
        Arbitraries.bytes().map(n -> n),
        Arbitraries.integers().between(-200_000, 200_000).map(n -> (Number) (n / 100.0)),
        Arbitraries.integers().between(-200_000, 200_000).map(n -> (Number) (double) n),
        Arbitraries.doubles().ofScale(6).map(n -> n),
        Arbitraries.bigDecimals().ofScale(4).map(n -> n));
  }

  @Provide
  Arbitrary<ColumnType> columns() {
    return Arbitraries.of(
        Primitive.BYTE,
        Primitive.SHORT,
        Primitive.INTEGER,
        Primitive.LONG,
        Primitive.FLOAT,
        Primitive.DOUBLE,
        new Decimal(5, 2),
        new Decimal(18, 0),
        new Decimal(38, 6));
  }
}
