package io.tidemark.checkpoint.log;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/**
 * Where the ranges of a segment come from.
 *
 * @param behind number of the batch that the segment's session began behind, -1 for none; void once
 *     a later batch moves the frontier
 * @param origin the cluster and topics that its offsets count in
 * @param lost the parts of its ranges that Kafka had deleted before they were read, ascending
 */
public record Provenance(
    long behind, Origin origin, SortedMap<TopicPartition, List<OffsetRange>> lost) {

  /** Of a session that began with the first batch, in an unknown cluster, without losses. */
  public static final Provenance NONE =
      new Provenance(-1, Origin.UNKNOWN, new TreeMap<>(Offsets.ORDER));

  public Provenance {
    lost = Offsets.sorted(lost);
  }
}
