package io.tidemark.simulation;

/**
 * One thing that goes wrong.
 *
 * @param kind what
 * @param when index of the storage or table operation for an operation's fault, else simulated
 *     milliseconds
 * @param amount how much of it: milliseconds, or a choice
 */
record Disturbance(Kind kind, int when, int amount) {

  /** Everything that can go wrong. */
  enum Kind {
    CRASH_BEFORE(true),
    CRASH_AFTER(true),
    FAIL_BEFORE(true),
    TIME_OUT_AFTER(true),
    ANSWER_LATE(true),
    LAND_LATE(true),
    KILL_WORKER(false),
    FREEZE_WORKER(false),
    RESTART_TASK(false),
    REBALANCE(false),
    LOSE_PARTITIONS(false),
    FOREIGN_APPEND(false),
    OPTIMIZE(false),
    ADD_COLUMN(false),
    EXPIRE(false),
    EXPIRE_UNREAD(false),
    ADD_PARTITION(false),
    CHANGE_TASKS(false),
    DAMAGE_RUN(false),
    DROP_TRANSACTIONS(false),
    CHANGE_COLUMNS(false),
    LOSE_FILES(false),
    LOSE_LETTERS(false),
    LOSE_VERSION(false),
    RESTORE_LOCATION(false),
    DAMAGE_ENTRY(false),
    SECOND_NAME(false),
    RENAME_CONNECTOR(false),
    DOUBLE_CONNECTOR(false),
    OTHER_DISK(false),
    RECREATE_TOPIC(false);

    private final boolean ofOperation;

    Kind(boolean ofOperation) {
      this.ofOperation = ofOperation;
    }

    boolean isOfOperation() {
      return ofOperation;
    }
  }

  @Override
  public String toString() {
    return "%s at %s%d (%d)"
        .formatted(kind, kind.isOfOperation() ? "operation " : "ms ", when, amount);
  }
}
