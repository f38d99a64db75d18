package io.tidemark.sink.audit;

import io.tidemark.checkpoint.log.PastResets;
import java.util.Map;

/**
 * The resets of a batch's topic-partitions as a table version names them, in a tag of its {@code
 * commitInfo}: why a range does not begin where the previous one ended is then known for as long as
 * both versions are.
 */
public final class NamedResets {

  private static final String TAG = "tidemark.reset";

  private NamedResets() {}

  /** The tags that name these resets; none when there are no resets. */
  public static Map<String, String> tags(PastResets resets) {
    return resets.isNone() ? Map.of() : Map.of(TAG, resets.text());
  }

  /** The resets that the tags name. */
  public static PastResets parse(Map<String, String> tags) {
    String text = tags.get(TAG);
    return text == null ? PastResets.NONE : PastResets.parse(text);
  }
}
