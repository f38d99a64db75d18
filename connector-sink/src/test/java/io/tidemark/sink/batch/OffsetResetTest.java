package io.tidemark.sink.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.checkpoint.log.Batch;
import io.tidemark.checkpoint.log.OffsetResets;
import io.tidemark.checkpoint.log.Offsets;
import io.tidemark.checkpoint.log.Origin;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class OffsetResetTest {

  private static final TopicPartition P0 = new TopicPartition("orders", 0);
  private static final Origin TOPIC_1 =
      new Origin(Optional.of("cluster-1"), new TreeMap<>(Map.of("orders", "topic-1")));
  private static final Batch OF_TOPIC_1 =
      Batch.NONE.reset(
          new OffsetResets("earlier", "test", new TreeMap<>(Offsets.ORDER)),
          TOPIC_1,
          new TreeMap<>());

  @Test
  void isVoidForAPlanThatCountsInAnotherTopicThanWasSeen() {
    assertThat(rebase("topic-1", "topic-2").isVoidFor(OF_TOPIC_1)).isFalse();
    assertThat(rebase("topic-0", "topic-1").isVoidFor(OF_TOPIC_1)).isTrue();
    assertThat(rebase("topic-0", "topic-2").isVoidFor(OF_TOPIC_1)).isTrue();
    assertThat(rebase("topic-1", "topic-2").isVoidFor(Batch.NONE)).as("nobody knows").isTrue();
  }

  @Test
  void holdsForEveryPlanWhenItReturnsToABatchThoughTheTopicIsTheSame() {
    OffsetReset back =
        new OffsetReset(
            "mine",
            "test",
            Offsets.sorted(Map.of(P0, OptionalLong.of(7))),
            TOPIC_1,
            Optional.of(new TreeMap<>()),
            new TreeMap<>());
    assertThat(back.isVoidFor(OF_TOPIC_1)).isFalse();
    assertThat(back.isDoneBy(OF_TOPIC_1)).isFalse();
    assertThat(back.isDoneBy(back.applied(OF_TOPIC_1))).isTrue();
  }

  @Test
  void forgetsTheIdOfATopicWhoseEndsAreSetUnlessItIsToldTheNewOne() {
    assertThat(set(Origin.UNKNOWN).applied(OF_TOPIC_1).continuity().origin().topicIds()).isEmpty();
    assertThat(set(topic("topic-2")).applied(OF_TOPIC_1).continuity().origin())
        .isEqualTo(topic("topic-2"));
  }

  private static OffsetReset set(Origin origin) {
    return OffsetReset.of("mine", "test", Map.of(P0, OptionalLong.of(0)), origin);
  }

  private static OffsetReset rebase(String replaced, String found) {
    return OffsetReset.rebase(
        "orders", replaced, found, Optional.empty(), Map.of(P0, OptionalLong.of(0)));
  }

  private static Origin topic(String id) {
    return new Origin(Optional.empty(), new TreeMap<>(Map.of("orders", id)));
  }
}
