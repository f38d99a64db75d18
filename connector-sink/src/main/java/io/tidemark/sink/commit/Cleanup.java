package io.tidemark.sink.commit;

import io.tidemark.checkpoint.log.Batch;
import io.tidemark.checkpoint.log.CheckpointLocation;
import io.tidemark.checkpoint.log.Segment;
import io.tidemark.checkpoint.log.SegmentId;
import io.tidemark.checkpoint.log.SessionId;
import io.tidemark.checkpoint.log.SessionState;
import io.tidemark.sink.file.DataFiles;
import io.tidemark.sink.window.Sweep;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes what a committed batch has made superfluous (invariant G). After a crash the next batch
 * names the remaining entries as settled or discarded, and they are removed after that batch.
 */
public final class Cleanup {

  private static final Logger LOG = LoggerFactory.getLogger(Cleanup.class);

  /** Old batches are removed this many at a time, so that most commits list nothing for it. */
  private static final int BATCHES_AT_ONCE = 10;

  private final CheckpointLocation checkpoint;
  private final DataFiles files;
  private final int retainedBatches;
  private final Sweep sweep;

  /** A clean-up without operators. */
  public Cleanup(CheckpointLocation checkpoint, DataFiles files, int retainedBatches) {
    this(checkpoint, files, retainedBatches, new Sweep(checkpoint, List.of(), files));
  }

  /**
   * @param retainedBatches how many committed batches the logs keep, at least 2
   * @param sweep removes what operators no longer need
   */
  public Cleanup(CheckpointLocation checkpoint, DataFiles files, int retainedBatches, Sweep sweep) {
    this.checkpoint = checkpoint;
    this.files = files;
    this.retainedBatches = retainedBatches;
    this.sweep = sweep;
  }

  /** Number of batches for which log entries and fences are kept. */
  public int retainedBatches() {
    return retainedBatches;
  }

  /**
   * Cleans up after a batch whose commit log entry exists.
   *
   * @return sessions that are not registered any more
   */
  public Set<SessionId> after(Batch committed) throws IOException {
    if (deletesData(committed) && !checkpoint.commits().isNewest(committed.number())) {
      // There are later batches. Only the newest one shows whether the files are still orphans.
      return Set.of();
    }
    for (SegmentId id : committed.rejected()) {
      discard(id);
    }
    for (SegmentId id : committed.discarded()) {
      discard(id);
    }
    if (!committed.replaced().isEmpty()) {
      // No driver carries this batch out any more. After a crash the sweep deletes them.
      files.delete("batch " + committed.number(), committed.replaced());
    }
    for (SegmentId id : committed.accepted()) {
      checkpoint.segments().delete(id);
    }
    for (SegmentId id : committed.settled()) {
      checkpoint.segments().delete(id);
    }
    Set<SessionId> forgotten = sweep(committed);
    if (committed.number() % BATCHES_AT_ONCE == 0
        && checkpoint.commits().isNewest(committed.number())) {
      long last = committed.number() - retainedBatches;
      // Plans are removed only after a sweep, because it reads from them which files a table has.
      sweep.after(committed, last);
      retire(last);
    }
    return forgotten;
  }

  private boolean deletesData(Batch committed) {
    return !committed.rejected().isEmpty()
        || !committed.discarded().isEmpty()
        || !committed.replaced().isEmpty()
        || committed.sessions().values().stream().anyMatch(state -> isSweptAfter(committed, state));
  }

  private boolean isSweptAfter(Batch committed, SessionState state) {
    return state.fencedBy() == committed.number() || isOld(committed, state);
  }

  private boolean isOld(Batch committed, SessionState state) {
    return state.isFenced() && committed.number() - state.fencedBy() >= retainedBatches;
  }

  /** Deletes the data files first: only the segment names them. */
  private void discard(SegmentId id) throws IOException {
    Optional<Segment> segment = checkpoint.segments().read(id);
    if (segment.isPresent()) {
      files.delete("segment " + id, segment.get().files());
      checkpoint.segments().delete(id);
    }
  }

  /**
   * Removes the files of fenced sessions from the tables: at once, and again when the fence is old,
   * because a zombie may have begun another file before it learned of the fence. Then the session's
   * entries are deleted.
   */
  private Set<SessionId> sweep(Batch committed) throws IOException {
    SortedMap<SessionId, SessionState> swept = new TreeMap<>(committed.sessions());
    swept.values().removeIf(state -> !isSweptAfter(committed, state));
    if (swept.isEmpty()) {
      return Set.of();
    }
    Map<SessionId, List<String>> tables = checkpoint.sessions().tables(swept.keySet());
    SortedMap<String, Map<SessionId, Integer>> sessionsByTable = new TreeMap<>();
    tables.forEach(
        (session, written) ->
            written.forEach(
                table ->
                    sessionsByTable
                        .computeIfAbsent(table, absent -> new TreeMap<>())
                        .put(session, swept.get(session).accepted())));
    for (Map.Entry<String, Map<SessionId, Integer>> table : sessionsByTable.entrySet()) {
      int deleted = files.deleteOrphans(table.getKey(), table.getValue());
      if (deleted > 0) {
        LOG.info(
            "Deleted {} data files of {} that were never committed, left by {}",
            deleted,
            table.getKey(),
            table.getValue().keySet());
      }
    }
    swept.values().removeIf(state -> !isOld(committed, state));
    for (SessionId session : swept.keySet()) {
      checkpoint.sessions().forget(session, tables.getOrDefault(session, List.of()));
    }
    return swept.keySet();
  }

  /**
   * Removes the entries up to {@code last}, oldest first and the commit of a batch before its plan,
   * so that a reader who finds a commit without its plan knows that both are being removed.
   */
  private void retire(long last) throws IOException {
    SortedSet<Long> numbers = new TreeSet<>(checkpoint.offsets().numbers());
    numbers.addAll(checkpoint.batches().numbers());
    for (long number : numbers.headSet(last + 1)) {
      checkpoint.commits().delete(number);
      checkpoint.batches().delete(number);
      checkpoint.offsets().delete(number);
    }
    for (long number : checkpoint.voids().numbers()) {
      if (number <= last) {
        checkpoint.voids().delete(number);
      }
    }
  }
}
