package io.tidemark.sink.record;

import io.tidemark.common.TidemarkException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * Finds the table of a record: always the same one, or one below a base path according to the
 * record's topic after all transformations.
 */
public final class TableRouter {

  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(topic|[0-9]{1,2})}");
  private static final Pattern SAFE =
      Pattern.compile("(?!\\.{1,2}(/|$))[A-Za-z0-9._-]+(/(?!\\.{1,2}(/|$))[A-Za-z0-9._-]+)*");

  /** Longest part of a path; file systems take 255, and names of files need some of it. */
  private static final int LONGEST_PART = 200;

  private final String base;
  private final String format;
  private final Optional<Pattern> topics;
  private final Map<String, String> byTopic = new HashMap<>();

  private TableRouter(String base, String format, Optional<Pattern> topics) {
    this.base = base;
    this.format = format;
    this.topics = topics;
  }

  /** All records go to the table at this location. */
  public static TableRouter single(String location) {
    return new TableRouter(location, "", Optional.empty());
  }

  /**
   * Records go to {@code base/name}.
   *
   * @param format the name, where <code>${topic}</code> stands for the topic and <code>${1}</code>
   *     for the first group of {@code topics}; may contain slashes
   * @param topics {@code topics.regex}, when it is set
   */
  public static TableRouter byTopic(String base, String format, Optional<Pattern> topics) {
    return new TableRouter(base.endsWith("/") ? base : base + "/", format, topics);
  }

  /** Whether every record goes to the same table. */
  public boolean isSingle() {
    return format.isEmpty();
  }

  /** The location of the table that every record goes to; empty when there are several. */
  public Optional<String> onlyLocation() {
    return isSingle() ? Optional.of(base) : Optional.empty();
  }

  /**
   * The location of the record's table.
   *
   * @throws TidemarkException when the topic gives no safe path
   */
  public String location(SinkRecord record) {
    return isSingle() ? base : byTopic.computeIfAbsent(record.topic(), this::location);
  }

  private String location(String topic) {
    Matcher placeholders = PLACEHOLDER.matcher(format);
    String name =
        placeholders.replaceAll(
            match -> Matcher.quoteReplacement(replacement(match.group(1), topic)));
    if (!SAFE.matcher(name).matches()
        || Arrays.stream(name.split("/")).anyMatch(part -> part.length() > LONGEST_PART)) {
      throw RecordErrors.unsafeName(topic, name);
    }
    return base + name;
  }

  private String replacement(String placeholder, String topic) {
    if (placeholder.equals("topic")) {
      return topic;
    }
    Matcher matcher = topics.map(pattern -> pattern.matcher(topic)).orElse(null);
    int group = Integer.parseInt(placeholder);
    if (matcher == null
        || !matcher.matches()
        || group > matcher.groupCount()
        || matcher.group(group) == null) {
      throw RecordErrors.unmatchedTopic(topic, topics.map(Pattern::pattern).orElse("(not set)"));
    }
    return matcher.group(group);
  }
}
