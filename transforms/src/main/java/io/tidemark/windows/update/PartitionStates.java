package io.tidemark.windows.update;

import io.tidemark.windows.state.RocksStateStore;
import io.tidemark.windows.state.StateStore;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The open states of a worker. A partition may go from one task to another without a word to its
 * transformation, so the state is not the transformation's: who has a record takes it over.
 */
public final class PartitionStates {

  /** Those of this process, or rather of this copy of the plugin in it. */
  public static final PartitionStates OF_WORKER = new PartitionStates(RocksStateStore::open);

  private final Function<Path, StateStore> opening;
  private final Map<Path, Slot> slots = new ConcurrentHashMap<>();
  private final Map<String, Holder> lives = new ConcurrentHashMap<>();

  /**
   * @param opening opens the store in a directory
   */
  PartitionStates(Function<Path, StateStore> opening) {
    this.opening = opening;
  }

  /** The place of a partition's state; it may be closed. */
  Slot slot(Path directory) {
    return slots.computeIfAbsent(directory, at -> new Slot(at, opening));
  }

  /** A transformation has come to life: former lives of its task are over. */
  void join(Path root, TaskName task, Holder holder) {
    holder.begin();
    lives.merge(
        life(root, task),
        holder,
        (one, other) -> {
          if (one.runsWith(other)) {
            throw UpdateErrors.twins(root);
          }
          Holder older = one.isOlderThan(other) ? one : other;
          older.supersede();
          return older == one ? other : one;
        });
  }

  void leave(Path root, TaskName task, Holder holder) {
    lives.remove(life(root, task), holder);
  }

  private static String life(Path root, TaskName task) {
    return root + "#" + task.task();
  }
}
