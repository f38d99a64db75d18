package io.tidemark.simulation;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/**
 * Code that can stop in its middle. It has a thread of its own, but runs only while its scheduler
 * waits for it in {@link #resume}: of all fibers and the scheduler, one is running at any time.
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
  private Thread scheduler;
  private Thread thread;
  private boolean started;
  private volatile boolean running;
  private boolean done;
  private Throwable failure;

  Fiber(Runnable body) {
    this.body = body;
  }

  /** Runs until the fiber suspends itself or ends. */
  void resume() {
    scheduler = Thread.currentThread();
    running = true;
    if (started) {
      LockSupport.unpark(thread);
    } else {
      started = true;
      THREADS.execute(this::run);
    }
    while (running) {
      LockSupport.park(this);
    }
    if (failure != null) {
      Throwable thrown = failure;
      failure = null;
      if (thrown instanceof Error error) {
        throw error;
      }
      throw new Violation("a fiber ended with " + thrown, thrown);
    }
  }

  /** Gives control back to the scheduler until it resumes this fiber; called by its own code. */
  void suspend() {
    running = false;
    LockSupport.unpark(scheduler);
    while (!running) {
      LockSupport.park(this);
    }
  }

  boolean isDone() {
    return done;
  }

  private void run() {
    thread = Thread.currentThread();
    try {
      body.run();
    } catch (Crash crash) {
      // That is how the code of a dead machine ends.
    } catch (Throwable e) {
      failure = e;
    }
    done = true;
    running = false;
    LockSupport.unpark(scheduler);
  }
}
