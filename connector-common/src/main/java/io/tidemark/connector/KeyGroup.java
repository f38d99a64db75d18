package io.tidemark.connector;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Width;
import org.apache.kafka.common.config.ConfigException;

/**
 * Adds the keys of one group to a {@link ConfigDef}, in the order of the calls. Every error message
 * ends with the remedy, which names the default from the key's definition.
 */
public final class KeyGroup {

  private final ConfigDef definition;
  private final String name;
  private int order;

  /** The keys of a group, which the reference shows under its name. */
  public KeyGroup(ConfigDef definition, String name) {
    this.definition = definition;
    this.name = name;
  }

  /**
   * Adds a key.
   *
   * @param fallback the value when the key is not set; null when there is none
   * @param documentation may have several lines, which are joined by spaces
   */
  public KeyGroup add(
      String key,
      ConfigDef.Type type,
      Object fallback,
      Rule rule,
      Importance importance,
      String displayName,
      String documentation) {
    order++;
    definition.define(
        key,
        type,
        fallback,
        new Check(rule, fallback),
        importance,
        documentation.replace('\n', ' '),
        name,
        order,
        type == ConfigDef.Type.STRING || type == ConfigDef.Type.LIST ? Width.LONG : Width.SHORT,
        displayName,
        new Choices(rule));
    return this;
  }

  /** Adds a key that the connector sets for its tasks; Connect does not show it. */
  public KeyGroup addInternal(
      String key, ConfigDef.Type type, Object fallback, Rule rule, String documentation) {
    definition.defineInternal(
        key, type, fallback, new Check(rule, fallback), Importance.LOW, documentation);
    return this;
  }

  /** A rule as a validator of Kafka. */
  private record Check(Rule rule, Object fallback) implements ConfigDef.Validator {

    @Override
    public void ensureValid(String key, Object value) {
      if (value == null) {
        return;
      }
      rule.complaint(value)
          .ifPresent(
              complaint -> {
                throw new ConfigException(key, rule.shown(value), complaint + "." + remedy());
              });
    }

    private String remedy() {
      if (fallback == null) {
        return "";
      }
      String text = fallback instanceof List<?> list ? join(list) : fallback.toString();
      return text.isEmpty() ? " Remove it for none." : " Remove it to use " + text + ".";
    }

    private static String join(List<?> list) {
      return String.join(",", list.stream().map(Object::toString).toList());
    }

    @Override
    public String toString() {
      return rule.values();
    }
  }

  /** The choices of a rule, for user interfaces that ask Connect for them. */
  private record Choices(Rule rule) implements ConfigDef.Recommender {

    @Override
    public List<Object> validValues(String key, Map<String, Object> parsed) {
      return new ArrayList<>(rule.choices());
    }

    @Override
    public boolean visible(String key, Map<String, Object> parsed) {
      return true;
    }
  }
}
