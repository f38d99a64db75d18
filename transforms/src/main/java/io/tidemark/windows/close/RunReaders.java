package io.tidemark.windows.close;

import io.tidemark.checkpoint.log.LiveRun;
import io.tidemark.checkpoint.log.Run;
import io.tidemark.common.TidemarkException;
import io.tidemark.windows.run.MergingReader;
import io.tidemark.windows.run.RunFile;
import io.tidemark.windows.run.RunMissingException;
import io.tidemark.windows.run.RunReader;
import io.tidemark.windows.run.RunStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the runs that a plan names. */
final class RunReaders {

  private static final Logger LOG = LoggerFactory.getLogger(RunReaders.class);

  private RunReaders() {}

  static RunReader open(RunStore store, Run run) throws IOException {
    return store.open(file(run));
  }

  private static RunFile file(Run run) {
    return new RunFile(run.file(), run.bytes(), run.crc(), run.partials());
  }

  /** One reader per run, in order. */
  static List<RunReader> openAll(RunStore store, List<LiveRun> runs) throws IOException {
    return openAll(store, runs, 1);
  }

  /**
   * {@code each} independent readers of each run, in order. If the file of a run is damaged or
   * missing, the runs that it was built from are read instead.
   */
  static List<RunReader> openAll(RunStore store, List<LiveRun> runs, int each) throws IOException {
    List<RunReader> readers = new ArrayList<>();
    try {
      for (LiveRun live : runs) {
        readers.addAll(openOrSources(store, live, each));
      }
    } catch (IOException | RuntimeException e) {
      MergingReader.closeAll(readers);
      throw e;
    }
    return readers;
  }

  /** Whether the file of a run has the content its writer wrote. */
  static boolean isSound(RunStore store, Run run) throws IOException {
    try {
      open(store, run).close();
      return true;
    } catch (RunMissingException | TidemarkException e) {
      LOG.warn(
          "Continuing with the runs that {} was built from: {}",
          store.describe(run.file()),
          e.toString());
      return false;
    }
  }

  private static List<RunReader> openOrSources(RunStore store, LiveRun live, int each)
      throws IOException {
    try {
      return openEach(store, List.of(live.run()), each);
    } catch (RunMissingException | TidemarkException e) {
      if (live.builtFrom().isEmpty()) {
        throw e;
      }
      LOG.warn(
          "Reading the {} runs that {} was built from instead of it: {}",
          live.builtFrom().size(),
          store.describe(live.run().file()),
          e.toString());
      return openEach(store, live.builtFrom(), each);
    }
  }

  private static List<RunReader> openEach(RunStore store, List<Run> runs, int each)
      throws IOException {
    List<RunReader> readers = new ArrayList<>();
    try {
      for (Run run : runs) {
        readers.addAll(store.open(file(run), each));
      }
    } catch (IOException | RuntimeException e) {
      MergingReader.closeAll(readers);
      throw e;
    }
    return readers;
  }
}
