package io.tidemark.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Many seeds, several at a time, until one fails. */
public final class Campaign {

  private final long first;
  private final long count;
  private final AtomicLong next;
  private final Totals totals = new Totals();
  private Simulation.Outcome failed;

  private Campaign(long first, long count) {
    this.first = first;
    this.count = count;
    this.next = new AtomicLong(first);
  }

  /** The totals of many runs. */
  public static final class Totals {
    private long seeds;
    private long operations;
    private long batches;
    private long rejectedSegments;
    private long failedTasks;
    private long windows;
    private long damagedRuns;
    private long onRocks;

    private void add(Simulation.Outcome outcome) {
      seeds++;
      operations += outcome.operations();
      batches += outcome.batches();
      rejectedSegments += outcome.rejectedSegments();
      failedTasks += outcome.failedTasks();
      windows += outcome.windows();
      damagedRuns += outcome.damagedRuns();
      onRocks += outcome.rocks() ? 1 : 0;
    }

    /** Seeds that held. */
    public long seeds() {
      return seeds;
    }

    /** Batches that were committed. */
    public long batches() {
      return batches;
    }

    /** Rows of closed windows, each equal to the oracle's. */
    public long windows() {
      return windows;
    }

    /** Merged runs that were damaged or lost. */
    public long damagedRuns() {
      return damagedRuns;
    }

    /** Seeds whose runs were RocksDB's files. */
    public long onRocks() {
      return onRocks;
    }

    /** Segments that were rejected. */
    public long rejectedSegments() {
      return rejectedSegments;
    }

    @Override
    public String toString() {
      return ("%,d seeds (%,d with RocksDB): %,d operations, %,d batches, %,d rejected segments, %,d failed tasks,"
              + " %,d windows, %,d damaged runs")
          .formatted(
              seeds,
              onRocks,
              operations,
              batches,
              rejectedSegments,
              failedTasks,
              windows,
              damagedRuns);
    }
  }

  /**
   * Runs seeds.
   *
   * @param first the first seed
   * @param count how many; fewer when one fails
   * @param threads how many at a time
   * @param progress hears of the totals after every seed
   * @throws Violation of the failing seed, with its shrunk scenario and trace in the message
   */
  public static Totals run(long first, long count, int threads, Consumer<Totals> progress) {
    Campaign campaign = new Campaign(first, count);
    List<Thread> workers = new ArrayList<>();
    for (int worker = 0; worker < threads; worker++) {
      Thread thread = new Thread(() -> campaign.work(progress), "seeds-" + worker);
      thread.setDaemon(true);
      thread.start();
      workers.add(thread);
    }
    for (Thread worker : workers) {
      try {
        worker.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while seeds run", e);
      }
    }
    if (campaign.failed != null) {
      throw Report.of(campaign.failed);
    }
    if (campaign.totals.seeds() != count) {
      throw new IllegalStateException(
          campaign.totals.seeds() + " of " + count + " seeds have run: a thread has died");
    }
    return campaign.totals;
  }

  /** The first of these seeds that fails, -1 when none does. */
  public static long firstFailing(long first, long count) {
    for (long seed = first; seed < first + count; seed++) {
      if (Simulation.run(Scenario.of(seed), false).violation() != null) {
        return seed;
      }
    }
    return -1;
  }

  private void work(Consumer<Totals> progress) {
    for (long seed = next.getAndIncrement();
        seed < first + count && !isOver();
        seed = next.getAndIncrement()) {
      finished(Simulation.run(Scenario.of(seed), false), progress);
    }
  }

  private synchronized boolean isOver() {
    return failed != null;
  }

  private synchronized void finished(Simulation.Outcome outcome, Consumer<Totals> progress) {
    if (outcome.violation() == null) {
      totals.add(outcome);
      progress.accept(totals);
    } else if (failed == null) {
      failed = outcome;
    }
  }
}
