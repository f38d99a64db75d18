package io.tidemark.sink;

import java.security.SecureRandom;
import java.util.Locale;
import org.apache.kafka.connect.errors.ConnectException;

/** What the protocol takes from outside, beside the clock: pauses and random names. */
final class Environment {

  private static final SecureRandom RANDOM = new SecureRandom();

  private Environment() {}

  static void pause(long ms) {
    try {
      Thread.sleep(ms);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ConnectException("Interrupted while waiting to try again", e);
    }
  }

  static String randomHex() {
    return String.format(Locale.ROOT, "%016x", RANDOM.nextLong());
  }
}
