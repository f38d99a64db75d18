package io.tidemark.checkpoint.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** Whose a batch is: an entry with our mark is ours or damaged, never Spark's. */
class BatchOwnerTest {

  private static final TopicPartition P0 = new TopicPartition("orders", 0);

  private final MapStorage storage = new MapStorage();
  private final CheckpointLocation checkpoint = new CheckpointLocation(storage);

  @Test
  void isOursWithAPlanThatItsEntryFollowsFrom() throws IOException {
    Batch plan = ours(7, 10);
    assertThat(checkpoint.owner(7)).isInstanceOf(BatchOwner.Connector.class);
    assertThat(checkpoint.plan(7)).contains(plan);
    assertThat(checkpoint.owner(8)).isInstanceOf(BatchOwner.Nobody.class);
  }

  @Test
  void isSparksWithoutAMarkUnlessAPlanOfOursEndsThere() throws IOException {
    spark(3, 10);
    assertThat(checkpoint.owner(3)).isInstanceOf(BatchOwner.Spark.class);
    checkpoint.batches().create(3, plan(3, 9));
    assertThat(checkpoint.owner(3)).as("the plan is void").isInstanceOf(BatchOwner.Spark.class);
    storage.files.remove("batches/3");
    checkpoint.batches().create(3, plan(3, 10));
    assertThat(checkpoint.owner(3)).isInstanceOf(BatchOwner.Connector.class);
  }

  /** Taken for Spark's, what the connector has decided since batch 6 would be forgotten. */
  @Test
  void isNobodysToTakeWhenAPlanOfOursIsMissing() throws IOException {
    ours(6, 8);
    ours(7, 10);
    storage.files.remove("batches/7");
    assertThatThrownBy(() -> checkpoint.owner(7))
        .hasMessageContaining("TM-303")
        .hasMessageContaining("batches/7");
    spark(8, 12);
    commit(8);
    assertThatThrownBy(() -> checkpoint.committedBatch(8))
        .as("nor after a batch of Spark's")
        .hasMessageContaining("TM-303")
        .hasMessageContaining("batches/7");
  }

  @Test
  void isBeingRemovedWhenItsCommitWentFirst() throws IOException {
    ours(7, 10);
    storage.files.remove("commits/7");
    storage.files.remove("batches/7");
    commit(9);
    assertThat(checkpoint.owner(7)).isInstanceOf(BatchOwner.Nobody.class);
  }

  /** A reader that was paused has read the void plan and its entry, and finds no stand-in. */
  @Test
  void isBeingRemovedWhenItsStandInIsGone() throws IOException {
    ours(7, 15);
    put("offsets/7", text("offsets/7").replace(":15}", ":16}"));
    storage.files.remove("commits/7");
    commit(9);
    assertThat(checkpoint.owner(7)).isInstanceOf(BatchOwner.Nobody.class);
  }

  @Test
  void isWhatThePlanSaysWhenTheEntrySaysOtherwise() throws IOException {
    ours(7, 15);
    String entry = text("offsets/7");
    put("offsets/7", entry.replace(":15}", ":16}"));
    assertDamaged("batches/7");
    put("offsets/7", entry.replaceFirst("7-[0-9a-f]", "7-x"));
    assertDamaged("another batch, -1");
    put("offsets/7", entry.replace("\"7-", "\"6-"));
    assertDamaged("another batch, 6");
    put("offsets/7", entry.replace("\"batchTimestampMs\":9", "\"batchTimestampMs\":8"));
    assertDamaged("batches/7");
  }

  /** Spark removes its old entries, and the plan before them stays the last one. */
  @Test
  void looksForTheLastPlanBelowWhatSparkHasRemoved() throws IOException {
    Batch plan = ours(2, 8);
    for (String removed : new String[] {"offsets/2", "commits/2"}) {
      storage.files.remove(removed);
    }
    spark(5, 20);
    spark(6, 30);
    commit(6);
    assertThat(checkpoint.committedBatch(6).orElseThrow().timestampMs()).isEqualTo(9);
    assertThat(checkpoint.committedBatch(6).orElseThrow().tables()).isEqualTo(plan.tables());
    ours(1, 4);
    assertThatThrownBy(() -> checkpoint.committedBatch(6))
        .as("a hole in the midst of others")
        .hasMessageContaining("TM-303")
        .hasMessageContaining("offsets/4");
  }

  @Test
  void isNotToldByAPlanAloneOnceItIsCommitted() throws IOException {
    ours(7, 10);
    storage.files.remove("offsets/7");
    assertThatThrownBy(() -> checkpoint.committedBatch(7))
        .hasMessageContaining("TM-303")
        .hasMessageContaining("offsets/7");
  }

  private void assertDamaged(String why) {
    assertThatThrownBy(() -> checkpoint.owner(7))
        .hasMessageContaining("TM-301")
        .hasMessageContaining("offsets/7")
        .hasMessageContaining(why);
  }

  private Batch ours(long number, long end) throws IOException {
    Batch plan = plan(number, end);
    checkpoint.batches().create(number, plan);
    checkpoint.offsets().create(number, OffsetLog.Entry.of(plan, Map.of()));
    commit(number);
    return plan;
  }

  private static Batch plan(long number, long end) {
    return Batch.NONE.followedBySpark(number, 9, new Frontier(Offsets.sorted(Map.of(P0, end))));
  }

  private void spark(long number, long end) {
    put(
        "offsets/" + number,
        "v1\n{\"batchWatermarkMs\":0,\"batchTimestampMs\":9,\"conf\":{}}\n{\"orders\":{\"0\":"
            + end
            + "}}");
  }

  private void commit(long number) {
    put("commits/" + number, "v1\n{\"nextBatchWatermarkMs\":0}");
  }

  private String text(String path) {
    return new String(storage.files.get(path), UTF_8);
  }

  private void put(String path, String content) {
    storage.files.put(path, content.getBytes(UTF_8));
  }
}
