package io.tidemark.sink.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.checkpoint.log.Batch;
import io.tidemark.checkpoint.log.DecidedSegments;
import io.tidemark.checkpoint.log.Frontier;
import io.tidemark.checkpoint.log.OffsetRange;
import io.tidemark.checkpoint.log.Offsets;
import io.tidemark.checkpoint.log.Segment;
import io.tidemark.checkpoint.log.SessionId;
import io.tidemark.sink.segment.Limits;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class ResumePlanTest {

  private static final TopicPartition P0 = new TopicPartition("orders", 0);
  private static final TopicPartition P1 = new TopicPartition("orders", 1);
  private static final SessionId SESSION = new SessionId(0, 1, 0, "000000aa");

  /** Otherwise the task could begin it later, and lose what is before. */
  @Test
  void beginsAPartitionWhereASegmentBeginsItThatStillWaits() {
    Segment waiting =
        Segment.of(
            SESSION.firstSegment(),
            0,
            Map.of(P0, new OffsetRange(20, 30), P1, new OffsetRange(3, 7, true)),
            Map.of(),
            List.of());
    Batch committed =
        new Batch(
            8,
            "",
            0,
            DecidedSegments.NONE,
            new Frontier(Offsets.sorted(Map.of(P0, 10L))),
            new TreeMap<>(),
            new TreeMap<>());
    ResumePlan plan =
        ResumePlan.of(
            new Recovery.Position(committed, Optional.empty(), Limits.NONE),
            new TreeSet<>(Set.of(SESSION)),
            List.of(waiting));
    assertThat(plan.cutsOf(P0)).containsExactly(10L);
    assertThat(plan.cutsOf(P1)).containsExactly(3L);
  }
}
