package io.tidemark.sink.record;

import io.tidemark.common.TidemarkException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.connect.sink.ErrantRecordReporter;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * Reports of another thread that the task's thread passes on, because Connect's reporter and its
 * converters may be used only by that thread.
 */
public final class LetterBox implements ErrantRecordReporter {

  private final Queue<Letter> posted = new ConcurrentLinkedQueue<>();

  @Override
  public Future<Void> report(SinkRecord record, Throwable reason) {
    Letter letter = new Letter(record, reason);
    posted.add(letter);
    return letter;
  }

  /** Passes on the reports; called by the task's thread. */
  public void deliver(ErrantRecordReporter reporter) {
    for (Letter letter = posted.poll(); letter != null; letter = posted.poll()) {
      letter.deliver(reporter);
    }
  }

  /** A report, done when Connect has it and has acknowledged it. */
  private static final class Letter implements Future<Void> {

    private final SinkRecord record;
    private final Throwable reason;
    private final CompletableFuture<Future<Void>> handed = new CompletableFuture<>();

    Letter(SinkRecord record, Throwable reason) {
      this.record = record;
      this.reason = reason;
    }

    void deliver(ErrantRecordReporter reporter) {
      List<SinkRecord> forms =
          record instanceof ResultRecord result && reason instanceof TidemarkException known
              ? result.letters(known)
              : List.of(record);
      RuntimeException refusal = null;
      for (SinkRecord form : forms) {
        try {
          handed.complete(reporter.report(form, reason));
          return;
        } catch (RuntimeException e) {
          // The converter does not accept such a value; nothing was sent.
          refusal = e;
        }
      }
      handed.completeExceptionally(refusal);
    }

    @Override
    public boolean cancel(boolean mayInterrupt) {
      return false;
    }

    @Override
    public boolean isCancelled() {
      return false;
    }

    @Override
    public boolean isDone() {
      return handed.isDone() && (handed.isCompletedExceptionally() || handed.join().isDone());
    }

    @Override
    public Void get() throws InterruptedException, ExecutionException {
      return handed.get().get();
    }

    @Override
    public Void get(long timeout, TimeUnit unit)
        throws InterruptedException, ExecutionException, TimeoutException {
      long endNanos = System.nanoTime() + unit.toNanos(timeout);
      Future<Void> report = handed.get(timeout, unit);
      return report.get(Math.max(0, endNanos - System.nanoTime()), TimeUnit.NANOSECONDS);
    }
  }
}
