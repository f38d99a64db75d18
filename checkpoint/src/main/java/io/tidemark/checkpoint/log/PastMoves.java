package io.tidemark.checkpoint.log;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.Collection;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/**
 * The last move of each topic-partition that was ever moved. The batch that moved it may have left
 * the logs long ago, while ranges on both sides of the move are still in the tables: so later plans
 * and the versions behind the move keep what became of it.
 *
 * @param ends by topic-partition
 */
public record PastMoves(SortedMap<TopicPartition, PastMove> ends) {

  /** Nothing was moved, as far as known. */
  public static final PastMoves NONE = new PastMoves(new TreeMap<>(Offsets.ORDER));

  public PastMoves {
    ends = Offsets.sorted(ends);
  }

  /** True when nothing was moved. */
  public boolean isNone() {
    return ends.isEmpty();
  }

  /** These moves, and behind them those of a batch. */
  PastMoves then(long batch, Moves moves) {
    if (moves.isNone()) {
      return this;
    }
    SortedMap<TopicPartition, PastMove> later = new TreeMap<>(ends);
    moves
        .ends()
        .forEach(
            (partition, move) ->
                later.put(partition, new PastMove(batch, moves.cause(), move.to())));
    return new PastMoves(later);
  }

  /** These moves, and of partitions that have one in both the later one. */
  public PastMoves overlaid(PastMoves others) {
    SortedMap<TopicPartition, PastMove> all = new TreeMap<>(ends);
    others.ends.forEach(
        (partition, move) -> all.merge(partition, move, (a, b) -> a.batch() > b.batch() ? a : b));
    return new PastMoves(all);
  }

  /** Those of these partitions, without the ones that somebody was told already. */
  public PastMoves of(Collection<TopicPartition> partitions, PastMoves told) {
    SortedMap<TopicPartition, PastMove> some = new TreeMap<>(ends);
    some.keySet().retainAll(partitions);
    some.entrySet().removeIf(move -> Objects.equals(told.ends.get(move.getKey()), move.getValue()));
    return new PastMoves(some);
  }

  /** As text, in the shape that plans have under {@code moved}. */
  public String text() {
    return Json.line(ContinuityJson.moved(this));
  }

  /** Reads {@link #text}; text that is none tells of no moves. */
  public static PastMoves parse(String text) {
    try {
      return ContinuityJson.moved(Json.MAPPER.readTree(text));
    } catch (JsonProcessingException | IllegalArgumentException e) {
      return NONE;
    }
  }
}
