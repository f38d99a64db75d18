package io.tidemark.sink.config;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One entry of {@code table.partition.by}: a column, or the date or hour of one.
 *
 * @param source name of the column as records have it
 */
public record PartitionTerm(Unit unit, String source) {

  /** What of the source column makes a partition. */
  public enum Unit {
    /** The value itself. */
    VALUE,
    /** The UTC date of a timestamp. */
    DATE,
    /** The UTC hour of a timestamp. */
    HOUR;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final String TAKEN = "column names, date(column), hour(column)";

  /** Delta allows none of these characters in column names. */
  private static final Pattern TEXT =
      Pattern.compile("(?:(date|hour)\\(([^ ,;{}()\\n\\t=]+)\\)|([^ ,;{}()\\n\\t=]+))");

  static final Rule LIST_RULE = Rule.of("a list of " + TAKEN, value -> complaint((List<?>) value));

  /** Name of the partition column; for a date or hour a column that the sink adds. */
  public String column() {
    return unit == Unit.VALUE ? source : source + "_" + unit;
  }

  @Override
  public String toString() {
    return unit == Unit.VALUE ? source : unit + "(" + source + ")";
  }

  /** Reads {@link #toString}'s form; empty when the text is none. */
  static Optional<PartitionTerm> parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    return Optional.of(
        matcher.group(3) != null
            ? new PartitionTerm(Unit.VALUE, matcher.group(3))
            : new PartitionTerm(
                Unit.valueOf(matcher.group(1).toUpperCase(Locale.ROOT)), matcher.group(2)));
  }

  private static Optional<String> complaint(List<?> texts) {
    Set<String> columns = new HashSet<>();
    for (Object text : texts) {
      Optional<PartitionTerm> term = parse((String) text);
      if (term.isEmpty()) {
        return Optional.of("'" + text + "' is none of " + TAKEN);
      }
      // Delta compares column names ignoring case.
      if (!columns.add(term.get().column().toLowerCase(Locale.ROOT))) {
        return Optional.of("must not partition by " + term.get().column() + " twice");
      }
    }
    return Optional.empty();
  }
}
