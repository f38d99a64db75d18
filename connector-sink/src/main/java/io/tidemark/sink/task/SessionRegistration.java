package io.tidemark.sink.task;

import io.tidemark.checkpoint.log.Batch;
import io.tidemark.checkpoint.log.SessionId;
import io.tidemark.checkpoint.log.SessionLog;
import io.tidemark.sink.segment.Retries;
import java.util.SortedSet;
import java.util.function.Supplier;

/**
 * Names the sessions of one incarnation of a task and registers them. The first one takes the epoch
 * behind all that are registered, which ends the incarnations before. So does a later one that
 * finds a higher epoch than its own: a former incarnation that woke and registered late, whose
 * session nobody else would ever end.
 */
final class SessionRegistration {

  private final int task;
  private final SessionLog sessions;
  private final Supplier<String> nonces;
  private final Retries retries;
  private final Runnable permission;
  private SessionId last;

  /**
   * @param nonces random hex of 8 digits each
   * @param permission throws when no session must be begun
   */
  SessionRegistration(
      int task,
      SessionLog sessions,
      Supplier<String> nonces,
      Retries retries,
      Runnable permission) {
    this.task = task;
    this.sessions = sessions;
    this.nonces = nonces;
    this.retries = retries;
    this.permission = permission;
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
