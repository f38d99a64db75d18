package io.tidemark.sink.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.checkpoint.log.Frontier;
import io.tidemark.checkpoint.log.Offsets;
import io.tidemark.sink.fake.FakeBroker;
import io.tidemark.sink.segment.Limits;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** How a task gets to the end of a batch that Spark planned when no record is there. */
class BatchTailTest {

  private static final TopicPartition P0 = new TopicPartition("orders", 0);
  private static final TopicPartition P1 = new TopicPartition("orders", 1);
  private static final Limits LIMITS =
      new Limits(4, new Frontier(Offsets.sorted(Map.of(P0, 20L, P1, 20L))));

  private final FakeBroker broker = new FakeBroker().with(P0, 0, 30).with(P1, 0, 30);
  private final BatchTail tail = new BatchTail(broker);

  @Test
  void passesWhatHasNoRecordAndNothingElse() {
    broker.markers.put(P0, Set.of(18L, 19L));
    broker.markers.put(P1, Set.of(19L));
    Map<TopicPartition, Long> positions = Map.of(P0, 18L, P1, 18L);
    assertThat(tail.passed(positions, LIMITS, 0)).isEqualTo(Map.of(P0, 20L, P1, 18L));
  }

  @Test
  void asksNothingWhereNothingIsLeft() {
    Map<TopicPartition, Long> positions = Map.of(P0, 20L, P1, 20L);
    assertThat(tail.passed(positions, LIMITS, 0)).isEqualTo(positions);
    assertThat(tail.passed(Map.of(P0, 3L), Limits.NONE, 0)).isEqualTo(Map.of(P0, 3L));
    assertThat(broker.questions).isZero();
  }

  @Test
  void asksOnceInAWhileAndLessOftenWhereKafkaGivesNoAnswer() {
    broker.markers.put(P0, Set.of(19L));
    Map<TopicPartition, Long> positions = Map.of(P0, 19L);
    broker.silent = true;
    assertThat(tail.passed(positions, LIMITS, 0)).isEqualTo(positions);
    broker.silent = false;
    assertThat(tail.passed(positions, LIMITS, 29_000)).isEqualTo(positions);
    assertThat(tail.passed(positions, LIMITS, 30_000)).isEqualTo(Map.of(P0, 20L));
  }

  @Test
  void asksAboutRecordsThatAreLeftOnceInAWhile() {
    Map<TopicPartition, Long> positions = Map.of(P0, 10L);
    assertThat(tail.passed(positions, LIMITS, 0)).isEqualTo(positions);
    assertThat(tail.passed(positions, LIMITS, 4_999)).isEqualTo(positions);
    assertThat(broker.questions).isEqualTo(1);
    assertThat(tail.passed(positions, LIMITS, 5_000)).isEqualTo(positions);
    assertThat(broker.questions).isEqualTo(2);
  }

  /** Connect's position stays where it is, and the segments do not. */
  @Test
  void keepsInMindWhatIsPassedUntilThePartitionIsOpenedAgain() {
    broker.markers.put(P0, Set.of(19L));
    Map<TopicPartition, Long> positions = Map.of(P0, 19L);
    assertThat(tail.passed(positions, LIMITS, 0)).isEqualTo(Map.of(P0, 20L));
    broker.silent = true;
    assertThat(tail.passed(positions, LIMITS, 1_000)).isEqualTo(Map.of(P0, 20L));
    assertThat(tail.passed(positions, LIMITS, 60_000)).isEqualTo(Map.of(P0, 20L));
    assertThat(tail.passed(Map.of(P0, 12L), LIMITS, 60_000)).isEqualTo(Map.of(P0, 12L));
    assertThat(broker.questions).isEqualTo(2);
    tail.forget(List.of(P0));
    assertThat(tail.passed(positions, LIMITS, 90_000)).isEqualTo(positions);
  }
}
