package io.tidemark.simulation;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/**
 * Code that can pause, for which it has its own thread. Only one fiber of a {@link Schedule} runs
 * at any time: it hands its turn over to the next one, and waits for its next turn.
 */
final class Fiber {

  private static final ExecutorService THREADS =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "fiber");
            thread.setDaemon(true);
            return thread;
          });

  private final Runnable body;
  private Thread thread;
  private boolean asleep;
  private boolean done;
  private volatile boolean running;

  /**
   * @param body what it does once it has its first turn
   */
  Fiber(Runnable body) {
    this.body = body;
  }

  /** The fiber of the calling thread, which has the turn. */
  static Fiber ofThisThread() {
    Fiber fiber = new Fiber(() -> {});
    fiber.thread = Thread.currentThread();
    fiber.running = true;
    return fiber;
  }

  /** Whether it waits to be awoken, regardless of which fiber has the turn. */
  boolean isAsleep() {
    return asleep;
  }

  void fallAsleep() {
    asleep = true;
  }

  void awake() {
    asleep = false;
  }

  boolean isDone() {
    return done;
  }

  /** Marks its code as finished: once it hands its turn over, it never gets another one. */
  void done() {
    done = true;
  }

  /** Gives the turn of this fiber, whose code calls, to another one, and waits for the next. */
  void handOver(Fiber other) {
    running = false;
    other.take();
    while (!running && !done) {
      LockSupport.park(this);
    }
  }

  private void take() {
    running = true;
    if (thread != null) {
      LockSupport.unpark(thread);
    } else {
      THREADS.execute(this::run);
    }
  }

  private void run() {
    thread = Thread.currentThread();
    body.run();
  }
}
