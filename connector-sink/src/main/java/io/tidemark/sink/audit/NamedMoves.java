package io.tidemark.sink.audit;

import io.tidemark.checkpoint.log.PastMoves;
import java.util.Map;

/**
 * The moves of a batch's topic-partitions as a table version names them, in a tag of its {@code
 * commitInfo}: why a range does not begin where the one before ended is then known for as long as
 * both versions are.
 */
public final class NamedMoves {

  private static final String TAG = "tidemark.moved";

  private NamedMoves() {}

  /** The tags that tell of these moves; none when there are none. */
  public static Map<String, String> tags(PastMoves moves) {
    return moves.isNone() ? Map.of() : Map.of(TAG, moves.text());
  }

  /** The moves that tags tell of. */
  public static PastMoves parse(Map<String, String> tags) {
    String text = tags.get(TAG);
    return text == null ? PastMoves.NONE : PastMoves.parse(text);
  }
}
