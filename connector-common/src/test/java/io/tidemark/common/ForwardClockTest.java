package io.tidemark.common;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ForwardClockTest {

  private static final long HOUR_MS = 3_600_000;

  private long wallMs = 1_700_000_000_000L;
  private long nanos = -17;
  private final ForwardClock clock = new ForwardClock(() -> wallMs, () -> nanos);

  private void pass(long ms) {
    wallMs += ms;
    nanos += ms * 1_000_000;
  }

  @Test
  void followsTheWallClockForward() {
    pass(5);
    assertThat(clock.nowMs()).isEqualTo(wallMs);
    wallMs += HOUR_MS;
    assertThat(clock.nowMs()).isEqualTo(wallMs);
  }

  @Test
  void passesAsTimePassesWhenTheWallClockStepsBack() {
    long startMs = clock.nowMs();
    wallMs -= HOUR_MS;
    assertThat(clock.nowMs()).isEqualTo(startMs);
    for (int second = 1; second <= 100; second++) {
      pass(1_000);
      assertThat(clock.nowMs()).isEqualTo(startMs + second * 1_000L);
    }
    wallMs += 2 * HOUR_MS;
    assertThat(clock.nowMs()).isEqualTo(wallMs);
  }

  /** A clock that forgets parts of milliseconds would stand still for whoever asks all the time. */
  @Test
  void losesNoPartsOfMillisecondsHoweverOftenItIsAsked() {
    long startMs = clock.nowMs();
    wallMs -= HOUR_MS;
    for (int step = 0; step < 10_000; step++) {
      nanos += 100_000;
      clock.nowMs();
    }
    assertThat(clock.nowMs()).isEqualTo(startMs + 1_000);
  }

  @Test
  void neverGoesBackNorStandsStillWhateverTheWallClockDoes() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    long last = clock.nowMs();
    for (int step = 0; step < 10_000; step++) {
      long passedMs = random.nextInt(100);
      pass(passedMs);
      wallMs += random.nextInt(20) == 0 ? random.nextInt(7_200_000) - HOUR_MS : 0;
      long now = clock.nowMs();
      assertThat(now).as("seed %d, step %d", seed, step).isGreaterThanOrEqualTo(last + passedMs);
      assertThat(now).as("seed %d, step %d", seed, step).isGreaterThanOrEqualTo(wallMs);
      last = now;
    }
  }
}
