package io.tidemark.sink.record;

import io.tidemark.common.TidemarkException;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.connect.sink.ErrantRecordReporter;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * Handles records that cannot become rows: they go to the errant record reporter if errors are
 * tolerated, otherwise the task fails. Used by one thread.
 */
public final class Rejects {

  /** Connect gives a task five minutes between two polls, and a stopping one five seconds. */
  private static final long PATIENCE_MS = 10_000;

  private final Optional<ErrantRecordReporter> reporter;
  private final DeadLetters letters;
  private final long patienceMs;

  /** Also read by those who show metrics, on any thread. */
  private final LongAdder count = new LongAdder();

  /**
   * @param reporter of the sink task's context; empty when Connect gives none
   * @param tolerated whether {@code errors.tolerance} is {@code all}
   */
  public Rejects(Optional<ErrantRecordReporter> reporter, boolean tolerated) {
    this(reporter, tolerated, QueueFigures.NONE, PATIENCE_MS);
  }

  /**
   * @param figures of the task
   */
  public Rejects(Optional<ErrantRecordReporter> reporter, boolean tolerated, QueueFigures figures) {
    this(reporter, tolerated, figures, PATIENCE_MS);
  }

  /**
   * @param patienceMs what {@link #settle} waits at most
   */
  public Rejects(
      Optional<ErrantRecordReporter> reporter,
      boolean tolerated,
      QueueFigures figures,
      long patienceMs) {
    this.reporter = reporter.filter(any -> tolerated);
    this.letters = new DeadLetters(this.reporter.isPresent() ? figures : QueueFigures.NONE);
    this.patienceMs = patienceMs;
  }

  /** Reports nothing: the reason of a reject is thrown. */
  public static Rejects none() {
    return new Rejects(Optional.empty(), false);
  }

  /**
   * Reports the record, which {@link #settle} waits for.
   *
   * @throws TidemarkException the reason itself, when there is no reporter
   */
  public void reject(SinkRecord record, TidemarkException reason) {
    count.increment();
    letters.sent(record, reporter.orElseThrow(() -> reason).report(record, reason));
  }

  /** Reports a record that is left out by design; without a reporter it is left out silently. */
  public void report(SinkRecord record, TidemarkException reason) {
    reporter.ifPresent(sink -> letters.sent(record, sink.report(record, reason)));
  }

  /**
   * Checks the outcome of the reports, and waits a short time for those in flight.
   *
   * @throws TidemarkException when one could not be written (TM-130)
   */
  public void check(long waitMs) {
    letters.settle(Math.min(waitMs, patienceMs));
  }

  /**
   * Waits until everything that was reported is durable. Nothing may be sealed before: a record
   * that is neither in a table nor in the dead letter queue would be lost.
   *
   * @throws TidemarkException when something could not be written (TM-130)
   * @throws IOException when that is not known in time
   */
  public void settle() throws IOException {
    if (!letters.settle(patienceMs)) {
      throw new IOException(
          "Connect has not acknowledged the dead letter of "
              + letters.first()
              + " within "
              + patienceMs
              + " ms");
    }
  }

  /** Forgets the records read since the last seal, and their reports. */
  public void forget() {
    letters.forget();
  }

  /** Records rejected since the task started. */
  public long count() {
    return count.sum();
  }
}
