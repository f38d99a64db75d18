package io.tidemark.source.task;

import io.tidemark.source.offset.ShardPositions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The positions of all shards of a table that are known to be durable in Kafka. The offsets of a
 * record may contain these for other shards. A sent record does not count, because Kafka may still
 * lose it while it keeps later ones of another partition. Any thread may acknowledge records.
 */
final class Acknowledgements {

  /**
   * The number of stretches that are tracked separately; if more wait for Kafka, several are
   * merged.
   */
  private static final int MOST_STRETCHES = 64;

  private final Deque<Stretch> stretches = new ArrayDeque<>();
  private ShardPositions known;
  private String text;

  Acknowledgements(ShardPositions known) {
    this.known = known;
    this.text = known.text();
  }

  /** Consecutive records, and the positions of the shards after them. */
  static final class Stretch {

    private final AtomicInteger waiting = new AtomicInteger();
    private ShardPositions after;

    private Stretch(ShardPositions after) {
      this.after = after;
    }

    void made() {
      waiting.incrementAndGet();
    }

    void committed() {
      waiting.decrementAndGet();
    }
  }

  /** Begins a stretch. */
  Stretch begin() {
    if (stretches.size() >= MOST_STRETCHES) {
      return stretches.getLast();
    }
    Stretch stretch = new Stretch(known);
    stretches.addLast(stretch);
    return stretch;
  }

  /** Ends the stretch that was begun last. */
  void end(ShardPositions after) {
    stretches.getLast().after = after;
    while (!stretches.isEmpty() && stretches.getFirst().waiting.get() == 0) {
      know(stretches.removeFirst().after);
    }
  }

  private void know(ShardPositions after) {
    ShardPositions more = known.furthest(after);
    if (!more.equals(known)) {
      known = more;
      text = more.text();
    }
  }

  /** The text of the currently known positions. */
  String text() {
    while (stretches.size() > 1 && stretches.getFirst().waiting.get() == 0) {
      know(stretches.removeFirst().after);
    }
    return text;
  }
}
