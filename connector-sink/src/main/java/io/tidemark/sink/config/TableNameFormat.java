package io.tidemark.sink.config;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigException;

/**
 * The name of a table out of the name of its topic: {@code ${topic}} stands for the whole, {@code
 * ${1}} for the first group of {@code topics.regex}.
 *
 * @param text the format, a relative path
 * @param topics the pattern whose groups the format may name; empty under {@code topics}
 */
public record TableNameFormat(String text, Optional<Pattern> topics) {

  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^}]*)\\}?");
  private static final Pattern MEANING = Pattern.compile("topic|[1-9][0-9]{0,2}");
  private static final String TOPIC = "topic";
  private static final Set<String> NO_NAMES = Set.of("", ".", "..");

  static final Rule RULE =
      Rule.of("a relative path with ${topic} or ${1}", value -> complaint((String) value));

  /**
   * Name of the topic's table, a relative path.
   *
   * @throws ConfigException when a group of the pattern is empty for this topic, so that the name
   *     would be another table's
   */
  String nameOf(String topic) {
    Optional<Matcher> groups = topics.map(pattern -> pattern.matcher(topic));
    boolean matches = groups.map(Matcher::matches).orElse(false);
    return PLACEHOLDER
        .matcher(text)
        .replaceAll(
            placeholder -> {
              String meaning = placeholder.group(1);
              String part =
                  meaning.equals(TOPIC)
                      ? topic
                      : matches ? groups.get().group(Integer.parseInt(meaning)) : null;
              if (part == null || NO_NAMES.contains(part)) {
                throw new ConfigException(
                    TableKeys.NAME_FORMAT,
                    text,
                    "${"
                        + meaning
                        + "} stands for no name in topic "
                        + topic
                        + ". Change topics.regex so that the group takes part in every match.");
              }
              return Matcher.quoteReplacement(part);
            });
  }

  /** The highest group that the format names; 0 when it names none. */
  int highestGroup() {
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
            placeholders.group() + " is no placeholder; there are ${topic}, ${1}, ${2} and so on");
      }
    }
    if (!any) {
      return Optional.of("must hold ${topic} or ${1}; for one table set table.path instead");
    }
    return Arrays.stream(text.split("/", -1)).anyMatch(NO_NAMES::contains)
        ? Optional.of("must be a relative path without empty parts, '.' and '..'")
        : Optional.empty();
  }
}
