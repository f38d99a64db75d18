package io.tidemark.windows.run;

import io.tidemark.common.TidemarkException;

/** What can go wrong with the runs of window state, {@code TM-430} to {@code TM-439}. */
public final class RunErrors {

  private RunErrors() {}

  /** A run's file does not have the content its writer wrote. */
  static TidemarkException damaged(String file, String why, Throwable cause) {
    return TidemarkException.of(
        "TM-431",
        cause,
        """
        Cannot read %s: %s. The file holds a part of open windows, and the connector cannot continue
        without it. Restore it from a backup of the checkpoint location, or give the connector a new
        checkpoint.location and table while the topics still have the records. See
        docs/operating/recovery.md#damaged-file.""",
        file,
        why);
  }

  /** RocksDB's native library cannot be loaded. */
  static TidemarkException noRocks(Throwable cause) {
    return TidemarkException.of(
        "TM-430",
        cause,
        """
        Cannot load RocksDB's native library: %s. The library exists for Linux, macOS and Windows.
        It is unpacked into java.io.tmpdir, which must allow execution. Set another java.io.tmpdir
        for the worker, or state.store.provider=memory for the transformation.""",
        cause);
  }

  /** A file of this name exists already. */
  static TidemarkException nameTaken(String file) {
    return TidemarkException.of(
        "TM-432",
        """
        Cannot create %s: it exists, though its name was never used before. Two connectors share one
        checkpoint.location, or a backup was restored while a worker ran. Give each connector a
        checkpoint.location of its own.""",
        file);
  }
}
