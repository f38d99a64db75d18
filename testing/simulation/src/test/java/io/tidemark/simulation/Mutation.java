package io.tidemark.simulation;

/**
 * A bug in the shipped code, on purpose.
 *
 * @param name what the bug is
 * @param file source file below {@code src/main/java/io/tidemark} of its module
 * @param original text that occurs once in the file
 * @param mutated what stands in its place
 * @param firstSeed where to begin to look for it; beyond 1 for what seldom happens
 */
record Mutation(String name, Source file, String original, String mutated, long firstSeed) {

  Mutation(String name, Source file, String original, String mutated) {
    this(name, file, original, mutated, 1);
  }

  /** Where the protocol is. */
  enum Source {
    SEGMENT_CHAIN("connector-sink", "sink/batch/SegmentChain"),
    BATCH_PLANNER("connector-sink", "sink/batch/BatchPlanner"),
    BATCH_COMMIT("connector-sink", "sink/commit/BatchCommit"),
    TABLE_APPENDS("connector-sink", "sink/commit/TableAppends"),
    PLAN_EXECUTION("connector-sink", "sink/commit/PlanExecution"),
    CLEANUP("connector-sink", "sink/commit/Cleanup"),
    DECISIONS("connector-sink", "sink/driver/Decisions"),
    SESSION_TABLES("connector-sink", "sink/file/SessionTables"),
    PARTITION_PROGRESS("connector-sink", "sink/segment/PartitionProgress"),
    LOSS_WATCH("connector-sink", "sink/kafka/LossWatch"),
    TOPIC_IDS("connector-sink", "sink/kafka/TopicIds"),
    TASK_CHAIN("connector-sink", "sink/task/TaskChain"),
    TASK_SESSION("connector-sink", "sink/task/TaskSession"),
    RESUMER("connector-sink", "sink/task/Resumer"),
    OPERATOR_STEP("transforms", "windows/close/OperatorStep"),
    WINDOW_CLOSING("transforms", "windows/close/WindowClosing"),
    SESSION_CLOSING("transforms", "windows/close/SessionWindowClosing"),
    RUN_READERS("transforms", "windows/close/RunReaders"),
    DISTINCT_ROWS("transforms", "windows/close/DistinctRows"),
    LIVE_KEYS("transforms", "windows/close/LiveKeys"),
    KEY_FOLD("transforms", "windows/fold/KeyFold"),
    DROPPED_ROWS("connector-sink", "sink/window/DroppedRows"),
    COMPACTION("transforms", "windows/close/Compaction"),
    PLAIN_RUN_STORE("transforms", "windows/run/PlainRunStore"),
    TASK_OPERATOR("connector-sink", "sink/window/TaskOperator"),
    TASK_RUNS("connector-sink", "sink/window/TaskRuns"),
    WINDOW_CLOSER("connector-sink", "sink/window/WindowCloser"),
    COMPACTOR("connector-sink", "sink/window/Compactor"),
    SWEEP("connector-sink", "sink/window/Sweep"),
    BATCH("checkpoint", "checkpoint/log/Batch"),
    CHECKPOINT_LOCATION("checkpoint", "checkpoint/log/CheckpointLocation"),
    DEAD_LETTERS("connector-sink", "sink/record/DeadLetters"),
    FILE_CHECK("connector-sink", "sink/commit/FileCheck"),
    OWNERSHIP("connector-sink", "sink/recovery/Ownership"),
    QUERY_TABLES("connector-sink", "sink/commit/QueryTables"),
    STAND_INS("connector-sink", "sink/commit/StandIns"),
    EXCLUSIVE_FILE("checkpoint", "checkpoint/log/ExclusiveFile"),
    SESSION_STATE("checkpoint", "checkpoint/log/SessionState");

    private final String module;
    private final String path;

    Source(String module, String path) {
      this.module = module;
      this.path = path;
    }

    String module() {
      return module;
    }

    String className() {
      return "io.tidemark." + path.replace('/', '.');
    }

    String file() {
      return module + "/src/main/java/io/tidemark/" + path + ".java";
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
