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
    return new FatalError(
        "TM-450",
        "Cannot load RocksDB's native library, which output.mode=update needs: "
            + cause
            + ". It is unpacked into java.io.tmpdir, which must allow execution, and exists for"
            + " Linux, macOS and Windows. Set another java.io.tmpdir for the worker.",
        cause);
  }

  /** The disk, or what is on it, is not as it should be. */
  static FatalError failed(String act, Path directory, Throwable cause) {
    return new FatalError(
        "TM-451",
        "Cannot "
            + act
            + " the state in "
            + directory
            + ": "
            + cause.getMessage()
            + ". Nothing of the current record was added. Look after the disk and its permissions,"
            + " then restart the task. A state that is damaged has to be deleted, and the"
            + " connector's offsets reset to the beginning, so that it is computed anew.",
        cause);
  }

  /** What is there is less than what there was. */
  static FatalError lost(Path directory, String what) {
    return new FatalError(
        "TM-463",
        "Cannot use the state in "
            + directory
            + ": part of it is gone, "
            + what
            + ". Totals would be too small. A file was removed, cut or changed, the directory was"
            + " restored in part, or the machine lost power. Nothing was added. Stop the connector,"
            + " delete the directory and reset the connector's offsets to the beginning, so that"
            + " everything is computed again.",
        null);
  }

  /** Somebody else has it open. */
  static FatalError locked(Path lock, Throwable cause) {
    return new FatalError(
        "TM-452",
        "Cannot open the state behind "
            + lock
            + ": another worker process, or another copy of the plugin in this one, has it open."
            + " Give each worker a state.dir of its own, or wait until the other one has ended,"
            + " then restart the task.",
        cause);
  }
}
