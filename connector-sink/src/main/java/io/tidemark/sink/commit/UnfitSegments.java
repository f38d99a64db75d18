package io.tidemark.sink.commit;

import io.tidemark.checkpoint.log.Segment;
import io.tidemark.checkpoint.log.SegmentId;
import java.util.Collection;
import java.util.Collections;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Segments with a file that cannot become part of its table, and why. */
public final class UnfitSegments {

  private final SortedMap<SegmentId, Segment> segments = new TreeMap<>();
  private final SortedMap<SegmentId, String> reasons = new TreeMap<>();

  void add(Segment segment, String why) {
    segments.put(segment.id(), segment);
    reasons.put(segment.id(), why);
  }

  /** Whether every segment fits. */
  public boolean isEmpty() {
    return segments.isEmpty();
  }

  /** Their ids. */
  public Set<SegmentId> ids() {
    return Collections.unmodifiableSet(segments.keySet());
  }

  Collection<Segment> segments() {
    return segments.values();
  }

  /** Why a segment does not fit, as a sentence. */
  String why(SegmentId id) {
    return reasons.get(id);
  }
}
