package io.tidemark.sink.config;

import io.tidemark.connector.Rule;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The values of {@code table.name.format}: {@code ${topic}} stands for the topic, {@code ${1}} for
 * the first group of {@code topics.regex}.
 */
final class TableNameFormat {

  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^}]*)\\}?");
  private static final Pattern MEANING = Pattern.compile("topic|[1-9][0-9]{0,2}");
  private static final String TOPIC = "topic";
  private static final Set<String> NO_NAMES = Set.of("", ".", "..");

  private TableNameFormat() {}

  static final Rule RULE =
      Rule.of("a relative path with ${topic} or ${1}", value -> complaint((String) value));

  /** The highest group that the format names; 0 when it names none. */
  static int highestGroup(String text) {
    return PLACEHOLDER
        .matcher(text)
        .results()
        .map(placeholder -> placeholder.group(1))
        .filter(meaning -> !meaning.equals(TOPIC))
        .mapToInt(Integer::parseInt)
        .max()
        .orElse(0);
  }

  private static Optional<String> complaint(String text) {
    Matcher placeholders = PLACEHOLDER.matcher(text);
    boolean any = false;
    while (placeholders.find()) {
      any = true;
      if (!placeholders.group().endsWith("}")
          || !MEANING.matcher(placeholders.group(1)).matches()) {
        return Optional.of(
            placeholders.group() + " is not a placeholder. Use ${topic}, ${1}, ${2} and so on");
      }
    }
    if (!any) {
      return Optional.of("must contain ${topic} or ${1}. For one table, set table.path instead");
    }
    return Arrays.stream(text.split("/", -1)).anyMatch(NO_NAMES::contains)
        ? Optional.of("must be a relative path without empty parts, '.' or '..'")
        : Optional.empty();
  }
}
