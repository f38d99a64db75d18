package io.tidemark.sink.batch;

import io.tidemark.checkpoint.log.Frontier;
import io.tidemark.checkpoint.log.OffsetRange;
import io.tidemark.checkpoint.log.Segment;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.common.TopicPartition;

/**
 * Which undecided segments continue a frontier. Driver and tasks ask this same question, and the
 * answer depends on nothing but its arguments, so that a task continues what a driver will accept.
 *
 * @param accepted in chain order: each one's ranges begin where the frontier or earlier ones end
 * @param rejected overlap the frontier: sealed by a zombie or by the loser of a race
 * @param waiting begin beyond the frontier: what they continue is not there yet
 * @param frontier after the accepted ones
 */
public record SegmentChain(
    List<Segment> accepted, List<Segment> rejected, List<Segment> waiting, Frontier frontier) {

  /** Follows the segments from a frontier, as far as they reach. */
  public static SegmentChain follow(Frontier start, Collection<Segment> undecided) {
    List<Segment> rest = new ArrayList<>(undecided);
    rest.sort(Comparator.comparing(Segment::id));
    List<Segment> accepted = new ArrayList<>();
    Frontier frontier = start;
    boolean progress = true;
    while (progress) {
      progress = false;
      for (Iterator<Segment> segments = rest.iterator(); segments.hasNext(); ) {
        Segment segment = segments.next();
        if (continues(frontier, segment)) {
          segments.remove();
          accepted.add(segment);
          frontier = frontier.advance(segment.ranges());
          progress = true;
        }
      }
    }
    List<Segment> rejected = new ArrayList<>();
    for (Iterator<Segment> segments = rest.iterator(); segments.hasNext(); ) {
      Segment segment = segments.next();
      if (overlaps(frontier, segment)) {
        segments.remove();
        rejected.add(segment);
      }
    }
    return new SegmentChain(accepted, rejected, rest, frontier);
  }

  /** Invariant A: every range begins exactly where its partition ends, or is the first one. */
  private static boolean continues(Frontier frontier, Segment segment) {
    for (Map.Entry<TopicPartition, OffsetRange> range : segment.ranges().entrySet()) {
      OptionalLong end = frontier.end(range.getKey());
      if (end.isPresent() && end.getAsLong() != range.getValue().from()) {
        return false;
      }
    }
    return true;
  }

  private static boolean overlaps(Frontier frontier, Segment segment) {
    for (Map.Entry<TopicPartition, OffsetRange> range : segment.ranges().entrySet()) {
      OptionalLong end = frontier.end(range.getKey());
      if (end.isPresent() && range.getValue().from() < end.getAsLong()) {
        return true;
      }
    }
    return false;
  }
}
