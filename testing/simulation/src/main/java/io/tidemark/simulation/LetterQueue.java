package io.tidemark.simulation;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.connect.sink.ErrantRecordReporter;

/** The dead letter queue, which may reject everything for a while. */
final class LetterQueue {

  private static final int SLOWEST_MS = 300;

  private final World world;
  private final Set<String> letters = new HashSet<>();
  private long brokenUntilMs;

  LetterQueue(World world) {
    this.world = world;
  }

  /** Rejects everything for this time. */
  void breakFor(long ms) {
    brokenUntilMs = world.schedule.nowMs() + ms;
  }

  /** Whether the letter of a record is durable. */
  boolean has(String record) {
    return letters.contains(record);
  }

  /** What a task reports to. */
  ErrantRecordReporter reporter(Io io) {
    return (record, error) -> new Letter(io.actor(), SimulatedKafka.name(record));
  }

  private final class Letter implements Future<Void> {

    private final Actor actor;
    private final long doneMs = world.schedule.nowMs() + world.dice.between(0, SLOWEST_MS);
    private boolean done;
    private boolean lost;

    Letter(Actor actor, String record) {
      this.actor = actor;
      world.schedule.at(doneMs, () -> arrive(record));
    }

    private void arrive(String record) {
      done = true;
      lost = world.schedule.nowMs() < brokenUntilMs;
      if (!lost) {
        letters.add(record);
      }
      world.trace.add("queue", () -> (lost ? "loses " : "has ") + record);
    }

    @Override
    public Void get() throws ExecutionException {
      throw new Violation("a task waits for a dead letter without a bound");
    }

    @Override
    public Void get(long timeout, TimeUnit unit) throws ExecutionException, TimeoutException {
      long untilMs = world.schedule.nowMs() + unit.toMillis(timeout);
      while (!done && world.schedule.nowMs() < untilMs) {
        actor.sleep(Math.max(1, Math.min(doneMs, untilMs) - world.schedule.nowMs()));
      }
      if (!done) {
        throw new TimeoutException();
      }
      if (lost) {
        throw new ExecutionException(new IllegalStateException("the queue took nothing"));
      }
      return null;
    }

    @Override
    public boolean isDone() {
      return done;
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
      return false;
    }

    @Override
    public boolean isCancelled() {
      return false;
    }
  }
}
