package io.tidemark.cluster;

import java.time.Duration;
import java.util.concurrent.Callable;

/**
 * How long to wait for something that another process does, and how often to look.
 *
 * @param limit from the start of the wait until it is given up
 * @param pause between two looks
 */
public record Patience(Duration limit, Duration pause) {

  /** Looks every 100 ms. */
  public static Patience ofSeconds(long seconds) {
    return new Patience(Duration.ofSeconds(seconds), Duration.ofMillis(100));
  }

  /**
   * Waits until the condition is true. A condition that throws counts as not yet true: a broker
   * that is starting refuses connections, a worker that has just started knows no connector.
   *
   * @param awaited what is to become true, for the error message
   */
  public void await(String awaited, Callable<Boolean> condition) {
    await(awaited, () -> {}, condition);
  }

  /** The same, given up at once with the end of its log when the process has died. */
  public void await(String awaited, JavaProcess process, Callable<Boolean> condition) {
    await(awaited, process::requireAlive, condition);
  }

  private void await(String awaited, Runnable precondition, Callable<Boolean> condition) {
    long startNanos = System.nanoTime();
    Exception lastFailure = null;
    do {
      precondition.run();
      try {
        if (condition.call()) {
          return;
        }
        lastFailure = null;
      } catch (InterruptedException e) {
        throw ClusterErrors.interrupted("wait until " + awaited, e);
      } catch (Exception e) {
        lastFailure = e;
      }
      rest(awaited);
    } while (System.nanoTime() - startNanos < limit.toNanos());
    throw ClusterErrors.tooSlow(awaited, limit, lastFailure);
  }

  private void rest(String awaited) {
    try {
      Thread.sleep(pause.toMillis());
    } catch (InterruptedException e) {
      throw ClusterErrors.interrupted("wait until " + awaited, e);
    }
  }
}
