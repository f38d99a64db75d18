package io.tidemark.connector;

import org.apache.kafka.common.config.ConfigException;

/**
 * A problem that a cross-check found, at the key where the user can fix it.
 *
 * @param key key as the user wrote it
 * @param exception carries the whole message
 */
public record Problem(String key, ConfigException exception) {

  /** A value that conflicts with other values. */
  public static Problem invalid(String key, Object value, String why) {
    return new Problem(key, new ConfigException(key, value, why));
  }

  /** A missing value that other values require. */
  public static Problem missing(String key, String why) {
    return new Problem(key, new ConfigException("Missing configuration " + key + ": " + why));
  }

  /** A key that is also given under its other name. */
  public static Problem twice(String alias, String key) {
    return new Problem(
        alias,
        new ConfigException(
            "Configuration " + alias + " means the same as " + key + ". Remove one of the two."));
  }

  /** A key that the connector does not have. */
  public static Problem unknown(String key, String hint) {
    return new Problem(key, new ConfigException("Unknown configuration " + key + hint));
  }
}
