package io.tidemark.benchmarks;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Orders as schemaless JSON, 216 bytes on average, the same bytes for the same seed.
 *
 * <pre>
 *   {"order_id":"o-9e3779b97f4a7c15","user_id":42,"product":"product-7","amount":12.50,
 *    "currency":"EUR","event_time":1760000000000,
 *    "address":{"street":"High Street 3","city":"Paris","zip":"12345"},"note":null}
 * </pre>
 *
 * No order_id comes twice. Product n is n times as rare as the first one. Event time advances
 * evenly over a day; nine orders of ten are up to two seconds out of order, one up to thirty.
 */
final class OrderGenerator {

  private static final int PRODUCTS = 1000;
  private static final long WINDOW_MS = 300_000;
  private static final long FIRST_MS = 1_760_000_000_000L / WINDOW_MS * WINDOW_MS;
  private static final double SPAN_MS = 24 * 3_600_000.0;
  private static final List<String> CURRENCIES = List.of("EUR", "USD", "GBP", "JPY", "CHF");
  private static final List<String> CITIES =
      List.of(
          "Berlin", "Paris", "London", "Tokyo", "Zurich", "Madrid", "Lisbon", "Wien", "Oslo",
          "Rome");
  private static final List<String> STREETS =
      List.of(
          "Hauptstrasse",
          "Rue de la Paix",
          "High Street",
          "Bahnhofstrasse",
          "Via Roma",
          "Gran Via");

  private final SplittableRandom random;
  private final double stepMs;
  private final double[] shares = shares();
  private final StringBuilder text = new StringBuilder(320);
  private long count;
  private long eventMs;

  /**
   * @param records that share the day between them
   */
  OrderGenerator(long seed, long records) {
    this.random = new SplittableRandom(seed);
    this.stepMs = SPAN_MS / records;
  }

  /** The next order. */
  byte[] next() {
    long disorderMs = random.nextInt(10) == 0 ? random.nextInt(30_000) : random.nextInt(2_000);
    eventMs = Math.max(FIRST_MS, FIRST_MS + (long) (count * stepMs) - disorderMs);
    int cents = 100 + random.nextInt(99_900);
    text.setLength(0);
    text.append("{\"order_id\":\"o-").append(hex(mixed(count++)));
    text.append("\",\"user_id\":").append(random.nextInt(1_000_000));
    text.append(",\"product\":\"product-").append(product());
    text.append("\",\"amount\":").append(cents / 100).append('.');
    text.append(cents % 100 / 10).append(cents % 10);
    text.append(",\"currency\":\"").append(one(CURRENCIES));
    text.append("\",\"event_time\":").append(eventMs);
    text.append(",\"address\":{\"street\":\"").append(one(STREETS));
    text.append(' ').append(1 + random.nextInt(200));
    text.append("\",\"city\":\"").append(one(CITIES));
    text.append("\",\"zip\":\"").append(10_000 + random.nextInt(90_000)).append("\"},\"note\":");
    if (random.nextInt(4) == 0) {
      text.append("\"leave at door ").append(random.nextInt(1000)).append('"');
    } else {
      text.append("null");
    }
    return text.append('}').toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Event time of the last order. */
  long eventMs() {
    return eventMs;
  }

  private int product() {
    int found = Arrays.binarySearch(shares, random.nextDouble());
    return Math.min(PRODUCTS - 1, found < 0 ? -found - 1 : found);
  }

  private String one(List<String> words) {
    return words.get(random.nextInt(words.size()));
  }

  /** A permutation of the numbers of 64 bits, so that no result comes twice. */
  private static long mixed(long number) {
    long z = number + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  private static String hex(long number) {
    String digits = Long.toHexString(number);
    return "0".repeat(16 - digits.length()) + digits;
  }

  private static double[] shares() {
    double[] shares = new double[PRODUCTS];
    double sum = 0;
    for (int product = 0; product < PRODUCTS; product++) {
      sum += 1.0 / (product + 1);
      shares[product] = sum;
    }
    for (int product = 0; product < PRODUCTS; product++) {
      shares[product] /= sum;
    }
    return shares;
  }
}
