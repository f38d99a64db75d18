package io.tidemark.windows.run;

import io.tidemark.common.TidemarkException;

/** What can go wrong with the runs of window state, {@code TM-430} to {@code TM-439}. */
public final class RunErrors {

  private RunErrors() {}

  /** A run's file is not what its writer wrote. */
  static TidemarkException damaged(String file, String why, Throwable cause) {
    return new TidemarkException(
        "TM-431",
        "Cannot read "
            + file
            + ": "
            + why
            + ". It holds a part of open windows, and nothing goes on without it. Restore it from a"
            + " backup of the checkpoint location, or give the connector a new checkpoint.location"
            + " and table while the topics still have the records. See"
            + " docs/operating/recovery.md#damaged-file.",
        cause);
  }

  /** RocksDB's native library cannot be loaded. */
  static TidemarkException noRocks(Throwable cause) {
    return new TidemarkException(
        "TM-430",
        "Cannot load RocksDB's native library: "
            + cause
            + ". It is unpacked into java.io.tmpdir, which must allow execution, and exists for"
            + " Linux, macOS and Windows. Set another java.io.tmpdir for the worker, or"
            + " state.store.provider=memory for the transformation.",
        cause);
  }

  /** A file of this name was there. */
  static TidemarkException nameTaken(String file) {
    return new TidemarkException(
        "TM-432",
        "Cannot create "
            + file
            + ": it exists, though its name was never used before. Two connectors share one"
            + " checkpoint.location, or a backup was restored while a worker ran: give each"
            + " connector its own.",
        null);
  }
}
