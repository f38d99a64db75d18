package io.tidemark.windows.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tidemark.delta.schema.ColumnType;
import io.tidemark.delta.schema.ColumnType.Array;
import io.tidemark.delta.schema.ColumnType.Decimal;
import io.tidemark.delta.schema.ColumnType.Primitive;
import io.tidemark.windows.bytes.ByteReader;
import io.tidemark.windows.bytes.ByteWriter;
import io.tidemark.windows.close.FieldTypes;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the table of functions in docs/reference/transforms-config.md promises. */
class FunctionRulesTest {

  private static final Set<String> OF_NUMBERS =
      Set.of(
          "sum", "avg", "stddev", "stddev_samp", "stddev_pop", "variance", "var_samp", "var_pop");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          sum | byte          | long
          sum | short         | long
          sum | integer       | long
          sum | long          | long
          sum | float         | double
          sum | double        | double
          sum | decimal(10,2) | decimal(20,2)
          sum | decimal(28,0) | decimal(38,0)
          sum | decimal(38,4) | decimal(38,4)
          avg | byte          | double
          avg | long          | double
          avg | float         | double
          avg | decimal(10,2) | decimal(14,6)
          avg | decimal(34,0) | decimal(38,4)
          avg | decimal(38,18)| decimal(38,18)
          avg | decimal(38,0) | decimal(38,4)
          avg | decimal(38,38)| decimal(38,38)
          min | decimal(9,2)  | decimal(9,2)
          max | date          | date
          min | boolean       | boolean
          max | binary        | binary
          first | timestamp   | timestamp
          last | string       | string
          stddev_pop | decimal(9,2) | double
          var_samp | float    | double
          count | binary      | long
          approx_count_distinct | timestamp | long
          collect_set | string | array<string>
          collect_set | decimal(9,2) | array<decimal(9,2)>
          """)
  void givesTheTypeOfTheTable(String name, String argument, String result) {
    assertThat(function(name).resultType(Optional.of(type(argument))))
        .hasToString("Optional[" + result + "]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"boolean", "string", "binary", "date", "timestamp", "timestamp_ntz"})
  void takesNumbersAloneWhereTheTableSaysSo(String argument) {
    for (String name : AggregateFunctions.names()) {
      if (OF_NUMBERS.contains(name)) {
        assertThatThrownBy(() -> function(name).resultType(Optional.of(type(argument))))
            .isInstanceOf(ArgumentException.class)
            .hasMessage(name + " takes numbers, not " + argument);
      } else {
        assertThat(function(name).resultType(Optional.of(type(argument)))).isPresent();
      }
    }
  }

  @Test
  void neverShowsAnArgumentThatItCannotTake() {
    for (String name : OF_NUMBERS) {
      assertThatThrownBy(() -> accumulate(function(name), "secret"))
          .isInstanceOf(ArgumentException.class)
          .hasMessage(name + " takes numbers, not a String");
    }
  }

  @Property(tries = 300)
  void sumsWholeNumbersExactlyOrSaysThatTheSumDoesNotFit(
      @ForAll @Size(max = 40) List<Long> values) {
    BigDecimal exact =
        values.stream().map(BigDecimal::valueOf).reduce(BigDecimal.ZERO, BigDecimal::add);
    Accumulator sum = accumulate(function("sum"), values.toArray());
    if (values.isEmpty()) {
      assertThat(sum.result(Primitive.LONG)).isNull();
    } else if (exact.toBigIntegerExact().bitLength() < Long.SIZE) {
      assertThat(sum.result(Primitive.LONG)).isEqualTo(exact.longValueExact());
    } else {
      assertThatThrownBy(() -> sum.result(Primitive.LONG))
          .isInstanceOf(ResultOverflowException.class)
          .hasMessage("the result of sum does not fit long");
    }
    if (!values.isEmpty()) {
      assertThat((Double) accumulate(function("avg"), values.toArray()).result(Primitive.LONG))
          .isCloseTo(
              exact.divide(BigDecimal.valueOf(values.size()), MathContext.DECIMAL128).doubleValue(),
              within(2 * Math.ulp(exact.doubleValue() / values.size())));
    }
  }

  @Property(tries = 300)
  void sumsDecimalsExactlyWithTheirScale(
      @ForAll @Size(min = 1, max = 20) List<@IntRange(min = -9999, max = 9999) Integer> cents) {
    Object[] prices = cents.stream().map(any -> BigDecimal.valueOf(any, 2)).toArray();
    BigDecimal exact =
        Arrays.stream(prices).map(BigDecimal.class::cast).reduce(BigDecimal::add).orElseThrow();
    assertThat(accumulate(function("sum"), prices).result(type("decimal(4,2)"))).isEqualTo(exact);
    assertThat(accumulate(function("avg"), prices).result(type("decimal(4,2)")))
        .isEqualTo(exact.divide(BigDecimal.valueOf(prices.length), 6, RoundingMode.HALF_UP));
  }

  @Test
  void saysThatADecimalDoesNotFit() {
    BigDecimal most = new BigDecimal("9".repeat(38));
    Accumulator sum = accumulate(function("sum"), most, BigDecimal.ONE);
    assertThatThrownBy(() -> sum.result(type("decimal(38,0)")))
        .isInstanceOf(ResultOverflowException.class)
        .hasMessage("the result of sum does not fit decimal(38,0)");
    sum.add(BigDecimal.ONE.negate());
    assertThat(sum.result(type("decimal(38,0)"))).isEqualTo(most);
    assertThatThrownBy(() -> accumulate(function("avg"), most).result(type("decimal(38,0)")))
        .isInstanceOf(ResultOverflowException.class)
        .hasMessage("the result of avg does not fit decimal(38,4)");
  }

  @Test
  void roundsHalfUpAwayFromZero() {
    Decimal smallest = new Decimal(38, 37);
    BigDecimal odd = new BigDecimal("0." + "0".repeat(36) + "1");
    assertThat(accumulate(function("avg"), odd, BigDecimal.ZERO).result(smallest)).isEqualTo(odd);
    assertThat(accumulate(function("avg"), odd.negate(), BigDecimal.ZERO).result(smallest))
        .isEqualTo(odd.negate());
  }

  @Test
  void sumsFloatingNumbersBetterThanOneAfterTheOther() {
    Accumulator sum = accumulate(function("sum"), 1e16, 1.0, -1e16);
    assertThat(sum.result(Primitive.DOUBLE)).isEqualTo(1.0);
    assertThat(accumulate(function("sum"), Double.NaN, 1.0).result(Primitive.DOUBLE))
        .isEqualTo(Double.NaN);
    assertThat(
            accumulate(function("sum"), 1.0, Double.POSITIVE_INFINITY, 2.0)
                .result(Primitive.DOUBLE))
        .isEqualTo(Double.POSITIVE_INFINITY);
    Accumulator infinite = accumulate(function("sum"), Double.NEGATIVE_INFINITY);
    infinite.merge(accumulate(function("sum"), Double.POSITIVE_INFINITY));
    assertThat(infinite.result(Primitive.DOUBLE)).isEqualTo(Double.NaN);
  }

  @Property(tries = 200)
  void hasTheVarianceOfTwoPasses(
      @ForAll long seed, @ForAll @IntRange(max = 50) int count, @ForAll boolean far) {
    Random random = new Random(seed);
    double[] values =
        random.doubles(count).map(any -> (far ? 1e9 : 0) + any * 1000 - 500).toArray();
    double mean = Arrays.stream(values).sum() / count;
    double squares = Arrays.stream(values).map(x -> (x - mean) * (x - mean)).sum();
    for (String name : OF_NUMBERS) {
      if (!name.equals("sum") && !name.equals("avg")) {
        Accumulator found = new Accumulator(function(name));
        Accumulator rest = new Accumulator(function(name));
        for (double value : values) {
          (random.nextBoolean() ? found : rest).add(value);
        }
        found.merge(rest);
        boolean population = name.endsWith("_pop");
        int divisor = population ? count : count - 1;
        Object result = found.result(Primitive.DOUBLE);
        if (divisor < 1) {
          assertThat(result).as(name).isNull();
        } else {
          double variance = squares / divisor;
          double expected = name.startsWith("stddev") ? Math.sqrt(variance) : variance;
          assertThat((Double) result).as(name).isCloseTo(expected, within(1e-6 * expected + 1e-9));
        }
      }
    }
  }

  @Test
  void ordersFirstAndLastByTimeThenOffsetThenPartition() {
    List<long[]> places = new ArrayList<>();
    for (long micros = -1; micros <= 1; micros++) {
      for (long offset = 0; offset < 3; offset++) {
        for (long partition = 0; partition < 3; partition++) {
          places.add(new long[] {micros, offset, partition});
        }
      }
    }
    for (int seed = 0; seed < 20; seed++) {
      Collections.shuffle(places, new Random(seed));
      Accumulator first = new Accumulator(function("first"));
      Accumulator last = new Accumulator(function("last"));
      Accumulator merged = new Accumulator(function("last"));
      for (long[] place : places) {
        Occurrence at = new Occurrence();
        at.eventMicros = place[0];
        at.offset = place[1];
        at.partition = (int) place[2];
        String value = Arrays.toString(place);
        first.add(value, at);
        last.add(value, at);
        Accumulator one = new Accumulator(function("last"));
        one.add(value, at);
        merged.merge(one);
      }
      assertThat(first.result(Primitive.STRING)).isEqualTo("[-1, 0, 0]");
      assertThat(last.result(Primitive.STRING)).isEqualTo("[1, 2, 2]");
      assertThat(merged.result(Primitive.STRING)).isEqualTo("[1, 2, 2]");
    }
  }

  @Property(tries = 300)
  void findsTheLeastAndLargestTextByItsBytes(@ForAll @Size(min = 1, max = 8) List<String> texts) {
    List<String> sorted = new ArrayList<>(texts);
    sorted.sort(
        (a, b) ->
            Arrays.compareUnsigned(
                a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8)));
    assertThat(accumulate(function("min"), texts.toArray()).result(Primitive.STRING))
        .isEqualTo(sorted.get(0));
    assertThat(accumulate(function("max"), texts.toArray()).result(Primitive.STRING))
        .isEqualTo(sorted.get(sorted.size() - 1));
  }

  @Test
  void takesNanForTheLargestNumberAndBothZerosForOne() {
    for (int seed = 0; seed < 10; seed++) {
      List<Double> numbers =
          new ArrayList<>(List.of(Double.NaN, Double.POSITIVE_INFINITY, 0.0, -0.0, 3.0));
      Collections.shuffle(numbers, new Random(seed));
      Object[] values = numbers.toArray();
      assertThat(accumulate(function("max"), values).result(Primitive.DOUBLE))
          .isEqualTo(Double.NaN);
      // Double.equals tells -0.0 from 0.0: whichever came first, the result is one.
      assertThat(accumulate(function("min"), values).result(Primitive.DOUBLE)).isEqualTo(0.0);
      assertThat(accumulate(function("collect_set"), values).result(Primitive.DOUBLE))
          .isEqualTo(List.of(0.0, 3.0, Double.POSITIVE_INFINITY, Double.NaN));
      assertThat(accumulate(function("approx_count_distinct"), values).result(Primitive.DOUBLE))
          .isEqualTo(4L);
    }
  }

  @Test
  void countsANumberOnceWhateverItsKind() {
    for (String number : List.of("0", "7", "-12", "5000000000000000000", "-9223372036854775808")) {
      BigDecimal exact = new BigDecimal(number);
      Accumulator kinds =
          accumulate(
              function("approx_count_distinct"),
              exact,
              exact.setScale(3),
              exact.longValueExact(),
              exact.doubleValue());
      assertThat(kinds.result(Primitive.DOUBLE)).as(number).isEqualTo(1L);
    }
    assertThat(
            accumulate(function("collect_set"), 1L, 1.0, new BigDecimal("1.00"), 2L)
                .result(Primitive.DOUBLE))
        .isEqualTo(List.of(1.0, 2.0));
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 8, 12, 16, 21})
  void countsAHundredThousandWithinFourTimesTheErrorOfItsPrecision(int precision) {
    AggregateFunction distinct =
        AggregateFunctions.of("approx_count_distinct", List.of(precision + ""));
    Accumulator[] parts = {new Accumulator(distinct), new Accumulator(distinct)};
    for (int i = 0; i < 200_000; i++) {
      parts[i % 3 == 0 ? 0 : 1].add("user-" + i % 100_000);
    }
    parts[0].merge(parts[1]);
    double error = 0.78 / Math.sqrt(1 << precision);
    assertThat((double) (Long) parts[0].result(Primitive.STRING))
        .isCloseTo(100_000, within(100_000 * 4 * error));
  }

  @Property(tries = 50)
  void countsUpTo64Exactly(@ForAll @IntRange(max = 64) int count, @ForAll long seed) {
    Random random = new Random(seed);
    Accumulator all = new Accumulator(function("approx_count_distinct"));
    Accumulator more = new Accumulator(function("approx_count_distinct"));
    for (int i = 0; i < count * 3; i++) {
      (random.nextBoolean() ? all : more).add((long) i % count);
    }
    all.merge(more);
    assertThat(all.result(Primitive.LONG)).isEqualTo((long) count);
  }

  @Test
  void saysThatASetIsLargerThanItsBoundHoweverItWasSplit() {
    AggregateFunction set = AggregateFunctions.of("collect_set", List.of("3"));
    for (int split = 0; split <= 4; split++) {
      Accumulator one = new Accumulator(set);
      Accumulator other = new Accumulator(set);
      for (int i = 0; i < 4; i++) {
        (i < split ? one : other).add("secret" + i);
      }
      one.merge(other);
      one.merge(accumulate(set, "secret1"));
      assertThatThrownBy(() -> one.result(Primitive.STRING))
          .isInstanceOf(ResultOverflowException.class)
          .hasMessage("collect_set has more than 3 values");
    }
    assertThat(set.resultType(Optional.of(Primitive.STRING)))
        .contains(new Array(Primitive.STRING, false));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          collect_set           | 0     | must give collect_set a parameter from 1 to 2147483646, not 0
          collect_set           | many  | must give collect_set a whole number as parameter, not many
          approx_count_distinct | 3     | must give approx_count_distinct a parameter from 4 to 21, not 3
          approx_count_distinct | 22    | must give approx_count_distinct a parameter from 4 to 21, not 22
          sum                   | 1     | must give sum no parameter
          """)
  void refusesAParameterThatMeansNothing(String name, String parameter, String message) {
    assertThatThrownBy(() -> AggregateFunctions.of(name, List.of(parameter)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
    assertThatThrownBy(() -> AggregateFunctions.of(name, List.of("5", "5")))
        .hasMessage("must give " + name + " at most one parameter");
  }

  private static AggregateFunction function(String name) {
    return AggregateFunctions.of(name, List.of());
  }

  private static ColumnType type(String text) {
    return FieldTypes.parse(text);
  }

  private static Accumulator accumulate(AggregateFunction function, Object... values) {
    Accumulator accumulator = new Accumulator(function);
    for (Object value : values) {
      accumulator.add(value);
    }
    return accumulator;
  }

  /** One accumulator; records come at one time, one offset after the other. */
  private static final class Accumulator {
    private final AggregateFunction function;
    private final long[] longs;
    private final Object[] objects;
    private final Slots slots = new Slots();
    private final Occurrence at = new Occurrence();

    private Accumulator(AggregateFunction function) {
      this.function = function;
      this.longs = new long[function.longs()];
      this.objects = new Object[function.objects()];
      slots.point(longs, 0, objects, 0);
    }

    private void add(Object value) {
      at.offset++;
      add(value, at);
    }

    private void add(Object value, Occurrence occurrence) {
      function.add(slots, value, occurrence);
    }

    private void merge(Accumulator other) {
      ByteWriter out = new ByteWriter(8);
      other.function.write(other.slots, out);
      ByteReader in = new ByteReader().reset(out.copy());
      function.merge(slots, in);
      assertThat(in.remaining()).isZero();
    }

    private Object result(ColumnType type) {
      return function.result(slots, Optional.of(type));
    }
  }
}
