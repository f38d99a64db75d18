package io.tidemark.sink.window;

import io.tidemark.checkpoint.log.Run;
import io.tidemark.windows.run.RunStore;
import io.tidemark.windows.run.RunWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The runs that a task writes for one segment. */
final class TaskRuns {

  private static final Logger LOG = LoggerFactory.getLogger(TaskRuns.class);

  private final RunStore store;
  private final List<Run> runs = new ArrayList<>();
  private final List<String> written = new ArrayList<>();
  private String segment = "";

  TaskRuns(RunStore store) {
    this.store = store;
  }

  /** Writes what is in heap as a run. */
  @FunctionalInterface
  interface Content {
    Run write(RunWriter writer) throws IOException;
  }

  /** Starts a segment, which begins the name of every run. */
  void begin(String nextSegment) {
    segment = nextSegment;
    clear();
  }

  /** Writes the next run. */
  void write(Content content) throws IOException {
    String name = segment + "-" + written.size();
    written.add(name);
    try (RunWriter writer = store.create(name)) {
      runs.add(content.write(writer));
    }
  }

  /** Hands out all of them: a segment may name them, even if the caller fails. */
  List<Run> finish() {
    written.clear();
    return List.copyOf(runs);
  }

  /** Size of the files. */
  long bytes() {
    return runs.stream().mapToLong(Run::bytes).sum();
  }

  /** Deletes those that were not handed out; never throws. */
  void abort() {
    for (String name : written) {
      try {
        store.delete(store.file(name));
      } catch (IOException | RuntimeException e) {
        LOG.warn(
            "Cannot delete abandoned run {}. It is removed with old batches: {}",
            store.describe(store.file(name)),
            e.toString());
      }
    }
    clear();
  }

  private void clear() {
    runs.clear();
    written.clear();
  }
}
