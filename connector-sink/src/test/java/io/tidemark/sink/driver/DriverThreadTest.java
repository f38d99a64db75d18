package io.tidemark.sink.driver;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.common.ForwardClock;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DriverThreadTest {

  /** Connect does not wait for a long commit, which must not lose its file systems. */
  @Test
  void runsWhatIsLeftToItAfterItsLastStepOnly() throws InterruptedException {
    CountDownLatch inStep = new CountDownLatch(1);
    CountDownLatch mayEnd = new CountDownLatch(1);
    CountDownLatch closed = new CountDownLatch(1);
    DriverThread thread =
        DriverThread.start(
            "test-driver",
            () -> {
              inStep.countDown();
              await(mayEnd);
              throw new IOException("no storage");
            },
            100,
            ForwardClock.SYSTEM,
            () -> {});
    assertThat(inStep.await(60, TimeUnit.SECONDS)).isTrue();
    thread.close(1);
    thread.whenEnded(closed::countDown);
    assertThat(closed.getCount()).isOne();
    mayEnd.countDown();
    assertThat(closed.await(60, TimeUnit.SECONDS)).isTrue();
    AtomicInteger again = new AtomicInteger();
    thread.whenEnded(again::incrementAndGet);
    assertThat(again).hasValue(1);
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private static final long HOUR_MS = 3_600_000;

  /** A machine whose clock was wrong, and is set right. */
  @Test
  void triesAgainAfterAFailureThoughTheWallClockStepsBackByAnHour() throws InterruptedException {
    CountDownLatch attempts = new CountDownLatch(2);
    // The first reading is the clock's own, by the second the thread knows until when to wait.
    AtomicInteger readings = new AtomicInteger();
    ForwardClock clock =
        new ForwardClock(
            () -> System.currentTimeMillis() - (readings.incrementAndGet() > 2 ? HOUR_MS : 0),
            System::nanoTime);
    AtomicInteger retries = new AtomicInteger();
    try (DriverThread thread =
        DriverThread.start(
            "test-driver",
            () -> {
              attempts.countDown();
              throw new IOException("no storage");
            },
            100,
            clock,
            retries::incrementAndGet)) {
      assertThat(attempts.await(60, TimeUnit.SECONDS)).as("tried again").isTrue();
      assertThat(thread.failure()).isEmpty();
      assertThat(retries.get()).as("retries that are told").isPositive();
    }
  }
}
