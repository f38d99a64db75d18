package io.tidemark.connector;

import java.util.Map;
import java.util.Optional;

/**
 * The input of a cross-check.
 *
 * @param given what the user wrote, under our own spelling of the keys
 * @param parsed typed values, defaults included; without the keys whose value is invalid
 */
public record Settings(Map<String, String> given, Map<String, Object> parsed) {

  public boolean isGiven(String key) {
    return given.containsKey(key);
  }

  /** The text of a key that Connect itself defines, or of one of ours before it is parsed. */
  public Optional<String> text(String key) {
    return Optional.ofNullable(given.get(key));
  }

  /** The typed value; empty when it is not set and has no default, or is invalid. */
  public <T> Optional<T> value(String key, Class<T> type) {
    return Optional.ofNullable(parsed.get(key)).map(type::cast);
  }
}
