package io.tidemark.connector;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Tells the keys of a connector from those of Connect, its converters, transformations and clients.
 * A key that only looks like one of the connector's is refused, because a silently ignored setting
 * would be noticed too late.
 *
 * @param keys the connector's own
 * @param namespaces prefixes of keys that can only be the connector's
 * @param aliases other spellings of keys
 * @param passThrough prefixes of keys that are passed to other components
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

  /** The number of edits up to which a key of any length counts as a typing error. */
  private static final int SLIP = 2;

  public Vocabulary {
    keys = new TreeSet<>(keys);
    namespaces = List.copyOf(namespaces);
    passThrough = List.copyOf(passThrough);
  }

  /**
   * Reports each unknown key that must be meant for the connector, at that key.
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
   * The keys that neither the connector nor Connect has and that {@link #check} does not report.
   * They may be labels of some tool, so they deserve a warning but not an error.
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
