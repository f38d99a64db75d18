package io.tidemark.sink.driver;

import io.tidemark.common.TaskThread;
import io.tidemark.sink.segment.Retries;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Steps a driver on a thread of its own until it is drained and closed, or fails for good. */
public final class DriverThread implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(DriverThread.class);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final LongSupplier clock;
  private final Retries retries;
  private final Runnable retried;
  private final Thread thread;
  private boolean woken;
  private boolean draining;
  private boolean closed;
  private boolean ended;
  private Runnable ending = () -> {};
  private volatile RuntimeException failure;

  /** Makes the driver, on the thread because it does I/O. May be called again after a failure. */
  @FunctionalInterface
  public interface DriverFactory {
    Driver create() throws IOException;
  }

  private DriverThread(
      String name, DriverFactory factory, int maxFailures, LongSupplier clock, Runnable retried) {
    this.clock = clock;
    this.retried = retried;
    this.retries = new Retries(maxFailures, this::pause);
    this.thread = TaskThread.daemon(name, () -> run(factory));
  }

  /**
   * Starts the thread.
   *
   * @param clock epoch milliseconds, which never go back
   * @param retried hears of each failure after which a step is taken again
   */
  public static DriverThread start(
      String name, DriverFactory factory, int maxFailures, LongSupplier clock, Runnable retried) {
    DriverThread driverThread = new DriverThread(name, factory, maxFailures, clock, retried);
    driverThread.thread.start();
    return driverThread;
  }

  /** Takes the next step at once; see {@link Driver#wake}. */
  public void wake() {
    lock.lock();
    try {
      woken = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** The failure that ended the driver, with which the task has to fail; empty while it runs. */
  public Optional<RuntimeException> failure() {
    return Optional.ofNullable(failure);
  }

  /**
   * Lets the driver commit what is sealed, and ends the thread; after that many milliseconds as
   * soon as its current step is done, without waiting for it.
   */
  public void close(long patienceMs) {
    lock.lock();
    try {
      draining = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    try {
      thread.join(patienceMs);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    close(1_000);
  }

  /** Runs this when the thread has ended, after its step: at once when it has, else on it. */
  public void whenEnded(Runnable action) {
    lock.lock();
    try {
      if (!ended) {
        ending = action;
        return;
      }
    } finally {
      lock.unlock();
    }
    action.run();
  }

  private void end() {
    Runnable action;
    lock.lock();
    try {
      ended = true;
      action = ending;
    } finally {
      lock.unlock();
    }
    action.run();
  }

  private void run(DriverFactory factory) {
    try {
      drive(factory);
    } finally {
      end();
    }
  }

  private void drive(DriverFactory factory) {
    Driver driver = null;
    try {
      while (!isClosed()) {
        try {
          if (driver == null) {
            driver = factory.create();
          }
          if (isDraining()) {
            driver.drain();
          }
          if (isWoken()) {
            driver.wake();
          }
          long wakeMs = driver.step(clock.getAsLong());
          retries.succeeded();
          if (driver.isDrained()) {
            return;
          }
          sleepUntil(wakeMs, true);
        } catch (IOException e) {
          retries.failed("commit", e);
        }
      }
    } catch (RuntimeException | Error e) {
      // Any failure counts: a task without its driver must not look as if it were running.
      failure =
          e instanceof RuntimeException known
              ? known
              : new IllegalStateException(thread.getName() + " ended with " + e, e);
      if (isClosed() || isDraining()) {
        LOG.error("Thread {} ended", thread.getName(), e);
      } else {
        // The task throws it, and Connect then logs its stack trace.
        LOG.error(
            "Thread {} ended, and the task fails at its next call: {}",
            thread.getName(),
            e.toString());
      }
    }
  }

  private boolean isDraining() {
    lock.lock();
    try {
      return draining;
    } finally {
      lock.unlock();
    }
  }

  /** Asked once before each step. */
  private boolean isWoken() {
    lock.lock();
    try {
      boolean was = woken;
      woken = false;
      return was;
    } finally {
      lock.unlock();
    }
  }

  private boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  /** After a failure: that something was sealed is no reason to try again sooner. */
  private void pause(long ms) {
    retried.run();
    sleepUntil(clock.getAsLong() + ms, false);
  }

  private void sleepUntil(long wakeMs, boolean wakeable) {
    lock.lock();
    try {
      long restMs = wakeMs - clock.getAsLong();
      boolean wasDraining = draining;
      while (restMs > 0 && !(wakeable && woken) && !closed && draining == wasDraining) {
        changed.await(restMs, TimeUnit.MILLISECONDS);
        restMs = wakeMs - clock.getAsLong();
      }
    } catch (InterruptedException e) {
      closed = true;
    } finally {
      lock.unlock();
    }
  }
}
