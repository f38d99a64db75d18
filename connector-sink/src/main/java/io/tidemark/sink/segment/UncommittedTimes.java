package io.tidemark.sink.segment;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalLong;

/**
 * When the records of a partition that are in no committed batch were written, as far as this
 * session has read them: of each segment, and of what is open, the timestamp of the first record.
 * For a metric only.
 */
final class UncommittedTimes {

  private static final long UNKNOWN = -1;

  private final Deque<Sealed> sealed = new ArrayDeque<>();
  private long openMs = UNKNOWN;

  private record Sealed(long end, long firstMs) {}

  void read(Long timestampMs) {
    if (openMs == UNKNOWN && timestampMs != null && timestampMs >= 0) {
      openMs = timestampMs;
    }
  }

  void sealed(long end) {
    if (openMs != UNKNOWN) {
      sealed.add(new Sealed(end, openMs));
      openMs = UNKNOWN;
    }
  }

  void committed(long frontier) {
    while (!sealed.isEmpty() && sealed.getFirst().end() <= frontier) {
      sealed.removeFirst();
    }
  }

  /** Epoch milliseconds; empty when nothing is known that is not committed. */
  OptionalLong oldestMs() {
    if (!sealed.isEmpty()) {
      return OptionalLong.of(sealed.getFirst().firstMs());
    }
    return openMs == UNKNOWN ? OptionalLong.empty() : OptionalLong.of(openMs);
  }
}
