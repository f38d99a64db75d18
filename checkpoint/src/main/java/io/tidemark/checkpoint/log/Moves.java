package io.tidemark.checkpoint.log;

import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/**
 * What a batch has done to the frontier beside its segments, since somebody asked for it.
 *
 * @param id of the request; the same one is carried out once
 * @param cause for people, one phrase
 * @param ends what became of each topic-partition
 */
public record Moves(String id, String cause, SortedMap<TopicPartition, Move> ends) {

  /** Of every other batch. */
  public static final Moves NONE = new Moves("", "", new TreeMap<>(Offsets.ORDER));

  /**
   * The end of a partition.
   *
   * @param from the end before; empty when no batch had named it
   * @param to the end after; empty when it is forgotten, and starts as one that was never read
   */
  public record Move(OptionalLong from, OptionalLong to) {}

  public Moves {
    ends = Offsets.sorted(ends);
  }

  /** True when the batch moves nothing. */
  public boolean isNone() {
    return id.isEmpty();
  }

  /** This frontier after the moves. */
  Frontier applied(Frontier frontier) {
    SortedMap<TopicPartition, Long> moved = new TreeMap<>(Offsets.ORDER);
    moved.putAll(frontier.ends());
    for (Map.Entry<TopicPartition, Move> end : ends.entrySet()) {
      end.getValue()
          .to()
          .ifPresentOrElse(to -> moved.put(end.getKey(), to), () -> moved.remove(end.getKey()));
    }
    return new Frontier(moved);
  }
}
