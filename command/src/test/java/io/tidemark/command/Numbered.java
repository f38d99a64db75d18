package io.tidemark.command;

import io.tidemark.checkpoint.log.Batch;
import io.tidemark.checkpoint.log.Continuity;
import io.tidemark.checkpoint.log.Frontier;
import io.tidemark.checkpoint.log.Moves;
import io.tidemark.checkpoint.log.Offsets;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** Plans behind other plans. */
final class Numbered {

  private Numbered() {}

  /** The next batch, without segments, with these ends. */
  static Batch next(Batch before, Map<TopicPartition, Long> ends) {
    return new Batch(
        before.number() + 1,
        "00000000000000ff",
        before.timestampMs() + 1_000,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        new Frontier(Offsets.sorted(ends)),
        before.tables(),
        before.sessions(),
        before.operators(),
        List.of(),
        before.writes(),
        new Continuity(
            before.continuity().origin(),
            before.continuity().lost(),
            Moves.NONE,
            before.continuity().movedBy(),
            before.lastMoves()));
  }
}
