package io.tidemark.checkpoint.log;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/**
 * How the ends of a batch continue those of the previous batch.
 *
 * @param origin the cluster and topics that the offsets belong to
 * @param lost the offsets of this batch that Kafka had deleted before they were read
 * @param resets end offsets that were reset instead of reached
 * @param resetBy number of the last batch with resets, -1 for none; no segment of a session that
 *     began before it is accepted
 * @param pastResets the last reset of each topic-partition by an earlier batch
 */
public record Continuity(
    Origin origin,
    SortedMap<TopicPartition, List<OffsetRange>> lost,
    OffsetResets resets,
    long resetBy,
    PastResets pastResets) {

  /** Before the first batch. */
  public static final Continuity NONE =
      new Continuity(
          Origin.UNKNOWN, new TreeMap<>(Offsets.ORDER), OffsetResets.NONE, -1, PastResets.NONE);

  public Continuity {
    lost = Offsets.sorted(lost);
  }
}
