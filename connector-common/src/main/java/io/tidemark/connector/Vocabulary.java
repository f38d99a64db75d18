package io.tidemark.connector;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Tells the keys of a connector from those of Connect, its converters, transformations and clients.
 * A key that only looks like one of the connector's is refused, because a silently ignored setting
 * is found out too late.
 *
 * @param keys the connector's own
 * @param namespaces how keys begin that can only be the connector's
 * @param aliases other spellings
 * @param passThrough prefixes of keys for others
 * @param peers keys of other connectors
 * @param reference page that explains the keys
 */
public record Vocabulary(
    Collection<String> keys,
    List<String> namespaces,
    Aliases aliases,
    List<PassThrough> passThrough,
    PeerKeys peers,
    String reference) {

  /** Edits in a key of any length that are a slip rather than another word. */
  private static final int SLIP = 2;

  public Vocabulary {
    keys = new TreeSet<>(keys);
    namespaces = List.copyOf(namespaces);
    passThrough = List.copyOf(passThrough);
  }

  /**
   * Complains of each key that somebody must have meant for the connector, at that key.
   *
   * @see #unknown
   */
  public void check(Collection<String> given, List<Problem> problems) {
    for (String key : new TreeSet<>(given)) {
      if (!isOurs(key)) {
        peers
            .advice(key)
            .or(() -> knows(key) ? Optional.empty() : complaint(key))
            .ifPresent(hint -> problems.add(Problem.unknown(key, hint)));
      }
    }
  }

  /**
   * The keys that neither the connector nor Connect has, and of which {@link #check} does not
   * complain: perhaps the labels of some tool, so they are worth a warning and no refusal.
   */
  public List<String> unknown(Collection<String> given) {
    return new TreeSet<>(given)
        .stream()
            .filter(key -> !knows(key) && peers.advice(key).isEmpty() && complaint(key).isEmpty())
            .toList();
  }

  private boolean isOurs(String key) {
    return keys.contains(key) || aliases.spellings().containsKey(key);
  }

  private boolean knows(String key) {
    return isOurs(key)
        || ConnectKeys.has(key)
        || passThrough.stream().anyMatch(prefix -> prefix.takes(key));
  }

  private Optional<String> complaint(String key) {
    for (PassThrough prefix : passThrough) {
      if (key.startsWith(prefix.prefix())) {
        String rest = key.substring(prefix.prefix().length());
        return Optional.of(
            rest.isEmpty() || rest.equals(prefix.begin())
                ? ": a name must follow."
                : didYouMean(prefix.prefix() + prefix.begin() + rest));
      }
      if (key.startsWith(prefix.bare())) {
        return Optional.of(didYouMean(prefix.prefix() + key));
      }
    }
    boolean ours = namespaces.stream().anyMatch(key::startsWith);
    int tolerance = ours ? Math.max(SLIP, key.length() / 3) : SLIP;
    Optional<String> near =
        nearest(key, keys).filter(known -> EditDistance.between(key, known) <= tolerance);
    return near.or(() -> slip(key, ConnectKeys.NAMES))
        .map(Vocabulary::didYouMean)
        .or(
            () ->
                ours
                    ? Optional.of(". See " + reference + " for what there is.")
                    : Optional.empty());
  }

  private static Optional<String> slip(String key, Collection<String> known) {
    return nearest(key, known)
        .filter(near -> near.length() > 2 * SLIP && EditDistance.between(key, near) <= SLIP);
  }

  private static Optional<String> nearest(String key, Collection<String> known) {
    return known.stream().min(Comparator.comparingInt(near -> EditDistance.between(key, near)));
  }

  private static String didYouMean(String known) {
    return ": did you mean " + known + "?";
  }
}
