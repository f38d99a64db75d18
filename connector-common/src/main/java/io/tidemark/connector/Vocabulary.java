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
 * @param foreign keys of Connect that begin or look like the connector's
 * @param aliases other spellings
 * @param passThrough prefixes of keys for others
 * @param reference page that explains the keys
 */
public record Vocabulary(
    Collection<String> keys,
    List<String> namespaces,
    List<String> foreign,
    Aliases aliases,
    List<PassThrough> passThrough,
    String reference) {

  /** Edits in a key of any length that are a slip rather than another word. */
  private static final int SLIP = 2;

  public Vocabulary {
    keys = new TreeSet<>(keys);
    namespaces = List.copyOf(namespaces);
    foreign = List.copyOf(foreign);
    passThrough = List.copyOf(passThrough);
  }

  /** Complains of each unknown key, at that key. */
  public void check(Collection<String> given, List<Problem> problems) {
    for (String key : new TreeSet<>(given)) {
      if (!knows(key)) {
        complaint(key).ifPresent(hint -> problems.add(Problem.unknown(key, hint)));
      }
    }
  }

  private boolean knows(String key) {
    return keys.contains(key)
        || foreign.contains(key)
        || aliases.spellings().containsKey(key)
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
        nearest(key).filter(known -> EditDistance.between(key, known) <= tolerance);
    return near.map(Vocabulary::didYouMean)
        .or(
            () ->
                ours
                    ? Optional.of(". See " + reference + " for what there is.")
                    : Optional.empty());
  }

  private Optional<String> nearest(String key) {
    return keys.stream().min(Comparator.comparingInt(known -> EditDistance.between(key, known)));
  }

  private static String didYouMean(String known) {
    return ": did you mean " + known + "?";
  }
}
