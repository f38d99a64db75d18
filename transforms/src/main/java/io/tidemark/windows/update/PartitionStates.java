package io.tidemark.windows.update;

import io.tidemark.windows.state.RocksStateStore;
import io.tidemark.windows.state.StateStore;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The open states of a worker. A partition may move from one task to another, and Connect does not
 * notify the transformation. The state therefore does not belong to the transformation: the task
 * that gets a record takes the state over.
 */
public final class PartitionStates {

  /** The states of this process; more exactly, of this copy of the plugin in it. */
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

  /** The slot of a partition's state; it may be closed. */
  Slot slot(Path directory) {
    return slots.computeIfAbsent(directory, at -> new Slot(at, opening));
  }

  /** Registers a transformation; earlier incarnations of its task have ended. */
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
