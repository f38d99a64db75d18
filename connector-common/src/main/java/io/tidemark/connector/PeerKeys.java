package io.tidemark.connector;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Keys of other connectors, which people bring along, and what stands for them here. Connect would
 * pass them over without a word.
 *
 * <pre>
 *   flush.size = commit.max.records      our key
 *   insert.mode ! rows are only added    not offered, and why
 *   iceberg. ! ...                       all keys that begin so and are not named themselves
 * </pre>
 */
public final class PeerKeys {

  /** What neither connector has, for the same reasons. */
  private static final String COMMON =
      """
      s3. ! object stores are not supported yet
      gcs. ! object stores are not supported yet
      azblob. ! object stores are not supported yet
      azure. ! object stores are not supported yet
      aws. ! object stores are not supported yet
      camel. ! this is no Camel connector
      db.timezone ! timestamps are in UTC
      dialect.name ! there is no database
      quote.sql.identifiers ! there is no database
      """;

  private final Map<String, String> advice = new TreeMap<>();

  private PeerKeys() {}

  /** Out of lines as above, and those that both connectors have; empty ones are for the eye. */
  public static PeerKeys parse(String lines) {
    PeerKeys keys = new PeerKeys();
    for (String line :
        (lines + COMMON).lines().map(String::trim).filter(text -> !text.isEmpty()).toList()) {
      String[] words = line.split(" ", 3);
      String previous =
          keys.advice.put(
              words[0],
              words[1].equals("=")
                  ? ", a key of another connector: use " + words[2] + "."
                  : ", a key of another connector, is not offered: " + words[2] + ". Remove it.");
      if (previous != null || !(words[1].equals("=") || words[1].equals("!"))) {
        throw new IllegalArgumentException(line);
      }
    }
    return keys;
  }

  /** What to do about a key, as the end of a sentence; empty when it is nobody's that is known. */
  Optional<String> advice(String key) {
    String exact = advice.get(key);
    if (exact != null) {
      return Optional.of(exact);
    }
    for (int dot = key.lastIndexOf('.'); dot > 0; dot = key.lastIndexOf('.', dot - 1)) {
      String prefix = advice.get(key.substring(0, dot + 1));
      if (prefix != null) {
        return Optional.of(prefix);
      }
    }
    return Optional.empty();
  }

  /** The keys, and with a dot at their ends the beginnings of keys. */
  public Iterable<String> names() {
    return advice.keySet();
  }

  /** What stands for a name, as in messages. */
  public String of(String name) {
    return advice.get(name);
  }
}
