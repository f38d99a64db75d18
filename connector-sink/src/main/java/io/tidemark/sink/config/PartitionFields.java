package io.tidemark.sink.config;

import io.tidemark.connector.Rule;
import io.tidemark.delta.schema.FieldRef;
import io.tidemark.sink.record.PartitionField;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The values of {@code table.partition.by}. */
final class PartitionFields {

  private static final String TAKEN = "column names, date(column), hour(column)";

  static final Rule RULE = Rule.of("a list of " + TAKEN, value -> complaint((String) value));

  private PartitionFields() {}

  /** Reads a list that the rule has accepted. */
  static List<PartitionField> parse(String list) {
    return entries(list).stream().map(PartitionField::parse).toList();
  }

  private static List<String> entries(String list) {
    return list.isBlank() ? List.of() : FieldRef.split(list);
  }

  private static Optional<String> complaint(String list) {
    Set<String> columns = new HashSet<>();
    for (String entry : entries(list)) {
      String column;
      try {
        column = PartitionField.parse(entry).column();
      } catch (IllegalArgumentException e) {
        return Optional.of(
            "'"
                + entry
                + "' is not one of "
                + TAKEN
                + ". Put a name with blanks, commas or parentheses in backticks");
      }
      // Delta compares column names ignoring case.
      if (!columns.add(column.toLowerCase(Locale.ROOT))) {
        return Optional.of("must not partition by " + column + " twice");
      }
    }
    return Optional.empty();
  }
}
