package io.tidemark.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RevenueOracleTest {

  private static final Instant EIGHT = Instant.parse("2025-01-01T08:00:00Z");

  private final RevenueOracle oracle =
      new RevenueOracle(Duration.ofMinutes(5), Duration.ofMinutes(10));

  @Test
  void sumsPerWindowAndProductOverAllPartitions() {
    sent(0, "lamp", 100, 0);
    sent(1, "lamp", 20, 299);
    sent(1, "chair", 3, 299);
    sent(0, "lamp", 7, 300);
    sent(0, "end", 1, 1_200);
    sent(1, "end", 1, 1_200);

    assertThat(oracle.closed().values())
        .containsExactlyInAnyOrder(
            row("lamp", 0, 120, 2), row("chair", 0, 3, 1), row("lamp", 300, 7, 1));
    assertThat(oracle.open()).containsExactly(EIGHT.plusSeconds(1_200));
  }

  @Test
  void closesAWindowThatEndsAtTheWatermarkAndNoneThatEndsAfterIt() {
    sent(0, "lamp", 1, 0);
    sent(0, "lamp", 1, 899);
    assertThat(oracle.closed()).isEmpty();

    sent(0, "lamp", 1, 900);
    assertThat(oracle.watermark()).isEqualTo(EIGHT.plusSeconds(300));
    assertThat(oracle.closed().values()).containsExactly(row("lamp", 0, 1, 1));
  }

  @Test
  void waitsForTheSlowestPartition() {
    sent(0, "lamp", 1, 0);
    sent(1, "lamp", 1, 100);
    sent(1, "lamp", 1, 90);
    sent(0, "lamp", 1, 86_400);
    assertThat(oracle.eventTime()).isEqualTo(EIGHT.plusSeconds(100));
    assertThat(oracle.closed()).isEmpty();
    assertThat(oracle.open()).hasSize(2);
  }

  /** So that what the quickstart says does not hang on a few milliseconds. */
  @Test
  void findsTheEndOfTheOrdersInTheMiddleOfAWindow() {
    int total = 10_000;
    for (int id = 0; id < total; id++) {
      oracle.sent(id % 3, Order.of(id, total));
    }
    assertThat(oracle.watermark())
        .isBetween(Instant.parse("2025-01-01T11:51:00Z"), Instant.parse("2025-01-01T11:53:00Z"));
    assertThat(oracle.closed()).hasSize(46 * 7);
    assertThat(oracle.open())
        .containsExactly(
            Instant.parse("2025-01-01T11:50:00Z"),
            Instant.parse("2025-01-01T11:55:00Z"),
            Instant.parse("2025-01-01T12:00:00Z"));
  }

  private void sent(int partition, String product, long amount, long second) {
    oracle.sent(partition, new Order(0, "c1", product, 1, amount, "FR", EIGHT.plusSeconds(second)));
  }

  private static RevenueRow row(String product, long second, long revenue, long count) {
    Instant start = EIGHT.plusSeconds(second);
    return new RevenueRow(start, start.plusSeconds(300), product, revenue, count);
  }
}
