package io.tidemark.windows.config;

import io.tidemark.delta.schema.FieldRef;
import io.tidemark.windows.function.AggregateFunctions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads lists of aggregates: {@code total=sum(amount), n=count(*), tags=collect_set(tag, 100)}. */
public final class Aggregates {

  private static final Pattern CALL =
      Pattern.compile(
          "(?:([^=()\\s]+)\\s*=\\s*)?([A-Za-z_]+)\\s*"
              + "\\(\\s*((?:`[^`]*`|[^(),`])+?)\\s*((?:,[^(),]*)*)\\)");

  private static final String STAR = "*";

  private Aggregates() {}

  /**
   * Reads a list.
   *
   * @throws IllegalArgumentException when the list is invalid; the message says what to change
   */
  public static List<Aggregate> parse(String text) {
    List<Aggregate> aggregates = new ArrayList<>();
    Set<String> columns = new HashSet<>();
    for (String part : FieldRef.split(text)) {
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
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "must be a list of column=function(field), which "
              + (text.isEmpty() ? "an empty item" : text)
              + " is not");
    }
    String name = matcher.group(2).toLowerCase(Locale.ROOT);
    String argument = matcher.group(3);
    List<String> parameters =
        Arrays.stream(matcher.group(4).split(",", -1)).skip(1).map(String::trim).toList();
    if (argument.equals(STAR) && !name.equals("count")) {
      throw new IllegalArgumentException("must name a field in " + name + "(), only count takes *");
    }
    Optional<FieldRef> field =
        argument.equals(STAR) ? Optional.empty() : Optional.of(FieldRef.parse(argument));
    String call =
        name
            + "("
            + field.map(FieldRef::toString).orElse(STAR)
            + (parameters.isEmpty() ? "" : ", " + String.join(", ", parameters))
            + ")";
    String column =
        matcher.group(1) != null
            ? matcher.group(1)
            : name
                + field
                    .map(known -> "_" + String.join("_", known.path()).replace('.', '_'))
                    .orElse("");
    return new Aggregate(column, call, field, AggregateFunctions.of(name, parameters));
  }
}
