package io.tidemark.sink.batch;

import io.tidemark.checkpoint.log.Batch;
import io.tidemark.checkpoint.log.Continuity;
import io.tidemark.checkpoint.log.DecidedSegments;
import io.tidemark.checkpoint.log.OffsetRange;
import io.tidemark.checkpoint.log.OffsetResets;
import io.tidemark.checkpoint.log.Offsets;
import io.tidemark.checkpoint.log.Origin;
import io.tidemark.checkpoint.log.Segment;
import io.tidemark.checkpoint.log.SegmentId;
import io.tidemark.checkpoint.log.SessionId;
import io.tidemark.checkpoint.log.SessionState;
import io.tidemark.checkpoint.log.WindowStates;
import io.tidemark.checkpoint.log.WrittenTables;
import io.tidemark.sink.segment.Limits;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/** Decides what the next batch is. */
public final class BatchPlanner {

  private final String writer;
  private final int retainedBatches;

  /**
   * @param writer random hex of the driver
   * @param retainedBatches for how many batches a fenced session is remembered
   */
  public BatchPlanner(String writer, int retainedBatches) {
    this.writer = writer;
    this.retainedBatches = retainedBatches;
  }

  /**
   * What a driver sees of the tasks' work.
   *
   * @param listed every id in the segment log, read after the committed batch was known
   * @param undecided those segments that no batch has named
   * @param registered the sessions, read after the segments were listed
   * @param over sessions that were known to be over before the segments were listed
   * @param unfit segments that their tables cannot take
   */
  public record Observed(
      Set<SegmentId> listed,
      Collection<Segment> undecided,
      Set<SessionId> registered,
      Set<SessionId> over,
      Set<SegmentId> unfit) {}

  /**
   * Plans the batch after {@code committed}. A batch that only rejects or fences is a batch too: a
   * task learns from it that its chain is broken.
   *
   * @param committed the last committed batch, {@link Batch#NONE} before the first
   * @param due whether there is something to decide though tasks have sealed nothing
   * @param limits where the batch has to end, if Spark has planned it
   * @return empty when there is nothing to decide
   */
  public Optional<Batch> next(
      Batch committed, Observed sight, boolean due, Limits limits, long nowMs) {
    SegmentChain chain =
        SegmentChain.follow(
            committed, sight.registered(), sight.undecided(), sight.unfit(), limits);
    if (!limits.isNone() && !chain.frontier().equals(limits.ends())) {
      return Optional.empty();
    }
    long number = committed.number() + 1;
    SortedMap<SessionId, SessionState> sessions = sessions(number, committed, chain, sight);
    if (!due
        && limits.isNone()
        && chain.accepted().isEmpty()
        && chain.rejected().isEmpty()
        && chain.stale().isEmpty()
        && sessions.values().stream().noneMatch(state -> state.fencedBy() == number)) {
      return Optional.empty();
    }
    List<SegmentId> settled =
        stillListed(committed.accepted(), committed.settled(), sight.listed());
    chain.stale().stream()
        .map(Segment::id)
        .filter(id -> !settled.contains(id))
        .forEach(settled::add);
    return Optional.of(
        new Batch(
            number,
            writer,
            nowMs,
            new DecidedSegments(
                ids(chain.accepted()),
                ids(chain.rejected()),
                settled,
                stillListed(committed.rejected(), committed.discarded(), sight.listed())),
            chain.frontier(),
            new WrittenTables(
                tables(number, committed.tables(), chain.accepted()),
                writes(number, committed.writes(), chain.accepted())),
            sessions,
            new WindowStates(committed.operators(), List.of()),
            continuity(committed, chain.accepted())));
  }

  private static SortedMap<String, Long> writes(
      long number, Map<String, Long> before, List<Segment> accepted) {
    SortedMap<String, Long> writes = new TreeMap<>(before);
    for (Segment segment : accepted) {
      segment.files().forEach(file -> writes.put(file.table(), number));
    }
    return writes;
  }

  private static Continuity continuity(Batch committed, List<Segment> accepted) {
    Continuity before = committed.continuity();
    Origin origin = before.origin();
    SortedMap<TopicPartition, List<OffsetRange>> lost = new TreeMap<>(Offsets.ORDER);
    for (Segment segment : accepted) {
      origin = origin.overlaid(segment.provenance().origin());
      segment
          .provenance()
          .lost()
          .forEach(
              (partition, ranges) ->
                  lost.computeIfAbsent(partition, any -> new ArrayList<>()).addAll(ranges));
    }
    return new Continuity(
        origin, lost, OffsetResets.NONE, before.resetBy(), committed.lastResets());
  }

  private SortedMap<SessionId, SessionState> sessions(
      long number, Batch committed, SegmentChain chain, Observed sight) {
    SortedMap<SessionId, SessionState> sessions = new TreeMap<>(committed.sessions());
    // One that is registered still must stay fenced: its orphans may be gone already.
    sessions
        .entrySet()
        .removeIf(
            session ->
                session.getValue().isFenced()
                    && number - session.getValue().fencedBy() > retainedBatches
                    && !sight.registered().contains(session.getKey()));
    for (Segment segment : chain.accepted()) {
      sessions.merge(
          segment.id().session(),
          SessionState.NEW.accepting(segment.id().sequence()),
          (before, after) -> before.accepting(after.accepted()));
    }
    Set<SessionId> fenced = new HashSet<>(sight.over());
    fenced.retainAll(sight.registered());
    chain.waiting().forEach(segment -> fenced.remove(segment.id().session()));
    chain.rejected().forEach(segment -> fenced.add(segment.id().session()));
    for (SessionId session : fenced) {
      sessions.put(session, sessions.getOrDefault(session, SessionState.NEW).fenced(number));
    }
    return sessions;
  }

  /**
   * The sessions that are over: a later one of their task is there, or the connector has no such
   * task any more. An error here costs time, not records: a session that was fenced starts over.
   */
  public static Set<SessionId> over(Set<SessionId> registered, int tasks) {
    Set<SessionId> over = new HashSet<>();
    for (SessionId session : registered) {
      if (session.task() >= tasks || registered.stream().anyMatch(session::isSupersededBy)) {
        over.add(session);
      }
    }
    return over;
  }

  private static List<SegmentId> ids(List<Segment> segments) {
    return segments.stream().map(Segment::id).toList();
  }

  private static List<SegmentId> stillListed(
      List<SegmentId> newer, List<SegmentId> older, Set<SegmentId> listed) {
    List<SegmentId> ids = new ArrayList<>(newer);
    ids.addAll(older);
    ids.retainAll(listed);
    return ids;
  }

  private static SortedMap<String, String> tables(
      long number, Map<String, String> known, List<Segment> accepted) {
    SortedMap<String, String> tables = new TreeMap<>(known);
    for (Segment segment : accepted) {
      segment
          .tables()
          .forEach(
              (location, id) -> {
                String before = tables.putIfAbsent(location, id);
                if (before != null && !before.equals(id)) {
                  throw TableErrors.recreated(location, before, id, number);
                }
              });
    }
    return tables;
  }
}
