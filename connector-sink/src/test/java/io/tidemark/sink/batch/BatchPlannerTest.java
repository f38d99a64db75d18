package io.tidemark.sink.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.checkpoint.log.Batch;
import io.tidemark.checkpoint.log.Frontier;
import io.tidemark.checkpoint.log.OffsetRange;
import io.tidemark.checkpoint.log.Segment;
import io.tidemark.checkpoint.log.SegmentId;
import io.tidemark.checkpoint.log.SessionId;
import io.tidemark.sink.segment.Limits;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class BatchPlannerTest {

  private static final TopicPartition P0 = new TopicPartition("orders", 0);
  private static final SessionId DEAD = new SessionId(0, 1, 0, "0000000a");

  private final BatchPlanner planner = new BatchPlanner("writer", 2);

  /**
   * A task died with two segments sealed; Spark then planned a batch that ends between them, and
   * died, too. Kafka may have dropped since what the second one holds.
   */
  @Test
  void keepsWhatAnEndedSessionHasSealedAfterTheBatchThatSparkPlanned() {
    Segment within = segment(0, new OffsetRange(0, 10, true));
    Segment beyond = segment(1, new OffsetRange(10, 15));
    Frontier end = Frontier.NONE.advance(Map.of(P0, new OffsetRange(0, 10)));
    Batch planned = next(Batch.NONE, List.of(within, beyond), new Limits(0, end));
    assertThat(planned.accepted()).containsExactly(within.id());
    assertThat(planned.session(DEAD).isFenced()).isFalse();
    Batch following = next(planned, List.of(beyond), Limits.NONE);
    assertThat(following.accepted()).containsExactly(beyond.id());
    assertThat(following.frontier().end(P0)).hasValue(15);
    assertThat(following.session(DEAD).isFenced()).as("nothing more can come").isTrue();
  }

  private Batch next(Batch committed, List<Segment> undecided, Limits limits) {
    return planner
        .next(
            committed,
            new BatchPlanner.Observed(
                Set.of(),
                undecided,
                Set.of(DEAD, new SessionId(0, 2, 0, "0000000b")),
                Set.of(DEAD),
                Set.of()),
            true,
            limits,
            0)
        .orElseThrow();
  }

  private static Segment segment(int sequence, OffsetRange range) {
    return Segment.of(new SegmentId(DEAD, sequence), 0, Map.of(P0, range), Map.of(), List.of());
  }
}
