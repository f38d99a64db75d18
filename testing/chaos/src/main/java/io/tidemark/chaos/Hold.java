package io.tidemark.chaos;

import io.tidemark.cluster.Patience;

/** Lets time pass: a fault that lasts, or the pause between two. */
final class Hold {

  private Hold() {}

  static void seconds(int seconds) {
    long endNanos = System.nanoTime() + seconds * 1_000_000_000L;
    Patience.ofSeconds(seconds + 60L)
        .await("%d s are over".formatted(seconds), () -> System.nanoTime() >= endNanos);
  }
}
