package io.tidemark.windows.function;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The aggregate functions by their names. */
public final class AggregateFunctions {

  private static final Map<String, Supplier<AggregateFunction>> PLAIN =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("count", Count::new),
              Map.entry("sum", Sum::new),
              Map.entry("avg", Average::new),
              Map.entry("min", () -> new Extreme("min", -1)),
              Map.entry("max", () -> new Extreme("max", 1)),
              Map.entry("first", () -> new FirstOrLast("first", -1)),
              Map.entry("last", () -> new FirstOrLast("last", 1)),
              Map.entry("stddev", () -> new Variance("stddev", true, true)),
              Map.entry("stddev_samp", () -> new Variance("stddev_samp", true, true)),
              Map.entry("stddev_pop", () -> new Variance("stddev_pop", false, true)),
              Map.entry("variance", () -> new Variance("variance", true, false)),
              Map.entry("var_samp", () -> new Variance("var_samp", true, false)),
              Map.entry("var_pop", () -> new Variance("var_pop", false, false)),
              Map.entry(
                  "approx_count_distinct",
                  () -> new ApproxCountDistinct(ApproxCountDistinct.DEFAULT_PRECISION)),
              Map.entry("collect_set", () -> new CollectSet(CollectSet.DEFAULT_BOUND))));

  private AggregateFunctions() {}

  /** All names, sorted. */
  public static List<String> names() {
    return List.copyOf(PLAIN.keySet());
  }

  /**
   * The function of this name.
   *
   * @param parameters the parameters after the argument
   * @throws IllegalArgumentException when the call is invalid; the message says what to change
   */
  public static AggregateFunction of(String name, List<String> parameters) {
    Supplier<AggregateFunction> plain = PLAIN.get(name);
    if (plain == null) {
      throw new IllegalArgumentException(
          "must use functions out of " + String.join(", ", names()) + ", not " + name);
    }
    if (parameters.isEmpty()) {
      return plain.get();
    }
    if (parameters.size() > 1) {
      throw new IllegalArgumentException("must give " + name + " at most one parameter");
    }
    return switch (name) {
      case "approx_count_distinct" ->
          new ApproxCountDistinct(
              number(
                  name,
                  parameters.get(0),
                  ApproxCountDistinct.LEAST_PRECISION,
                  ApproxCountDistinct.MOST_PRECISION));
      case "collect_set" ->
          new CollectSet(number(name, parameters.get(0), 1, Integer.MAX_VALUE - 1));
      default -> throw new IllegalArgumentException("must give " + name + " no parameter");
    };
  }

  private static int number(String name, String text, int least, int most) {
    try {
      int number = Integer.parseInt(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "must give " + name + " a whole number as parameter, not " + text, e);
    }
    throw new IllegalArgumentException(
        "must give " + name + " a parameter from " + least + " to " + most + ", not " + text);
  }
}
