package io.tidemark.sink.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** The lag in records, from answers that come when they come. */
class LogEndsTest {

  private static final TopicPartition P0 = new TopicPartition("orders", 0);
  private static final TopicPartition P1 = new TopicPartition("orders", 1);

  private final Deque<CompletableFuture<Map<TopicPartition, Long>>> asked = new ArrayDeque<>();
  private final LogEnds ends =
      new LogEnds(
          partitions -> {
            asked.add(new CompletableFuture<>());
            return asked.getLast();
          });

  @Test
  void isUnknownUntilKafkaAnswers() {
    ends.look(Set.of(P0), 1);
    assertThat(ends.lag(Map.of(P0, 5L), 1)).isEmpty();
    asked.getLast().complete(Map.of(P0, 12L));
    assertThat(ends.lag(Map.of(P0, 5L), 2)).isEqualTo(OptionalLong.of(7));
    assertThat(ends.lag(Map.of(P0, 20L), 2)).as("past an old answer").hasValue(0);
    assertThat(ends.lag(Map.of(P0, 5L, P1, 0L), 2)).as("of another partition").isEmpty();
  }

  @Test
  void asksEveryTenSecondsAndAtOnceForOtherPartitions() {
    ends.look(Set.of(), 0);
    assertThat(asked).as("without partitions").isEmpty();
    ends.look(Set.of(P0), 0);
    ends.look(Set.of(P0), 9_999);
    assertThat(asked).hasSize(1);
    ends.look(Set.of(P0, P1), 9_999);
    assertThat(asked).hasSize(2);
    ends.look(Set.of(P0), 19_999);
    assertThat(asked).hasSize(3);
  }

  @Test
  void isUnknownAgainWhenKafkaHasBeenSilentForAMinute() {
    ends.look(Set.of(P0), 0);
    asked.getLast().complete(Map.of(P0, 12L));
    ends.look(Set.of(P0), 30_000);
    asked.getLast().completeExceptionally(new IllegalStateException("no broker"));
    assertThat(ends.lag(Map.of(P0, 5L), 60_000)).isEqualTo(OptionalLong.of(7));
    assertThat(ends.lag(Map.of(P0, 5L), 60_001)).isEmpty();
  }

  @Test
  void aClientThatCannotBeMadeFailsNothing() {
    LogEnds broken =
        new LogEnds(
            partitions -> {
              throw new IllegalStateException("no such host");
            });
    broken.look(Set.of(P0), 0);
    assertThat(broken.lag(Map.of(P0, 5L), 0)).isEmpty();
  }
}
