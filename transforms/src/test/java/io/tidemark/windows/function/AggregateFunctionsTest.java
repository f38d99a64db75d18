package io.tidemark.windows.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tidemark.delta.schema.ColumnType;
import io.tidemark.delta.schema.ColumnType.Decimal;
import io.tidemark.delta.schema.ColumnType.Primitive;
import io.tidemark.windows.bytes.ByteReader;
import io.tidemark.windows.bytes.ByteWriter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class AggregateFunctionsTest {

  private enum Kind {
    WHOLE,
    FLOATING,
    DECIMAL,
    TEXT;

    private ColumnType type() {
      return switch (this) {
        case WHOLE -> Primitive.LONG;
        case FLOATING -> Primitive.DOUBLE;
        case DECIMAL -> new Decimal(12, 2);
        case TEXT -> Primitive.STRING;
      };
    }

    private Object value(Random random) {
      return switch (this) {
        case WHOLE ->
            random.nextInt(20) == 0 ? random.nextLong() / 4_000 : random.nextInt(100) - 50L;
        case FLOATING -> Math.rint(random.nextGaussian() * 1_000) / 8;
        case DECIMAL -> BigDecimal.valueOf(random.nextInt(100_000) - 50_000, 2);
        case TEXT -> "v" + random.nextInt(40);
      };
    }
  }

  /** One accumulator. */
  private static final class Accumulator {
    private final AggregateFunction function;
    private final long[] longs;
    private final Object[] objects;
    private final Slots slots = new Slots();

    private Accumulator(AggregateFunction function) {
      this.function = function;
      this.longs = new long[function.longs()];
      this.objects = new Object[function.objects()];
    }

    private Slots slots() {
      return slots.point(longs, 0, objects, 0);
    }

    private byte[] bytes() {
      ByteWriter out = new ByteWriter(8);
      function.write(slots(), out);
      return out.copy();
    }

    private void merge(byte[] bytes) {
      ByteReader in = new ByteReader().reset(bytes);
      function.merge(slots(), in);
      assertThat(in.remaining()).isZero();
    }

    private Object result(ColumnType type) {
      return function.result(slots(), Optional.of(type));
    }
  }

  @Property(tries = 300)
  void anySplitIntoPartialsGivesTheSameResultAsNoSplit(
      @ForAll Kind kind, @ForAll long seed, @ForAll @IntRange(max = 60) int count) {
    for (String name : AggregateFunctions.names()) {
      AggregateFunction function = AggregateFunctions.of(name, List.of());
      if (takes(function, kind.type())) {
        Random random = new Random(seed);
        Accumulator whole = new Accumulator(function);
        List<Accumulator> parts = new ArrayList<>();
        for (int part = 0; part < 4; part++) {
          parts.add(new Accumulator(function));
        }
        Occurrence at = new Occurrence();
        for (int i = 0; i < count; i++) {
          Object value = kind.value(random);
          at.eventMicros = random.nextInt(5);
          at.offset = i;
          function.add(whole.slots(), value, at);
          function.add(parts.get(random.nextInt(4)).slots(), value, at);
        }
        Collections.shuffle(parts, random);
        Accumulator merged = new Accumulator(function);
        parts.forEach(part -> merged.merge(part.bytes()));
        assertSame(name, merged.result(kind.type()), whole.result(kind.type()));
      }
    }
  }

  private static boolean takes(AggregateFunction function, ColumnType type) {
    try {
      return function.resultType(Optional.of(type)).isPresent();
    } catch (ArgumentException e) {
      return false;
    }
  }

  private static void assertSame(String name, Object found, Object expected) {
    if (expected instanceof Double number) {
      assertThat((Double) found)
          .as(name)
          .isCloseTo(number, within(1e-9 * Math.max(1, Math.abs(number))));
    } else {
      assertThat(found).as(name).isEqualTo(expected);
    }
  }

  @Test
  void sumsBeyond64BitsOnTheWayAndSaysWhenTheResultDoesNotFit() {
    Accumulator sum = accumulate("sum", Long.MAX_VALUE, Long.MAX_VALUE, -Long.MAX_VALUE);
    assertThat(sum.result(Primitive.LONG)).isEqualTo(Long.MAX_VALUE);
    Accumulator large = accumulate("sum", Long.MIN_VALUE, Long.MIN_VALUE);
    Accumulator merged = accumulate("sum", -1L);
    merged.merge(large.bytes());
    assertThatThrownBy(() -> merged.result(Primitive.LONG))
        .isInstanceOf(ResultOverflowException.class)
        .hasMessage("the result of sum does not fit long");
    merged.merge(accumulate("sum", Long.MAX_VALUE, Long.MAX_VALUE, 3L).bytes());
    assertThat(merged.result(Primitive.LONG)).isEqualTo(0L);
  }

  @Test
  void knowsNothingOfNothing() {
    for (String name : AggregateFunctions.names()) {
      Object expected =
          switch (name) {
            case "count", "approx_count_distinct" -> 0L;
            case "collect_set" -> List.of();
            default -> null;
          };
      Accumulator empty = accumulate(name);
      assertThat(empty.result(Primitive.LONG)).as(name).isEqualTo(expected);
      assertThat(empty.bytes()).as(name).hasSize(1);
      empty.merge(accumulate(name).bytes());
      assertThat(empty.result(Primitive.LONG)).as(name).isEqualTo(expected);
    }
  }

  @Test
  void averagesAsSparkDoes() {
    assertThat(accumulate("avg", 1L, 2L).result(Primitive.LONG)).isEqualTo(1.5);
    Decimal price = new Decimal(5, 2);
    assertThat(accumulate("avg", new BigDecimal("1.00"), new BigDecimal("2.01")).result(price))
        .isEqualTo(new BigDecimal("1.505000"));
  }

  @Test
  void ordersNumbersByTheirValueAndTextByItsBytes() {
    assertThat(accumulate("max", 1.0, Double.NaN, 5.0).result(Primitive.DOUBLE))
        .isEqualTo(Double.NaN);
    assertThat(accumulate("max", 2L, 2.5).result(Primitive.DOUBLE)).isEqualTo(2.5);
    assertThat(accumulate("max", "\uFFFD", "\uD83D\uDE00").result(Primitive.STRING))
        .isEqualTo("\uD83D\uDE00");
  }

  @Test
  void takesTheFirstOfOneTimeByOffset() {
    AggregateFunction first = AggregateFunctions.of("first", List.of());
    Accumulator accumulator = new Accumulator(first);
    Occurrence at = new Occurrence();
    at.offset = 7;
    first.add(accumulator.slots(), "later", at);
    at.offset = 3;
    first.add(accumulator.slots(), "earlier", at);
    assertThat(accumulator.result(Primitive.STRING)).isEqualTo("earlier");
  }

  @Test
  void refusesMoreDifferentValuesThanTheBound() {
    AggregateFunction set = AggregateFunctions.of("collect_set", List.of("2"));
    Accumulator accumulator = new Accumulator(set);
    for (Object value : List.of("b", "a", "b")) {
      set.add(accumulator.slots(), value, null);
    }
    assertThat(accumulator.result(Primitive.STRING)).isEqualTo(List.of("a", "b"));
    set.add(accumulator.slots(), "c", null);
    assertThatThrownBy(() -> accumulator.result(Primitive.STRING))
        .isInstanceOf(ResultOverflowException.class);
  }

  @Test
  void countsDifferentValuesWithinItsError() {
    AggregateFunction distinct = AggregateFunctions.of("approx_count_distinct", List.of());
    Accumulator accumulator = new Accumulator(distinct);
    for (long i = 0; i < 100_000; i++) {
      distinct.add(accumulator.slots(), i % 20_000, null);
    }
    assertThat((Long) accumulator.result(Primitive.LONG)).isBetween(19_000L, 21_000L);
  }

  @Test
  void refusesToSumText() {
    AggregateFunction sum = AggregateFunctions.of("sum", List.of());
    assertThatThrownBy(() -> sum.resultType(Optional.of(Primitive.STRING)))
        .isInstanceOf(ArgumentException.class)
        .hasMessage("sum takes numbers, not string");
  }

  private static Accumulator accumulate(String name, Object... values) {
    AggregateFunction function = AggregateFunctions.of(name, List.of());
    Accumulator accumulator = new Accumulator(function);
    Occurrence at = new Occurrence();
    for (Object value : values) {
      at.offset++;
      function.add(accumulator.slots(), value, at);
    }
    return accumulator;
  }
}
