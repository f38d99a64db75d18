package io.tidemark.sink.batch;

import io.tidemark.checkpoint.log.Batch;
import io.tidemark.checkpoint.log.Frontier;
import io.tidemark.checkpoint.log.OffsetRange;
import io.tidemark.checkpoint.log.Segment;
import io.tidemark.checkpoint.log.SegmentId;
import io.tidemark.checkpoint.log.SessionId;
import io.tidemark.checkpoint.log.SessionState;
import io.tidemark.sink.segment.Limits;
import io.tidemark.windows.close.ChainTypes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;

/**
 * Which undecided segments continue the frontier of a batch. Driver and tasks ask this same
 * question, and the answer depends on nothing but its arguments, so that a task continues what a
 * driver will accept.
 *
 * @param accepted in chain order: each one's ranges begin where the frontier or earlier ones end,
 *     and each one's session has sealed nothing before it that is not accepted
 * @param rejected of a session that is fenced, or overlaps the frontier: sealed by a zombie or by
 *     the loser of a race; or shows types that have none in common with those of the chain, which
 *     its task learns from the batch and then judges record by record; or counts in another topic
 *     of the same name; or was begun before the frontier was reset; or has a file that its table
 *     cannot take; with all that its session sealed after it
 * @param stale entries to ignore: accepted long ago, or of a session that is not registered
 * @param waiting begin past the frontier: the segments that they continue do not exist yet
 * @param frontier after the accepted ones; partitions that it would not have otherwise begin where
 *     the earliest of all these segments begins them, so that no start is forgotten
 */
