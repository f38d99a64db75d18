package io.tidemark.checkpoint.log;

import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/**
 * The offsets that a batch reset because an operator requested it.
 *
 * @param id of the request; a request is carried out once
 * @param cause why, in one phrase for people
 * @param ends the reset of each topic-partition
 */
public record OffsetResets(String id, String cause, SortedMap<TopicPartition, Reset> ends) {

  /** No resets. */
  public static final OffsetResets NONE = new OffsetResets("", "", new TreeMap<>(Offsets.ORDER));

  /**
   * The reset of one partition.
   *
   * @param from the end offset before the reset; empty when no batch had named the partition
   * @param to the end offset after the reset; empty when the partition is forgotten and starts as
   *     if it was never read
   */
  public record Reset(OptionalLong from, OptionalLong to) {}

  public OffsetResets {
    ends = Offsets.sorted(ends);
  }

  /** True when the batch resets nothing. */
  public boolean isNone() {
    return id.isEmpty();
  }

  /** This frontier after the resets. */
  Frontier applied(Frontier frontier) {
    SortedMap<TopicPartition, Long> reset = new TreeMap<>(Offsets.ORDER);
    reset.putAll(frontier.ends());
    for (Map.Entry<TopicPartition, Reset> end : ends.entrySet()) {
      end.getValue()
          .to()
          .ifPresentOrElse(to -> reset.put(end.getKey(), to), () -> reset.remove(end.getKey()));
    }
    return new Frontier(reset);
  }
}
