package io.tidemark.windows.state;

import io.tidemark.windows.FatalError;
import java.nio.file.Path;

/**
 * What can go wrong with a store on a worker's disk, {@code TM-450} to {@code TM-452} and {@code
 * TM-463}.
 */
final class StateErrors {

  private StateErrors() {}

  /** RocksDB's native library cannot be loaded. */
  static FatalError noRocks(Throwable cause) {
    return FatalError.of(
        "TM-450",
        cause,
        """
        Cannot load RocksDB's native library, which output.mode=update needs: %s. The library exists
        for Linux, macOS and Windows. It is unpacked into java.io.tmpdir, which must allow
        execution. Set another java.io.tmpdir for the worker.""",
        cause);
  }

  /**
   * The state cannot be opened, read or written.
   *
   * @param act what failed, such as {@code open}
   */
  static FatalError failed(String act, Path directory, Throwable cause) {
    return FatalError.of(
        "TM-451",
        cause,
        """
        Cannot %s the state in %s: %s. Nothing of the current record was added. Check the disk and
        its permissions, then restart the task. If the state is damaged, delete it and reset the
        connector's offsets to the beginning, so that it is computed again.""",
        act,
        directory,
        cause.getMessage());
  }

  /** The directory lacks changes that were written to it. */
  static FatalError lost(Path directory, String what) {
    return FatalError.of(
        "TM-463",
        """
        Cannot use the state in %s: part of it is gone, %s. Totals would be too small. A file was
        removed, truncated or changed, the directory was restored in part, or the machine lost
        power. Nothing was added. Stop the connector, delete the directory and reset the connector's
        offsets to the beginning, so that everything is computed again.""",
        directory,
        what);
  }

  /** Another process or plugin has the state open. */
  static FatalError locked(Path lock, Throwable cause) {
    return FatalError.of(
        "TM-452",
        cause,
        """
        Cannot open the state that %s locks: another worker process, or another copy of the plugin
        in this one, has it open. Give each worker a state.dir of its own, or wait until the other
        process has ended, then restart the task.""",
        lock);
  }
}
