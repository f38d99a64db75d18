package io.tidemark.source.task;

import io.tidemark.source.offset.ShardPositions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How far all shards of a table are known to have come in Kafka: what the offsets of a record may
 * say of other shards. That a record was sent is not enough, as Kafka may still lose it while it
 * keeps later ones of another partition. Records are acknowledged by any thread.
 */
final class Acknowledgements {

  /** Runs that are kept apart; when more wait for Kafka, several count as one. */
  private static final int MOST_RUNS = 64;

  private final Deque<Run> runs = new ArrayDeque<>();
  private ShardPositions known;
  private String text;

  Acknowledgements(ShardPositions known) {
    this.known = known;
    this.text = known.text();
  }

  /** Records that were made one after the other, and where the shards stand behind them. */
  static final class Run {

    private final AtomicInteger waiting = new AtomicInteger();
    private ShardPositions behind;

    private Run(ShardPositions behind) {
      this.behind = behind;
    }

    void made() {
      waiting.incrementAndGet();
    }

    void committed() {
      waiting.decrementAndGet();
    }
  }

  /** Begins a run. */
  Run begin() {
    if (runs.size() >= MOST_RUNS) {
      return runs.getLast();
    }
    Run run = new Run(known);
    runs.addLast(run);
    return run;
  }

  /** Ends the run that was begun last. */
  void end(ShardPositions behind) {
    runs.getLast().behind = behind;
    while (!runs.isEmpty() && runs.getFirst().waiting.get() == 0) {
      know(runs.removeFirst().behind);
    }
  }

  private void know(ShardPositions behind) {
    ShardPositions more = known.furthest(behind);
    if (!more.equals(known)) {
      known = more;
      text = more.text();
    }
  }

  /** Text of what is known now. */
  String text() {
    while (runs.size() > 1 && runs.getFirst().waiting.get() == 0) {
      know(runs.removeFirst().behind);
    }
    return text;
  }
}
