package io.tidemark.source.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.source.offset.Shards;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Who reads what. */
class AssignmentTest {

  @Property
  void everyShardHasOneTask(
      @ForAll @IntRange(min = 1, max = 40) int tables,
      @ForAll @IntRange(max = 8) int power,
      @ForAll @IntRange(min = 1, max = 60) int maxTasks) {
    Shards shards = new Shards(1 << power);
    List<List<ShardRange>> tasks = Assignment.of(tables, shards, maxTasks);
    Set<List<Integer>> seen = new HashSet<>();
    for (List<ShardRange> task : tasks) {
      assertThat(task).isNotEmpty();
      for (ShardRange range : task) {
        for (int shard = range.from(); shard < range.to(); shard++) {
          assertThat(seen.add(List.of(range.table(), shard))).isTrue();
        }
      }
    }
    assertThat(seen).hasSize(tables * shards.count());
    assertThat(tasks).hasSizeLessThanOrEqualTo(maxTasks);
    assertThat(tasks).hasSize((int) Math.min(maxTasks, taskLimit(tables, shards, maxTasks)));
  }

  /** With fewer tables than tasks, no table has more tasks than shards. */
  private static long taskLimit(int tables, Shards shards, int maxTasks) {
    if (tables >= maxTasks) {
      return maxTasks;
    }
    long tasks = 0;
    for (int table = 0; table < tables; table++) {
      long readers = (long) (table + 1) * maxTasks / tables - (long) table * maxTasks / tables;
      tasks += Math.min(readers, shards.count());
    }
    return tasks;
  }

  @Property
  void tablesAreWholeWhenThereAreEnoughOfThem(
      @ForAll @IntRange(min = 1, max = 40) int tables,
      @ForAll @IntRange(min = 1, max = 40) int maxTasks) {
    if (tables >= maxTasks) {
      assertThat(Assignment.of(tables, new Shards(16), maxTasks))
          .allSatisfy(
              task ->
                  assertThat(task)
                      .allSatisfy(range -> assertThat(range.to() - range.from()).isEqualTo(16)));
    }
  }

  @Test
  void tasksOfOneTableShareItsShards() {
    assertThat(Assignment.of(1, new Shards(16), 3))
        .containsExactly(
            List.of(new ShardRange(0, 0, 5)),
            List.of(new ShardRange(0, 5, 10)),
            List.of(new ShardRange(0, 10, 16)));
  }
}
