package io.tidemark.checkpoint.log;

import java.util.List;
import java.util.stream.Stream;

/**
 * What a batch decides about segments.
 *
 * @param accepted segments of the batch, in chain order
 * @param rejected segments that overlap the frontier: their files belong to no table version
 * @param settled segments decided by earlier batches whose entries may still be in {@code
 *     segments/}; the entries are deleted, the data files stay
 * @param discarded rejected segments of earlier batches that may still be there; they are deleted
 *     with their data files
 */
public record DecidedSegments(
    List<SegmentId> accepted,
    List<SegmentId> rejected,
    List<SegmentId> settled,
    List<SegmentId> discarded) {

  /** Nothing. */
  public static final DecidedSegments NONE = taking(List.of());

  public DecidedSegments {
    accepted = List.copyOf(accepted);
    rejected = List.copyOf(rejected);
    settled = List.copyOf(settled);
    discarded = List.copyOf(discarded);
  }

  /** Accepts these segments; there are no others. */
  public static DecidedSegments taking(List<SegmentId> accepted) {
    return new DecidedSegments(accepted, List.of(), List.of(), List.of());
  }

  /** The decisions of a later batch that has no segments. */
  DecidedSegments followed() {
    return new DecidedSegments(
        List.of(),
        List.of(),
        Stream.concat(accepted.stream(), settled.stream()).toList(),
        Stream.concat(rejected.stream(), discarded.stream()).toList());
  }
}
