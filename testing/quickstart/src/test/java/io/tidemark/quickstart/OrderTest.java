package io.tidemark.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrderTest {

  @Test
  void isTheSameEveryTime() {
    assertThat(Order.of(7, 100)).isEqualTo(Order.of(7, 100)).isNotEqualTo(Order.of(8, 100));
  }

  @Test
  void isWrittenAsJsonWithACountOfCents() throws IOException {
    Order order = Order.of(7, 100);
    JsonNode json = new ObjectMapper().readTree(order.json());
    assertThat(json.path("order_id").asInt()).isEqualTo(7);
    assertThat(json.path("product").asText()).isEqualTo(order.product());
    assertThat(json.path("amount").isIntegralNumber()).isTrue();
    assertThat(json.path("amount").asLong()).isEqualTo(order.amount()).isPositive();
    assertThat(Instant.parse(json.path("event_time").asText())).isEqualTo(order.eventTime());
  }

  @ParameterizedTest
  @ValueSource(ints = {10_000, 300_000})
  void isOutOfOrderYetNeverOlderThanTheDisorderAllows(int total) {
    Instant latest = Instant.MIN;
    int outOfOrder = 0;
    Set<String> products = new HashSet<>();
    for (int id = 0; id < total; id++) {
      Order order = Order.of(id, total);
      products.add(order.product());
      if (order.eventTime().isBefore(latest)) {
        outOfOrder++;
        assertThat(order.eventTime()).isAfter(latest.minus(Order.DISORDER));
      } else {
        latest = order.eventTime();
      }
    }
    assertThat(products).hasSize(7);
    assertThat(outOfOrder).isGreaterThan(total / 2);
    assertThat(latest)
        .isBefore(Order.FIRST.plus(Order.SPAN))
        .isAfter(Order.FIRST.plus(Order.SPAN).minusSeconds(60));
  }
}
