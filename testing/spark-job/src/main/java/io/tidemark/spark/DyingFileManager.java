package io.tidemark.spark;

import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.execution.streaming.checkpointing.CheckpointFileManager.CancellableFSDataOutputStream;
import org.apache.spark.sql.execution.streaming.checkpointing.FileContextBasedCheckpointFileManager;

/** Spark's own checkpoint files, up to the first entry of the commit log: there the JVM halts. */
public final class DyingFileManager extends FileContextBasedCheckpointFileManager {

  /** What {@code kill -9} leaves as exit code. */
  static final int EXIT_CODE = 137;

  /** Called by Spark. */
  public DyingFileManager(Path path, Configuration hadoopConf) {
    super(path, hadoopConf);
  }

  @Override
  public CancellableFSDataOutputStream createAtomic(Path path, boolean overwriteIfPossible) {
    if (path.getParent().getName().equals("commits")) {
      halt();
    }
    return super.createAtomic(path, overwriteIfPossible);
  }

  /** No shutdown hooks, no finally: as from outside. */
  static void halt() {
    Runtime.getRuntime().halt(EXIT_CODE);
  }
}