public record SegmentChain(
    List<Segment> accepted,
    List<Segment> rejected,
    List<Segment> stale,
    List<Segment> waiting,
    Frontier frontier) {

  /**
   * Follows the segments as far as they reach.
   *
   * @param last the batch whose frontier they are to continue
   * @param registered the sessions that may seal, read after the segments were listed
   * @param undecided segments that no batch up to {@code last} names
   */
  public static SegmentChain follow(
      Batch last, Set<SessionId> registered, Collection<Segment> undecided) {
    return follow(last, registered, undecided, Set.of(), Limits.NONE);
  }

  /**
   * The same up to limits.
   *
   * @param unfit segments that their tables cannot take, which only a driver finds out
   * @param limits segments that reach beyond are not accepted
   */
  public static SegmentChain follow(
      Batch last,
      Set<SessionId> registered,
      Collection<Segment> undecided,
      Set<SegmentId> unfit,
      Limits limits) {
    List<Segment> rest = new ArrayList<>();
    List<Segment> rejected = new ArrayList<>();
    List<Segment> stale = new ArrayList<>();
    for (Segment segment : undecided) {
      SessionId session = segment.id().session();
      SessionState state = last.session(session);
      if (segment.id().sequence() <= state.accepted()) {
        stale.add(segment);
      } else if (state.isFenced()) {
        rejected.add(segment);
      } else if (!registered.contains(session)) {
        stale.add(segment);
      } else if (isVoid(last, segment) || unfit.contains(segment.id())) {
        rejected.add(segment);
      } else {
        rest.add(segment);
      }
    }
    Comparator<Segment> order = Comparator.comparing(Segment::id);
    rest.sort(order);
    Frontier start =
        limits.isNone()
            ? pinned(last, Stream.concat(rest.stream(), rejected.stream()))
            : last.frontier();
    List<Segment> accepted = new ArrayList<>();
    Set<SessionId> broken = new HashSet<>();
    Frontier frontier = accept(last, start, rest, accepted, broken, limits);
    breakAtGaps(last, rest, accepted, broken);
    reject(frontier, rest, rejected, broken);
    rejected.sort(order);
    stale.sort(order);
    return new SegmentChain(accepted, rejected, stale, rest, frontier);
  }

  /** Whether it was begun before the last reset, so that its offsets may be invalid now. */
  private static boolean isVoid(Batch last, Segment segment) {
    return segment.provenance().after() < last.continuity().resetBy();
  }

  /**
   * Begins each partition where the earliest segment begins it, be that accepted, rejected or left
   * waiting. Otherwise another segment could begin the partition later, and what is before it would
   * be lost.
   */
  private static Frontier pinned(Batch last, Stream<Segment> segments) {
    Map<TopicPartition, OffsetRange> pins = new HashMap<>();
    segments
        .filter(segment -> !isVoid(last, segment) || last.continuity().resetBy() == last.number())
        .forEach(
            segment -> {
              Set<TopicPartition> reset =
                  isVoid(last, segment) ? last.continuity().resets().ends().keySet() : Set.of();
              segment
                  .ranges()
                  .forEach(
                      (partition, range) -> {
                        if (range.first()
                            && last.frontier().end(partition).isEmpty()
                            && !reset.contains(partition)) {
                          pins.merge(
                              partition,
                              new OffsetRange(range.from(), range.from()),
                              (one, other) -> one.from() <= other.from() ? one : other);
                        }
                      });
            });
    return last.frontier().advance(pins);
  }

  private static Frontier accept(
      Batch last,
      Frontier start,
      List<Segment> rest,
      List<Segment> accepted,
      Set<SessionId> broken,
      Limits limits) {
    Frontier frontier = start;
    ChainTypes types = ChainTypes.after(last);
    Map<String, String> topicIds = new HashMap<>(last.continuity().origin().topicIds());
    Map<SessionId, Integer> sequences = new HashMap<>();
    boolean progress = true;
    while (progress) {
      progress = false;
      for (Iterator<Segment> segments = rest.iterator(); segments.hasNext(); ) {
        Segment segment = segments.next();
        SessionId session = segment.id().session();
        int before = sequences.getOrDefault(session, last.session(session).accepted());
        if (segment.id().sequence() == before + 1
            && continues(frontier, segment)
            && limits.hold(segment)
            && !broken.contains(session)) {
          if (!join(topicIds, segment) || !types.join(segment)) {
            broken.add(session);
            continue;
          }
          segments.remove();
          accepted.add(segment);
          sequences.put(session, segment.id().sequence());
          frontier = frontier.advance(segment.ranges());
          progress = true;
        }
      }
    }
    return frontier;
  }

  /** Adds the topic ids of a segment, unless one belongs to another topic of that name. */
  private static boolean join(Map<String, String> topicIds, Segment segment) {
    Map<String, String> ids = segment.provenance().origin().topicIds();
    for (Map.Entry<String, String> id : ids.entrySet()) {
      String known = topicIds.get(id.getKey());
      if (known != null && !known.equals(id.getValue())) {
        return false;
      }
    }
    topicIds.putAll(ids);
    return true;
  }

  /**
   * A session seals one segment after the other. If the next one is missing but a later one exists,
   * the entry of the next one was lost, and the later ones would wait forever. They are rejected,
   * so that their records are read again.
   */
  private static void breakAtGaps(
      Batch last, List<Segment> rest, List<Segment> accepted, Set<SessionId> broken) {
    Set<SegmentId> known = new HashSet<>();
    accepted.forEach(segment -> known.add(segment.id()));
    rest.forEach(segment -> known.add(segment.id()));
    for (Segment segment : rest) {
      SegmentId id = segment.id();
      if (id.sequence() > last.session(id.session()).accepted() + 1
          && !known.contains(new SegmentId(id.session(), id.sequence() - 1))) {
        broken.add(id.session());
      }
    }
  }

  /** Rejects also the later segments of a session, because they build on the rejected one. */
  private static void reject(
      Frontier frontier, List<Segment> rest, List<Segment> rejected, Set<SessionId> broken) {
    for (Segment segment : rest) {
      if (overlaps(frontier, segment)) {
        broken.add(segment.id().session());
      }
    }
    for (Iterator<Segment> segments = rest.iterator(); segments.hasNext(); ) {
      Segment segment = segments.next();
      if (broken.contains(segment.id().session())) {
        segments.remove();
        rejected.add(segment);
      }
    }
  }

  /** Invariant A: every range begins exactly where its partition ends, or is the first one. */
  private static boolean continues(Frontier frontier, Segment segment) {
    for (Map.Entry<TopicPartition, OffsetRange> range : segment.ranges().entrySet()) {
      OptionalLong end = frontier.end(range.getKey());
      if (end.isPresent()
          ? end.getAsLong() != range.getValue().from()
          : !range.getValue().first()) {
        return false;
      }
    }
    return true;
  }

  /** Whether it can never continue this frontier or a later one. */
  private static boolean overlaps(Frontier frontier, Segment segment) {
    for (Map.Entry<TopicPartition, OffsetRange> range : segment.ranges().entrySet()) {
      OptionalLong end = frontier.end(range.getKey());
      long from = range.getValue().from();
      if (end.isPresent()
          && (from < end.getAsLong() || (range.getValue().first() && from > end.getAsLong()))) {
        return true;
      }
    }
    return false;
  }
}
