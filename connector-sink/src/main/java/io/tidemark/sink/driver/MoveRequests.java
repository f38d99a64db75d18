package io.tidemark.sink.driver;

import io.tidemark.checkpoint.log.Batch;
import io.tidemark.sink.batch.FrontierMove;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Requests to move the frontier that no batch has carried out yet. They come from any thread. */
final class MoveRequests {

  private final Queue<FrontierMove> moves = new ConcurrentLinkedQueue<>();

  /** Adds a request, unless it is there. */
  void add(FrontierMove move) {
    if (moves.stream().noneMatch(asked -> asked.id().equals(move.id()))) {
      moves.add(move);
    }
  }

  boolean isEmpty() {
    return moves.isEmpty();
  }

  /** The one to carry out next. */
  Optional<FrontierMove> next() {
    return Optional.ofNullable(moves.peek());
  }

  /**
   * Forgets what is done.
   *
   * @param stale whether what tasks ask for may have been seen behind an earlier move than the last
   *     one: they look behind that, and ask again
   */
  void forget(Batch committed, boolean stale) {
    moves.removeIf(move -> move.isDoneBy(committed) || (stale && move.isRebase()));
  }
}
