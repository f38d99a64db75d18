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

  /** Forgets one that is void. */
  void drop(FrontierMove move) {
    moves.remove(move);
  }

  /** Forgets what is done. */
  void forget(Batch committed) {
    moves.removeIf(move -> move.isDoneBy(committed));
  }
}
