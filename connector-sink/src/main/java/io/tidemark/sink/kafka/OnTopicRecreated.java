package io.tidemark.sink.kafka;

import java.util.Locale;

/** What a task does about a topic that was deleted and created again. */
public enum OnTopicRecreated {
  /** Fails, and names the command that continues. */
  FAIL,

  /** Continues with the new one, unless it lies in another cluster and may be a copy. */
  REBASE,

  /** Continues with the new one, in whatever cluster. */
  REBASE_ACROSS_CLUSTERS;

  /** As the configuration says it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** What the configuration means by a word. */
  public static OnTopicRecreated of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  /** Whether a task may continue by itself. */
  public boolean rebases() {
    return this != FAIL;
  }
}
