package io.tidemark.windows.close;

import io.tidemark.checkpoint.TidemarkException;
import io.tidemark.checkpoint.log.LiveRun;
import io.tidemark.checkpoint.log.Run;
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

/** Opens the runs that a manifest names. */
final class RunReaders {

  private static final Logger LOG = LoggerFactory.getLogger(RunReaders.class);

  private RunReaders() {}

  static RunReader open(RunStore store, Run run) throws IOException {
    return store.open(new RunFile(run.file(), run.bytes(), run.crc(), run.partials()));
  }

  /** The run itself, or what it was built from should its file be damaged or missing. */
  static List<Run> readable(RunStore store, LiveRun live) throws IOException {
    if (live.builtFrom().isEmpty()) {
      return List.of(live.run());
    }
    try {
      open(store, live.run()).close();
      return List.of(live.run());
    } catch (RunMissingException | TidemarkException e) {
      LOG.warn(
          "Reading the {} runs that {} was built from instead of it",
          live.builtFrom().size(),
          store.describe(live.run().file()),
          e);
      return live.builtFrom();
    }
  }

  /** One reader per readable run, in order. */
  static List<RunReader> openAll(RunStore store, List<LiveRun> runs) throws IOException {
    List<RunReader> readers = new ArrayList<>();
    try {
      for (LiveRun live : runs) {
        for (Run run : readable(store, live)) {
          readers.add(open(store, run));
        }
      }
    } catch (IOException | RuntimeException e) {
      MergingReader.closeAll(readers);
      throw e;
    }
    return readers;
  }
}
