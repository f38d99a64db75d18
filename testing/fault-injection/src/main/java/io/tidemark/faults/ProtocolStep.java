package io.tidemark.faults;

import java.util.EnumSet;
import java.util.Set;

/**
 * The steps of the sink that leave something behind, in the order in which a new connector takes
 * them. Each is one method of the shipped code.
 */
public enum ProtocolStep {
  /** The query id is read, or created with a new checkpoint location. */
  QUERY_ID("io.tidemark.checkpoint.log.CheckpointLocation", "queryId"),
  /** A session is registered. */
  SESSION("io.tidemark.checkpoint.log.SessionLog", "open"),
  /** A table is created. */
  TABLE_CREATION("io.tidemark.delta.table.DeltaTables", "create"),
  /** A data file is closed. */
  DATA_FILE("io.tidemark.sink.file.OpenFile", "close"),
  /** A task writes a run of partial aggregates. */
  RUN("io.tidemark.windows.fold.WindowFold", "write"),
  /** A segment is sealed. */
  SEGMENT("io.tidemark.checkpoint.log.SegmentLog", "create"),
  /** A driver closes sessions and writes those that are open into a run. */
  SESSION_RUN("io.tidemark.windows.close.SessionWindowClosing", "close"),
  /** A driver registers that it is going to write result files. */
  ATTEMPT("io.tidemark.checkpoint.log.AttemptLog", "writes"),
  /** A batch is decided. */
  PLAN(Names.NUMBERED_LOG, "create", "io.tidemark.checkpoint.log.BatchLog"),
  /** The offset log follows from the plan. */
  OFFSETS(Names.NUMBERED_LOG, "create", "io.tidemark.checkpoint.log.OffsetLog"),
  /** A table gets its version. */
  TABLE_COMMIT("io.tidemark.delta.table.DeltaTable", "append"),
  /** The batch is done. */
  COMMIT(Names.NUMBERED_LOG, "create", "io.tidemark.checkpoint.log.CommitLog"),
  /** What the batch made superfluous is removed. */
  CLEANUP("io.tidemark.sink.commit.Cleanup", "after"),
  /** One segment is removed, in the middle of the clean-up. */
  SEGMENT_REMOVAL("io.tidemark.checkpoint.log.SegmentLog", "delete"),
  /** Files of a task that died are removed. */
  ORPHANS("io.tidemark.sink.file.DataFiles", "deleteOrphans"),
  /** Result files of a driver that died are removed. */
  ATTEMPT_REMOVAL("io.tidemark.sink.file.DataFiles", "deleteOwned"),
  /** One run is removed that no retained batch needs. */
  RUN_REMOVAL("io.tidemark.windows.run.RocksRunStore", "delete"),
  /** A table checkpoint is written. */
  TABLE_CHECKPOINT("io.tidemark.delta.kernel.KernelSnapshot", "writeCheckpoint"),
  /** Runs are merged into one. */
  MERGED_RUN("io.tidemark.sink.window.Compactor", "merge");

  private final String declaringClass;
  private final String method;
  private final String receiver;

  ProtocolStep(String declaringClass, String method) {
    this(declaringClass, method, declaringClass);
  }

  ProtocolStep(String declaringClass, String method, String receiver) {
    this.declaringClass = declaringClass;
    this.method = method;
    this.receiver = receiver;
  }

  /** The steps that only a connector with windowed aggregates takes. */
  public static Set<ProtocolStep> ofWindows() {
    return EnumSet.of(RUN, SESSION_RUN, ATTEMPT, ATTEMPT_REMOVAL, RUN_REMOVAL, MERGED_RUN);
  }

  /** The class whose source has the method. */
  public String declaringClass() {
    return declaringClass;
  }

  /** The only method of that name. */
  public String method() {
    return method;
  }

  /** The class of the objects on which a call is this step. */
  public String receiver() {
    return receiver;
  }

  private static final class Names {
    /** Three logs have their entries created by one method. */
    static final String NUMBERED_LOG = "io.tidemark.checkpoint.log.NumberedLog";
  }
}
