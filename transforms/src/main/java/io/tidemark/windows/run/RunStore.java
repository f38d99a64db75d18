package io.tidemark.windows.run;

import java.io.IOException;
import java.util.List;

/**
 * The store of one operator's runs: immutable files of sorted entries in one directory of the
 * checkpoint location. The caller chooses the names, which have no extension and are never reused.
 */
public interface RunStore {

  /** Begins a run; nothing is visible before {@link RunWriter#finish}. */
  RunWriter create(String name) throws IOException;

  /**
   * Opens a run for reading, several at a time and from any thread.
   *
   * @throws RunMissingException when there is no such file
   * @throws io.tidemark.common.TidemarkException naming the file when it is damaged or not the one
   *     that {@code run} describes
   */
  default RunReader open(RunFile run) throws IOException {
    return open(run, 1).get(0);
  }

  /**
   * Opens a run for several readers, each with its own position. The file is opened and checked
   * once.
   */
  List<RunReader> open(RunFile run, int readers) throws IOException;

  /** The file of the run of this name. */
  String file(String name);

  /** Deletes a run's file; without effect when there is none. */
  void delete(String file) throws IOException;

  /** Names of all files, in no order. */
  List<String> list() throws IOException;

  /** The name of a file in messages. */
  String describe(String file);
}
