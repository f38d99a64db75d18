package io.tidemark.chaos;

import io.tidemark.cluster.Patience;
import io.tidemark.common.TidemarkException;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Starts a process on the port that it had before. The operating system may keep a port for a
 * moment after a process was killed, so a busy one is tried again.
 */
final class Start {

  private static final String PORT_BUSY = "TM-901";
  private static final Patience PORT = Patience.ofSeconds(90);

  private Start() {}

  static void patiently(Runnable start) {
    AtomicReference<TidemarkException> failure = new AtomicReference<>();
    PORT.await(
        "the port is free again",
        () -> {
          try {
            start.run();
            return true;
          } catch (TidemarkException e) {
            failure.set(e);
            return !e.code().equals(PORT_BUSY);
          }
        });
    if (failure.get() != null && !failure.get().code().equals(PORT_BUSY)) {
      throw failure.get();
    }
  }
}
