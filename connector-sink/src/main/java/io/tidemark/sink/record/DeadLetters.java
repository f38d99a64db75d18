package io.tidemark.sink.record;

import io.tidemark.common.TidemarkException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * Reports that Connect has received but not acknowledged.
 *
 * <p>A report's future is not enough. Connect reports to its log and to its queue. If the queue's
 * future has already failed (no such topic, no permission, too large for the producer), Connect
 * drops it and returns a completed one. For records that a converter or a transformation rejects,
 * it keeps no future. Connect's own metrics cover both cases.
 */
final class DeadLetters {

  /** When this many reports are waiting, completed ones are removed from any position. */
  private static final int SWEEP = 1_000;

  /** Time between two checks of Connect's metrics: writing a letter takes a few milliseconds. */
  private static final long LOOK_NANOS = 1_000_000;

  private final QueueFigures figures;
  private final Deque<Letter> waiting = new ArrayDeque<>();
  private long seen;
  private int sweepAt = SWEEP;

  /** Why the first letter could not be written; null while none has failed. */
  private TidemarkException failure;

  private record Letter(String record, Future<Void> report) {}

  DeadLetters(QueueFigures figures) {
    this.figures = figures;
    this.seen = figures.unwritten();
  }

  /** Never throws; {@link #settle} throws for a failed letter. */
  void sent(SinkRecord record, Future<Void> report) {
    Letter letter = new Letter(RecordErrors.place(record), report);
    if (!isSettled(letter)) {
      waiting.add(letter);
      sweep();
    } else if (waiting.isEmpty() && figures.unwritten() > seen) {
      fail(RecordErrors.deadLetterFailed(letter.record, null));
    }
  }

  private void sweep() {
    while (!waiting.isEmpty() && isSettled(waiting.peek())) {
      waiting.remove();
    }
    if (waiting.size() >= sweepAt) {
      waiting.removeIf(this::isSettled);
      sweepAt = Math.max(SWEEP, 2 * waiting.size());
    }
  }

  /**
   * Waits until all are acknowledged.
   *
   * @return false when the time is over
   * @throws TidemarkException when one could not be written
   */
  boolean settle(long patienceMs) {
    long endNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(patienceMs);
    while (failure == null && !waiting.isEmpty()) {
      if (!isSettled(waiting.peek(), endNanos - System.nanoTime())) {
        return false;
      }
      waiting.remove();
    }
    while (failure == null && figures.isWriting()) {
      if (System.nanoTime() - endNanos >= 0 || Thread.currentThread().isInterrupted()) {
        return false;
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
    if (failure == null && figures.unwritten() > seen) {
      failure = RecordErrors.deadLetterFailed("a record", null);
    }
    if (failure != null) {
      throw failure;
    }
    return true;
  }

  private boolean isSettled(Letter letter) {
    return letter.report.isDone() && isSettled(letter, 0);
  }

  /** Waits for the outcome of the letter; returns whether it is known. */
  private boolean isSettled(Letter letter, long patienceNanos) {
    try {
      letter.report.get(Math.max(0, patienceNanos), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      fail(RecordErrors.deadLetterFailed(letter.record, e.getCause()));
    } catch (CancellationException e) {
      fail(RecordErrors.deadLetterFailed(letter.record, e));
    } catch (TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
    return true;
  }

  private void fail(TidemarkException why) {
    if (failure == null) {
      failure = why;
    }
  }

  /** The first record that waits. */
  String first() {
    return waiting.isEmpty() ? "a record" : waiting.peek().record;
  }

  /** Forgets all reports: the records will be read and reported again. */
  void forget() {
    waiting.clear();
    sweepAt = SWEEP;
    failure = null;
    seen = figures.unwritten();
  }
}
