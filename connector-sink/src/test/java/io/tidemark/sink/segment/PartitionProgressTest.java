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

  /** For the metric of how old the records are that no table has. */
  @Test
  void knowsTheOldestRecordThatIsInNoBatch() {
    PartitionProgress progress = new PartitionProgress(P0, 3, List.of(20L));
    assertThat(progress.oldestMs()).as("nothing was read").isEmpty();
    progress.seen(null);
    assertThat(progress.oldestMs()).as("a record without timestamp").isEmpty();
    read(progress, 20, 1_000);
    read(progress, 21, 500);
    assertThat(progress.oldestMs()).as("the first of the segment").hasValue(1_000);
    progress.sealed(new OffsetRange(20, 22));
    read(progress, 22, 2_000);
    assertThat(progress.oldestMs()).as("a sealed record is in no table yet").hasValue(1_000);
    progress.reached(4, 20);
    assertThat(progress.oldestMs()).as("after a batch of others").hasValue(1_000);
    progress.reached(5, 22);
    assertThat(progress.oldestMs()).as("the segment is committed").hasValue(2_000);
    progress.sealed(new OffsetRange(22, 23));
    progress.reached(6, 23);
    assertThat(progress.oldestMs()).as("all is committed").isEmpty();
  }

  private static void read(PartitionProgress progress, long offset, long timestampMs) {
    progress.seen(timestampMs);
    progress.read(offset);
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
