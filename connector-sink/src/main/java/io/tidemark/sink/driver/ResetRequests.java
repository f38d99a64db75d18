package io.tidemark.sink.driver;

import io.tidemark.checkpoint.log.Batch;
import io.tidemark.sink.batch.OffsetReset;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Requests to reset the frontier that no batch has carried out yet. They come from any thread. */
final class ResetRequests {

  private final Queue<OffsetReset> resets = new ConcurrentLinkedQueue<>();

  /** Adds a request, unless it was added before. */
  void add(OffsetReset reset) {
    if (resets.stream().noneMatch(asked -> asked.id().equals(reset.id()))) {
      resets.add(reset);
    }
  }

  boolean isEmpty() {
    return resets.isEmpty();
  }

  /** The request to carry out next. */
  Optional<OffsetReset> next() {
    return Optional.ofNullable(resets.peek());
  }

  /** Forgets a request that is void. */
  void drop(OffsetReset reset) {
    resets.remove(reset);
  }

  /** Forgets requests that are carried out. */
  void forget(Batch committed) {
    resets.removeIf(reset -> reset.isDoneBy(committed));
  }
}
