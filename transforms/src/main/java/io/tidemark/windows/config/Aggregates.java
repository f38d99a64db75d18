package io.tidemark.windows.config;

import io.tidemark.windows.function.AggregateFunctions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads lists of aggregates: {@code total=sum(amount), n=count(*), tags=collect_set(tag, 100)}, or
 * {@code sum(price * quantity) AS total}.
 */
public final class Aggregates {

  private static final Pattern CALL =
      Pattern.compile(
          "(?:([^=()\\s]+)\\s*=\\s*)?([A-Za-z_]+)\\s*\\((.*)\\)(?:\\s*\\bas\\s+([^\\s()]+))?",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private static final String STAR = "*";

  private Aggregates() {}

  /**
   * Reads a list.
   *
   * @throws io.tidemark.expressions.syntax.SyntaxException when an expression is wrong
   * @throws IllegalArgumentException when the list is invalid; the message says what to change
   */
  public static List<Aggregate> parse(String text) {
    List<Aggregate> aggregates = new ArrayList<>();
    Set<String> columns = new HashSet<>();
    for (String part : Items.split(text)) {
      Aggregate aggregate = one(part);
      if (!columns.add(aggregate.column().toLowerCase(Locale.ROOT))) {
        throw new IllegalArgumentException("must not name column " + aggregate.column() + " twice");
      }
      aggregates.add(aggregate);
    }
    return aggregates;
  }

  private static Aggregate one(String text) {
    Matcher matcher = CALL.matcher(text);
    if (!matcher.matches() || matcher.group(3).isBlank()) {
      throw new IllegalArgumentException(
          "must be a list of column=function(field), which "
              + (text.isEmpty() ? "an empty item" : text)
              + " is not");
    }
    String name = matcher.group(2).toLowerCase(Locale.ROOT);
    List<String> taken = Items.split(matcher.group(3));
    List<String> parameters = taken.subList(1, taken.size());
    boolean all = taken.get(0).equals(STAR);
    if (all && !name.equals("count")) {
      throw new IllegalArgumentException("must name a field in " + name + "(), only count takes *");
    }
    Optional<Input> argument = all ? Optional.empty() : Optional.of(Input.parse(taken.get(0)));
    String call =
        name
            + "("
            + argument.map(Input::toString).orElse(STAR)
            + (parameters.isEmpty() ? "" : ", " + String.join(", ", parameters))
            + ")";
    return new Aggregate(
        column(text, matcher, name, argument),
        call,
        argument,
        AggregateFunctions.of(name, parameters));
  }

  private static String column(
      String text, Matcher matcher, String function, Optional<Input> argument) {
    String before = matcher.group(1);
    String after = matcher.group(4);
    if (before != null && after != null) {
      throw new IllegalArgumentException("must name the result once, which " + text + " does not");
    }
    if (before != null || after != null) {
      return before != null ? before : after;
    }
    if (argument.isEmpty()) {
      return function;
    }
    if (argument.get() instanceof Input.Field field) {
      return function + "_" + String.join("_", field.ref().path()).replace('.', '_');
    }
    throw new IllegalArgumentException(
        "must name the result of an expression, as in total=" + text + ", which it does not");
  }
}
