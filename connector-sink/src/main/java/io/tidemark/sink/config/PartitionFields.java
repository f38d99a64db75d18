package io.tidemark.sink.config;

import io.tidemark.connector.Rule;
import io.tidemark.sink.record.PartitionField;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What {@code table.partition.by} may be. */
final class PartitionFields {

  private static final String TAKEN = "column names, date(column), hour(column)";

  static final Rule RULE = Rule.of("a list of " + TAKEN, value -> complaint((List<?>) value));

  private PartitionFields() {}

  /** Reads the entries, each of which the rule has accepted. */
  static List<PartitionField> parse(List<String> entries) {
    return entries.stream().map(PartitionField::parse).toList();
  }

  private static Optional<String> complaint(List<?> entries) {
    Set<String> columns = new HashSet<>();
    for (Object entry : entries) {
      String column;
      try {
        column = PartitionField.parse((String) entry).column();
      } catch (IllegalArgumentException e) {
        return Optional.of("'" + entry + "' is none of " + TAKEN);
      }
      // Delta compares column names ignoring case.
      if (!columns.add(column.toLowerCase(Locale.ROOT))) {
        return Optional.of("must not partition by " + column + " twice");
      }
    }
    return Optional.empty();
  }
}
