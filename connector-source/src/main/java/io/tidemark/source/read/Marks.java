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
 * The commits that a reader's positions come after, and the table's current commits of these
 * versions. They are compared after each reading of the log and before any of it is returned,
 * because a table may be restored and written to again at any time.
 */
final class Marks {

  /** More than the number of shards, because each may be after a different commit. */
  private static final int MOST_CONFIRMED = 300;

  private final Map<Long, Optional<CommitMark>> now = new HashMap<>();
  private final TreeMap<Long, CommitMark> confirmed = new TreeMap<>();
  private ReadableTable table;

  /** Begins a new check of the table and forgets the results of the previous one. */
  void look(ReadableTable as) {
    table = as;
    now.clear();
  }

  /** The commit of a version as of this check; empty when the log no longer has it. */
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

  /**
   * Whether the commit was present while this reader was running: log clean-up may have removed it
   * since.
   */
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
   * Checks again whether commits are still there.
   *
   * @throws OtherHistoryException when one is missing or has been replaced
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
