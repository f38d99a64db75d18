package io.tidemark.connector;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Keys of other connectors that users may still have in their configuration, and their equivalents
 * here. Connect would ignore them silently.
 *
 * <pre>
 *   flush.size = commit.max.records      our key
 *   insert.mode ! rows are only added    not offered, and why
 *   iceberg. ! ...                       all keys that begin so and are not named themselves
 * </pre>
 */
public final class PeerKeys {

  /** Keys that neither connector has, for the same reasons. */
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

  /** Parses lines as above, and adds those for both connectors; empty lines are ignored. */
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

  /** What to do about a key, as the end of a sentence; empty when the key is unknown. */
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

  /** The replacement for a key, as messages name it. */
  public String of(String name) {
    return advice.get(name);
  }
}
