package io.tidemark.windows.update;

import io.tidemark.windows.config.Aggregation;
import io.tidemark.windows.config.UpdateSpec;
import io.tidemark.windows.state.StateStore;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.function.Function;

/**
 * The slot of one partition's state, open or not. A caller must hold its monitor, so that two tasks
 * never use one state at the same time. Their order does not matter, because the state knows which
 * records it has.
 */
final class Slot {

  private final Path directory;
  private final Function<Path, StateStore> opening;
  private PartitionState state;
  private Holder holder;

  Slot(Path directory, Function<Path, StateStore> opening) {
    this.directory = directory;
    this.opening = opening;
  }

  /** The state, opened or taken over if needed. */
  PartitionState state(
      Holder by, Aggregation aggregation, SortedMap<String, String> definition, UpdateSpec spec) {
    if (state == null) {
      StateStore store = opening.apply(directory);
      try {
        state = PartitionState.open(directory, store, aggregation, definition);
      } finally {
        if (state == null) {
          store.close();
        }
      }
    }
    if (holder != by) {
      state.require(definition);
      state.keepFor(spec.retentionMs());
      holder = by;
    }
    return state;
  }

  /** Closes the state unless another task has taken it over. */
  void release(Holder by) {
    if (holder == by) {
      discard();
    }
  }

  /** Closes the state without further writes; it is opened again from disk. */
  void discard() {
    holder = null;
    if (state != null) {
      PartitionState closing = state;
      state = null;
      closing.close();
    }
  }
}
