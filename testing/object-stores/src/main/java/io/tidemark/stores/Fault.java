package io.tidemark.stores;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** What goes wrong with a request. */
sealed interface Fault {

  /** The store does it; the connection ends without an answer. */
  record Swallow() implements Fault {}

  /** The store never hears of it; the proxy answers. */
  record Refuse(ErrorAnswer error) implements Fault {}

  /** The store does it; the answer is late. */
  record Hold(CompletableFuture<?> release) implements Fault {}

  /** The store does it; the answer comes that much later. */
  record Delay(Duration time) implements Fault {}

  /** The store does it; the connection ends after so many bytes of the answer's body. */
  record Truncate(long bodyBytes) implements Fault {}
}
