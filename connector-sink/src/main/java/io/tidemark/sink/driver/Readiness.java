package io.tidemark.sink.driver;

import io.tidemark.checkpoint.log.Batch;
import io.tidemark.checkpoint.log.SessionId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Whether there may be a first watermark: every task has sealed a segment, which names its
 * partitions, or has had enough time to. Afterwards the known partitions hold the watermark.
 */
final class Readiness {

  /** A session that has sealed nothing for this many intervals has no partitions. */
  private static final int INTERVALS_TO_SEAL = 3;

  private final int tasks;
  private final long intervalMs;

  /** When each session was first seen. */
  private final Map<SessionId, Long> seenMs = new HashMap<>();

  /**
   * @param tasks number of tasks of the connector
   */
  Readiness(int tasks, long intervalMs) {
    this.tasks = tasks;
    this.intervalMs = intervalMs;
  }

  boolean of(Batch plan, Set<SessionId> sessions, long nowMs) {
    Set<Integer> ready = new HashSet<>();
    for (SessionId session : sessions) {
      long sinceMs = seenMs.computeIfAbsent(session, first -> nowMs);
      if (plan.session(session).accepted() >= 0
          || nowMs - sinceMs >= intervalMs * INTERVALS_TO_SEAL) {
        ready.add(session.task());
      }
    }
    seenMs.keySet().retainAll(sessions);
    for (int number = 0; number < tasks; number++) {
      if (!ready.contains(number)) {
        return false;
      }
    }
    return true;
  }
}
