package io.tidemark.command.adopt;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.command.verify.TableTrail;
import io.tidemark.delta.table.CommittedBatch;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class QueryHistoryTest {

  private static final TopicPartition P0 = new TopicPartition("orders", 0);
  private static final TopicPartition P1 = new TopicPartition("orders", 1);

  @Test
  void takesTheLastRangeOfEachPartitionAcrossTables() {
    QueryHistory history =
        new QueryHistory(
            List.of(
                trail("a", 0, 2, ours(0, "[0, 10)", "[0, 5)"), ours(2, "[10, 20)", null)),
                trail("b", 0, 3, ours(0, "[0, 10)", "[0, 5)"), ours(3, null, "[9, 12)"))));
    assertThat(history.ends())
        .containsEntry(P0, new QueryHistory.End(20, 2))
        .containsEntry(P1, new QueryHistory.End(12, 3));
    assertThat(history.doubtfulBefore()).isZero();
    assertThat(history.newest()).isEqualTo(3);
    assertThat(history.writes()).containsEntry("a", 2L).containsEntry("b", 3L);
  }

  @Test
  void takesTheLastRangeAlsoWhereOffsetsWentBack() {
    QueryHistory history =
        new QueryHistory(
            List.of(trail("a", 0, 1, ours(0, "[0, 10)", null), ours(1, "[2, 4)", null))));
    assertThat(history.ends()).containsEntry(P0, new QueryHistory.End(4, 1));
  }

  @Test
  void doubtsWhatIsOlderThanTheLogOfAnyTable() {
    QueryHistory cut =
        new QueryHistory(
            List.of(
                trail("a", 0, 2, ours(0, "[0, 10)", "[0, 5)"), ours(2, "[10, 20)", null)),
                trail("b", 17, 3, ours(3, "[20, 30)", null))));
    assertThat(cut.doubtfulBefore()).isEqualTo(3);
    assertThat(cut.ends().get(P0).batch()).isEqualTo(3);
    assertThat(cut.ends().get(P1).batch()).isLessThan(3);
  }

  @Test
  void doubtsEverythingUpToABatchWhoseVersionHasLeftTheLog() {
    QueryHistory gone =
        new QueryHistory(
            List.of(
                trail("a", 0, 2, ours(2, "[0, 20)", null)),
                new TableTrail("b", List.of(), 40, 50, OptionalLong.of(7))));
    assertThat(gone.doubtfulBefore()).isEqualTo(8);
    assertThat(gone.newest()).isEqualTo(7);
  }

  @Test
  void doubtsWhatAnotherWriterOfTheQueryDidNotTell() {
    QueryHistory sparks =
        new QueryHistory(
            List.of(
                trail(
                    "a",
                    0,
                    2,
                    ours(0, "[0, 10)", "[0, 5)"),
                    batch(1, new TreeMap<>(), Map.of()),
                    ours(2, "[15, 20)", null))));
    assertThat(sparks.doubtfulBefore()).isEqualTo(2);
  }

  private static TableTrail trail(
      String location, long earliest, long last, CommittedBatch... batches) {
    return new TableTrail(location, List.of(batches), earliest, 99, OptionalLong.of(last));
  }

  private static CommittedBatch ours(long number, String p0, String p1) {
    SortedMap<String, String> offsets = new TreeMap<>();
    if (p0 != null) {
      offsets.put(P0.toString(), p0);
    }
    if (p1 != null) {
      offsets.put(P1.toString(), p1);
    }
    return batch(number, offsets, Map.of(CommittedBatch.PLAN_TAG, "mark"));
  }

  private static CommittedBatch batch(
      long number, SortedMap<String, String> offsets, Map<String, String> tags) {
    return new CommittedBatch(number, 0, "query", number, 0, 0, 0, offsets, new TreeMap<>(tags));
  }
}
