package io.tidemark.sink.batch;

import io.tidemark.checkpoint.log.Batch;
import io.tidemark.checkpoint.log.Segment;
import io.tidemark.checkpoint.log.SegmentId;
import io.tidemark.sink.segment.ProtocolErrors;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Decides what the next batch is. */
public final class BatchPlanner {

  private BatchPlanner() {}

  /**
   * Plans the batch after {@code committed}. A batch that only rejects is a batch too: a task
   * learns from it that its chain is broken.
   *
   * @param committed the last committed batch, {@link Batch#NONE} before the first
   * @param listed every id in the segment log, read after {@code committed} was known
   * @param undecided the segments that {@code committed} has not decided about
   * @param writer random hex of the driver
   * @return empty when there is nothing to decide
   */
  public static Optional<Batch> next(
      Batch committed,
      Set<SegmentId> listed,
      Collection<Segment> undecided,
      String writer,
      long nowMs) {
    SegmentChain chain = SegmentChain.follow(committed.frontier(), undecided);
    if (chain.accepted().isEmpty() && chain.rejected().isEmpty()) {
      return Optional.empty();
    }
    long number = committed.number() + 1;
    return Optional.of(
        new Batch(
            number,
            writer,
            nowMs,
            ids(chain.accepted()),
            ids(chain.rejected()),
            stillListed(committed.accepted(), committed.settled(), listed),
            stillListed(committed.rejected(), committed.discarded(), listed),
            chain.frontier(),
            tables(number, committed.tables(), chain.accepted())));
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
                  throw ProtocolErrors.tableRecreated(location, before, id, number);
                }
              });
    }
    return tables;
  }
}
