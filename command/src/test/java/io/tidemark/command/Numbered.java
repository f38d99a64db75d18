package io.tidemark.command;

import io.tidemark.checkpoint.log.Batch;
import io.tidemark.checkpoint.log.Continuity;
import io.tidemark.checkpoint.log.DecidedSegments;
import io.tidemark.checkpoint.log.Frontier;
import io.tidemark.checkpoint.log.OffsetResets;
import io.tidemark.checkpoint.log.Offsets;
import io.tidemark.checkpoint.log.WindowStates;
import io.tidemark.checkpoint.log.WrittenTables;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** Plans after other plans. */
final class Numbered {

  private Numbered() {}

  /** The next batch, without segments, with these ends. */
  static Batch next(Batch before, Map<TopicPartition, Long> ends) {
    return new Batch(
        before.number() + 1,
        "00000000000000ff",
        before.timestampMs() + 1_000,
        DecidedSegments.NONE,
        new Frontier(Offsets.sorted(ends)),
        new WrittenTables(before.tables(), before.writes()),
        before.sessions(),
        new WindowStates(before.operators(), List.of()),
        new Continuity(
            before.continuity().origin(),
            before.continuity().lost(),
            OffsetResets.NONE,
            before.continuity().resetBy(),
            before.lastResets()));
  }
}
