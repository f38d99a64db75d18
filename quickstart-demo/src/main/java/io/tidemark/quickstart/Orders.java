package io.tidemark.quickstart;

import io.tidemark.cluster.Records;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** Orders as JSON, numbered from 0, the same ones every time. */
final class Orders {

  private static final Instant FIRST = Instant.parse("2026-01-01T08:00:00Z");
  private static final List<String> COUNTRIES = List.of("FR", "DE", "JP", "BR", "US", "KE");
  private static final List<String> PRODUCTS =
      List.of("lamp", "chair", "kettle", "notebook", "umbrella", "teapot", "blanket");
  private static final int CUSTOMERS = 5_000;
  private static final int MILLIS_BETWEEN = 40;
  private static final int CENTS = 100;
  private static final int DEAREST_CENTS = 20_000;

  private final Records records;
  private final String topic;
  private final int partitions;
  private int next;

  Orders(Records records, String topic, int partitions) {
    this.records = records;
    this.topic = topic;
    this.partitions = partitions;
  }

  /** Orders produced so far. */
  int count() {
    return next;
  }

  /** Produces that many more; all have arrived when this returns. */
  void produce(int more) {
    for (int end = next + more; next < end; next++) {
      records.send(topic, next % partitions, null, order(next));
    }
    records.flush();
  }

  static String order(int id) {
    int mixed = (id * 0x9E3779B1) >>> 8;
    return String.format(
        Locale.ROOT,
        "{\"order_id\":%d,\"customer\":\"c%d\",\"product\":\"%s\",\"quantity\":%d,\"amount\":%.2f,"
            + "\"country\":\"%s\",\"event_time\":\"%s\"}",
        id,
        mixed % CUSTOMERS,
        PRODUCTS.get(mixed % PRODUCTS.size()),
        1 + mixed % 5,
        (double) (CENTS + mixed % DEAREST_CENTS) / CENTS,
        COUNTRIES.get(mixed % COUNTRIES.size()),
        FIRST.plusMillis((long) id * MILLIS_BETWEEN));
  }
}
