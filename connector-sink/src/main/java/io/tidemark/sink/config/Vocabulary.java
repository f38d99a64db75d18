package io.tidemark.sink.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Tells the keys of the sink from those of Connect, its converters, transformations and clients. A
 * key that only looks like one of the sink's is refused, because a silently ignored setting is
 * found out too late.
 */
final class Vocabulary {

  private static final List<String> NAMESPACES =
      List.of(
          "table.",
          "commit.",
          "file.",
          "writer.",
          "buffer.",
          "checkpoint.",
          "schema.",
          "metadata.",
          "behavior.",
          "parquet.",
          "max.uncommitted",
          "task.max",
          "starting.",
          "fail.on",
          "state.",
          "tidemark.");

  /** Edits in a key of any length that are a slip rather than another word. */
  private static final int SLIP = 2;

  private final Set<String> keys;

  Vocabulary(Collection<String> keys) {
    this.keys = new TreeSet<>(keys);
  }

  void check(Collection<String> given, List<Problem> problems) {
    for (String key : new TreeSet<>(given)) {
      if (!knows(key)) {
        complaint(key).ifPresent(hint -> problems.add(Problem.unknown(key, hint)));
      }
    }
  }

  private boolean knows(String key) {
    return keys.contains(key)
        || Aliases.SPARK.containsKey(key)
        || PassThrough.ALL.stream().anyMatch(prefix -> prefix.takes(key));
  }

  private Optional<String> complaint(String key) {
    for (PassThrough prefix : PassThrough.ALL) {
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
    boolean ours = NAMESPACES.stream().anyMatch(key::startsWith);
    int tolerance = ours ? Math.max(SLIP, key.length() / 3) : SLIP;
    Optional<String> near =
        nearest(key).filter(known -> EditDistance.between(key, known) <= tolerance);
    return near.map(Vocabulary::didYouMean)
        .or(
            () ->
                ours
                    ? Optional.of(". See docs/reference/sink-config.md for what there is.")
                    : Optional.empty());
  }

  private Optional<String> nearest(String key) {
    return keys.stream().min(Comparator.comparingInt(known -> EditDistance.between(key, known)));
  }

  private static String didYouMean(String known) {
    return ": did you mean " + known + "?";
  }
}
