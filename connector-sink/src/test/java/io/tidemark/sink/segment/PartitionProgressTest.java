package io.tidemark.sink.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.checkpoint.log.OffsetRange;
import java.util.List;
import java.util.OptionalLong;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class PartitionProgressTest {

  private static final TopicPartition P0 = new TopicPartition("orders", 0);

  @Test
  void sealsFromTheEndOfTheChainToTheRuntimesPosition() {
    PartitionProgress progress = new PartitionProgress(P0, 3, List.of(10L, 20L));
    progress.read(20);
    progress.read(23);
    assertThat(progress.due(OptionalLong.of(30))).hasValue(new OffsetRange(20, 30));
    assertThat(progress.due(OptionalLong.empty())).hasValue(new OffsetRange(20, 24));
  }

  @Test
  void hasNothingToSealWhereNothingReset() {
    assertThat(new PartitionProgress(P0, 3, List.of(20L)).due(OptionalLong.of(20))).isEmpty();
  }

  @Test
  void pinsTheFirstPositionOfAPartitionWithoutHistory() {
    PartitionProgress progress = new PartitionProgress(P0, 3, List.of());
    assertThat(progress.isUnpinned()).isTrue();
    assertThat(progress.due(OptionalLong.empty())).isEmpty();
    OffsetRange pin = progress.due(OptionalLong.of(5)).orElseThrow();
    assertThat(pin).isEqualTo(new OffsetRange(5, 5, true));
    progress.sealed(pin);
    assertThat(progress.isUnpinned()).isFalse();
    assertThat(progress.start()).hasValue(5);
    assertThat(progress.due(OptionalLong.of(5))).isEmpty();
  }

  @Test
  void refusesOffsetsThatRunBackwards() {
    PartitionProgress progress = new PartitionProgress(P0, 3, List.of(20L));
    assertThatThrownBy(() -> progress.read(3))
        .isInstanceOf(OffsetRegression.class)
        .hasMessageContaining("orders-0@3")
        .hasMessageContaining("20");
    assertThatThrownBy(() -> progress.due(OptionalLong.of(19)))
        .isInstanceOf(OffsetRegression.class);
  }

  @Test
  void beginsAgainAtItsFirstRecordWhereNothingElseTells() {
    PartitionProgress fresh = new PartitionProgress(P0, 3, List.of());
    fresh.beginAt(7);
    assertThat(fresh.start()).hasValue(7);
    PartitionProgress known = new PartitionProgress(P0, 3, List.of(20L));
    known.beginAt(7);
    assertThat(known.start()).hasValue(20);
  }

  @Test
  void ignoresBatchesThatItsCutsTakeAccountOf() {
    assertThat(new PartitionProgress(P0, 3, List.of(20L)).reached(3, 15)).isTrue();
  }

  @Test
  void knowsItsOwnCutsAndNoOthers() {
    PartitionProgress progress = new PartitionProgress(P0, 3, List.of(10L, 20L));
    progress.sealed(new OffsetRange(20, 30));
    assertThat(progress.reached(4, 10)).isTrue();
    assertThat(progress.reached(4, 20)).isTrue();
    assertThat(progress.reached(4, 25)).isFalse();
  }

  @Test
  void isOffTheChainWhenAnotherTaskPinnedThePartitionFirst() {
    assertThat(new PartitionProgress(P0, 3, List.of()).reached(4, 5)).isFalse();
  }
}
