package io.tidemark.source.read;

import io.tidemark.delta.read.ReadableTable;
import io.tidemark.source.offset.CommitMark;
import java.io.IOException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The commits that a reader's positions come after, and what the table has in their places. Asked
 * after each reading of the log and before anything of it is returned, since a table may be put
 * back and written to again at any time.
 */
final class Marks {

  /** More than there are shards, each of which may be after another commit. */
  private static final int MOST_CONFIRMED = 300;

  private final Map<Long, Optional<CommitMark>> now = new HashMap<>();
  private final TreeMap<Long, CommitMark> confirmed = new TreeMap<>();
  private ReadableTable table;

  /** Begins a look at the table: what was seen before is asked again. */
  void look(ReadableTable as) {
    table = as;
    now.clear();
  }

  /** The commit of a version as of this look; empty when the log has it no more. */
  Optional<CommitMark> at(long version) throws IOException {
    Optional<CommitMark> known = now.get(version);
    if (known == null) {
      known = table.mark(version).map(text -> new CommitMark(version, text));
      now.put(version, known);
    }
    return known;
  }

  void confirmed(CommitMark mark) {
    confirmed.put(mark.version(), mark);
    Iterator<Long> oldest = confirmed.keySet().iterator();
    while (confirmed.size() > MOST_CONFIRMED) {
      oldest.next();
      oldest.remove();
    }
  }

  /** Whether it was there while this reader read: log clean-up may remove it then. */
  boolean isConfirmed(CommitMark mark) {
    return mark.equals(confirmed.get(mark.version()));
  }

  /** The last commit below a version that this reader has read and that is still there. */
  Optional<CommitMark> lastCommon(long version) throws IOException {
    for (CommitMark mark : confirmed.headMap(version, false).descendingMap().values()) {
      if (at(mark.version()).filter(mark::equals).isPresent()) {
        return Optional.of(mark);
      }
    }
    return Optional.empty();
  }

  /**
   * Whether commits are still there, by a look of its own.
   *
   * @throws OtherHistoryException when one is not
   */
  void confirm(ReadableTable of, Set<CommitMark> marks) throws IOException {
    for (CommitMark mark : marks) {
      Optional<String> text = mark.isNone() ? Optional.empty() : of.mark(mark.version());
      boolean cleaned = text.isEmpty() && isConfirmed(mark) && of.earliestCommit() > mark.version();
      if (!cleaned && !text.equals(Optional.of(mark.text()))) {
        throw new OtherHistoryException(of.location(), mark.version());
      }
      confirmed(mark);
    }
  }
}
