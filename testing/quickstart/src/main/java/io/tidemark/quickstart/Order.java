package io.tidemark.quickstart;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * An order, the same one every time.
 *
 * @param id counted from 0
 * @param amount in cents, a whole number so that its sums are exact
 * @param eventTime when the customer ordered
 */
record Order(
    int id,
    String customer,
    String product,
    int quantity,
    long amount,
    String country,
    Instant eventTime) {

  /** Event time of the first order, and later by {@link #SPAN} that of the last. */
  static final Instant FIRST = Instant.parse("2025-01-01T08:02:00Z");

  static final Duration SPAN = Duration.ofHours(4);

  /** An order may be that much older than the ones that were produced before it. */
  static final Duration DISORDER = Duration.ofMinutes(2);

  private static final List<String> COUNTRIES = List.of("FR", "DE", "JP", "BR", "US", "KE");
  private static final List<String> PRODUCTS =
      List.of("lamp", "chair", "kettle", "notebook", "umbrella", "teapot", "blanket");
  private static final int CUSTOMERS = 5_000;
  private static final int CHEAPEST_CENTS = 100;
  private static final int DEAREST_CENTS = 20_000;

  /**
   * @param total orders there are going to be, which share the span between them
   */
  static Order of(int id, int total) {
    int mixed = (id * 0x9E3779B1) >>> 8;
    long sinceFirstMs = SPAN.toMillis() * id / total;
    return new Order(
        id,
        "c" + mixed % CUSTOMERS,
        PRODUCTS.get(mixed % PRODUCTS.size()),
        1 + mixed % 5,
        CHEAPEST_CENTS + mixed % DEAREST_CENTS,
        COUNTRIES.get(mixed % COUNTRIES.size()),
        FIRST.plusMillis(sinceFirstMs - mixed % DISORDER.toMillis()));
  }

  String json() {
    return String.format(
        Locale.ROOT,
        "{\"order_id\":%d,\"customer\":\"%s\",\"product\":\"%s\",\"quantity\":%d,\"amount\":%d,"
            + "\"country\":\"%s\",\"event_time\":\"%s\"}",
        id,
        customer,
        product,
        quantity,
        amount,
        country,
        eventTime);
  }
}
