package io.tidemark.sink.record;

import io.tidemark.checkpoint.TidemarkException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * Reports that Connect has taken and not acknowledged.
 *
 * <p>A future alone does not tell. Connect reports to its log and to its queue, leaves out a future
 * that has failed when it gets it (no such topic, no permission, too large for the producer) and
 * returns one that is complete. And of records that a converter or a transformation rejects, it
 * keeps no future. Its own count of letters that it could not write tells of both.
 */
final class DeadLetters {

  /** With so many waiting, those that are done are dropped wherever they stand. */
  private static final int SWEEP = 1_000;

  private final LongSupplier unwritten;
  private final Deque<Letter> waiting = new ArrayDeque<>();
  private long seen;
  private int sweepAt = SWEEP;

  /** Why the first letter could not be written; null while none has failed. */
  private TidemarkException failure;

  private record Letter(String record, Future<Void> report) {}

  /**
   * @param unwritten how many letters of this task Connect could not write so far
   */
  DeadLetters(LongSupplier unwritten) {
    this.unwritten = unwritten;
    this.seen = unwritten.getAsLong();
  }

  /** Never throws: what has failed is thrown by {@link #settle}. */
  void sent(SinkRecord record, Future<Void> report) {
    Letter letter = new Letter(RecordErrors.place(record), report);
    if (!isSettled(letter)) {
      waiting.add(letter);
      sweep();
    } else if (waiting.isEmpty() && unwritten.getAsLong() > seen) {
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
   * @return false when time is over
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
    if (failure == null && unwritten.getAsLong() > seen) {
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

  /** Whether it is known what became of the letter; waits for that. */
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
    return waiting.isEmpty() ? "none" : waiting.peek().record;
  }

  /** What was read is void, and will be reported again. */
  void forget() {
    waiting.clear();
    sweepAt = SWEEP;
    failure = null;
    seen = unwritten.getAsLong();
  }
}
