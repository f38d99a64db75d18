package io.tidemark.checkpoint.log;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/**
 * How the ends of a batch continue those of the batch before.
 *
 * @param origin the cluster and topics that the offsets count in
 * @param lost what Kafka had deleted before it was read, among the offsets that this batch passes
 * @param moves ends that were set, not reached
 * @param movedBy number of the last batch with moves, -1 for none: of sessions that began behind an
 *     earlier one nothing is accepted
 * @param moved ends that earlier batches set, the last time for each topic-partition
 */
public record Continuity(
    Origin origin,
    SortedMap<TopicPartition, List<OffsetRange>> lost,
    Moves moves,
    long movedBy,
    PastMoves moved) {

  /** Before the first batch. */
  public static final Continuity NONE =
      new Continuity(Origin.UNKNOWN, new TreeMap<>(Offsets.ORDER), Moves.NONE, -1, PastMoves.NONE);

  public Continuity {
    lost = Offsets.sorted(lost);
  }
}
