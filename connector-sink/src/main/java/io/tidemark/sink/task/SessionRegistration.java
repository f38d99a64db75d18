package io.tidemark.sink.task;

import io.tidemark.checkpoint.log.Batch;
import io.tidemark.checkpoint.log.SessionId;
import io.tidemark.checkpoint.log.SessionLog;
import io.tidemark.sink.segment.Retries;
import java.util.SortedSet;
import java.util.function.Supplier;

/**
 * Names and registers the sessions of one incarnation of a task. The first session takes an epoch
 * above all registered ones, which ends the former incarnations. A later session does the same if
 * it finds a higher epoch than its own: a former incarnation was paused and registered late, and no
 * other session would end it.
 */
final class SessionRegistration {

  private final int task;
  private final SessionLog sessions;
  private final Supplier<String> nonces;
  private final Retries retries;
  private final Runnable permission;
  private final Runnable notice;
  private SessionId last;

  /**
   * @param nonces random hex of 8 digits each
   * @param permission throws when the task must not begin a session
   * @param notice runs after each session that was registered
   */
  SessionRegistration(
      int task,
      SessionLog sessions,
      Supplier<String> nonces,
      Retries retries,
      Runnable permission,
      Runnable notice) {
    this.task = task;
    this.sessions = sessions;
    this.nonces = nonces;
    this.retries = retries;
    this.permission = permission;
    this.notice = notice;
  }

  /** Whether this incarnation has registered a session. */
  boolean isUsed() {
    return last != null;
  }

  /** Whether a batch has fenced the session that was registered last. */
  boolean isEndedBy(Batch batch) {
    return last != null && batch.session(last).isFenced();
  }

  /** Registers the next session. */
  SessionId next(SortedSet<SessionId> registered) {
    permission.run();
    int lastEpoch = lastEpoch(registered);
    SessionId next =
        last == null || last.epoch() < lastEpoch
            ? new SessionId(task, lastEpoch + 1, 0, nonces.get())
            : last.restarted(nonces.get());
    retries.run(
        "register session " + next,
        () -> {
          sessions.open(next);
          return next;
        });
    last = next;
    notice.run();
    return next;
  }

  private int lastEpoch(SortedSet<SessionId> registered) {
    return registered.stream()
        .filter(session -> session.task() == task)
        .mapToInt(SessionId::epoch)
        .max()
        .orElse(0);
  }
}
