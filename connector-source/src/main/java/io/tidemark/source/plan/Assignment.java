package io.tidemark.source.plan;

import io.tidemark.source.offset.Shards;
import java.util.ArrayList;
import java.util.List;

/**
 * Divides the tables among the tasks. With enough tables each task reads whole tables, which keeps
 * the order of a table's rows. Otherwise several tasks share a table and divide its shards.
 */
public final class Assignment {

  private Assignment() {}

  /**
   * The ranges of each task, in the order of tables and shards; every task has at least one.
   *
   * @param tables how many tables there are, at least 1
   * @param maxTasks at least 1
   */
  public static List<List<ShardRange>> of(int tables, Shards shards, int maxTasks) {
    List<List<ShardRange>> tasks = new ArrayList<>();
    if (tables >= maxTasks) {
      for (int task = 0; task < maxTasks; task++) {
        List<ShardRange> whole = new ArrayList<>();
        for (int table = part(task, maxTasks, tables);
            table < part(task + 1, maxTasks, tables);
            table++) {
          whole.add(ShardRange.whole(table, shards));
        }
        tasks.add(whole);
      }
      return tasks;
    }
    for (int table = 0; table < tables; table++) {
      int readers = part(table + 1, tables, maxTasks) - part(table, tables, maxTasks);
      int parts = Math.min(readers, shards.count());
      for (int number = 0; number < parts; number++) {
        tasks.add(
            List.of(
                new ShardRange(
                    table,
                    part(number, parts, shards.count()),
                    part(number + 1, parts, shards.count()))));
      }
    }
    return tasks;
  }

  /** The start of a part when a number of things is divided into equal parts. */
  private static int part(int number, int parts, int things) {
    return (int) ((long) number * things / parts);
  }
}
