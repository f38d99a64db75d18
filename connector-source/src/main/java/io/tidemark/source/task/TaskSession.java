package io.tidemark.source.task;

import io.tidemark.source.read.Lag;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * Reads the tables of a task in turn, a version of each at a time. Used by one thread, and never
 * waits.
 */
public final class TaskSession {

  private final List<TableStream> streams;
  private final BatchLimits limits;
  private final long intervalMs;
  private final OpenTransaction transaction;
  private final Failures failures;
  private final LongSupplier clock;
  private int current;

  /**
   * The failure that ends the task after the records that were read before it have been returned.
   */
  private Throwable fatal;

  /**
   * @param intervalMs between two checks for new versions
   * @param maxFailures failures in a row at which the task fails
   */
  public TaskSession(
      List<TableStream> streams,
      BatchLimits limits,
      long intervalMs,
      int maxFailures,
      Transactions transactions,
      LongSupplier clock) {
    this.streams = List.copyOf(streams);
    this.limits = limits;
    this.intervalMs = intervalMs;
    this.transaction = new OpenTransaction(transactions, limits, clock);
    this.failures = new Failures(maxFailures);
    this.clock = clock;
  }

  /**
   * The next records; empty when there are none now, or after a failure. A failure that ends the
   * task is thrown only by the poll after the one that returns the records read before it:
   * otherwise a restart, which fails at the same place, would never send those records.
   */
  public List<SourceRecord> poll() {
    throwFatal();
    PollBatch batch = new PollBatch(limits, clock);
    boolean over = false;
    try {
      if (clock.getAsLong() >= failures.untilMs()) {
        fill(batch);
      }
    } catch (RuntimeException | Error e) {
      fatal = e;
      over = transaction.endOfSnapshot();
    }
    if (batch.records().isEmpty() && !over) {
      throwFatal();
    }
    transaction.batchMade();
    return batch.records();
  }

  private void throwFatal() {
    if (fatal instanceof Error error) {
      throw error;
    }
    if (fatal instanceof RuntimeException failure) {
      throw failure;
    }
  }

  private void fill(PollBatch batch) {
    int withoutMore = 0;
    while (withoutMore < streams.size() && !batch.isFull() && !transaction.endsWithBatch()) {
      TableStream stream = streams.get(current);
      try {
        stream.look(clock.getAsLong(), intervalMs);
        switch (stream.fill(batch, transaction)) {
          case BATCH_FULL -> {
            failures.succeeded();
            return;
          }
          case VERSION_COMPLETE -> withoutMore = 0;
          case UP_TO_DATE -> withoutMore++;
        }
        failures.succeeded();
        current = (current + 1) % streams.size();
      } catch (IOException e) {
        stream.failed();
        failures.failed(stream.location(), e, clock.getAsLong());
        return;
      }
    }
  }

  /** When there may be something to read again. */
  public long idleUntilMs() {
    long looks = streams.stream().mapToLong(TableStream::nextLookMs).min().orElse(0);
    return Math.max(looks, failures.untilMs());
  }

  /** How far each table is behind. */
  public Map<String, Lag> lags() {
    Map<String, Lag> lags = new TreeMap<>();
    for (TableStream stream : streams) {
      lags.merge(stream.location(), stream.lag(clock.getAsLong()), Lag::plus);
    }
    return lags;
  }

  /** The locations of tables that do not exist. */
  public Set<String> missing() {
    return streams.stream()
        .filter(TableStream::isMissing)
        .map(TableStream::location)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** The number of failures after which it tried again; from any thread. */
  public long retries() {
    return failures.retries();
  }

  /** Closes everything that is open. */
  public void close() {
    streams.forEach(TableStream::close);
  }
}
