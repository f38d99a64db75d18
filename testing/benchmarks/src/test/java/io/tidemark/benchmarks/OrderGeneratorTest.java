package io.tidemark.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OrderGeneratorTest {

  private static final int RECORDS = 50_000;
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void makesTheSameBytesForTheSameSeed() {
    OrderGenerator one = new OrderGenerator(7, RECORDS);
    OrderGenerator other = new OrderGenerator(7, RECORDS);

    for (int i = 0; i < 1000; i++) {
      assertThat(one.next()).isEqualTo(other.next());
      assertThat(one.eventMs()).isEqualTo(other.eventMs());
    }
  }

  @Test
  void makesOtherOrdersForAnotherSeed() {
    assertThat(new OrderGenerator(7, RECORDS).next())
        .isNotEqualTo(new OrderGenerator(8, RECORDS).next());
  }

  @Test
  void makesOrdersOf216BytesOnAverage() {
    OrderGenerator orders = new OrderGenerator(42, RECORDS);
    long bytes = 0;
    for (int i = 0; i < RECORDS; i++) {
      bytes += orders.next().length;
    }

    assertThat((double) bytes / RECORDS).isBetween(215.0, 217.0);
  }

  @Test
  void makesNoOrderTwiceAndEachWithAllFields() throws IOException {
    OrderGenerator orders = new OrderGenerator(42, RECORDS);
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < RECORDS; i++) {
      JsonNode order = JSON.readTree(orders.next());
      ids.add(order.path("order_id").asText());
      assertThat(order.size()).isEqualTo(8);
      assertThat(order.path("event_time").asLong()).isEqualTo(orders.eventMs());
      assertThat(order.path("address").size()).isEqualTo(3);
    }

    assertThat(ids).hasSize(RECORDS);
  }

  @Test
  void spreadsEventTimeOverADayHoweverManyOrdersThereAre() {
    OrderGenerator orders = new OrderGenerator(42, RECORDS);
    orders.next();
    long firstMs = orders.eventMs();
    for (int i = 1; i < RECORDS; i++) {
      orders.next();
    }

    assertThat(orders.eventMs() - firstMs).isBetween(86_360_000L, 86_400_000L);
  }

  @Test
  void isReadByTheParserFieldByField() throws IOException {
    OrderGenerator orders = new OrderGenerator(42, RECORDS);
    OrderParser parser = new OrderParser();
    for (int i = 0; i < 100; i++) {
      byte[] bytes = orders.next();
      JsonNode order = JSON.readTree(bytes);

      parser.parse(bytes);

      assertThat(parser.orderId).isEqualTo(order.path("order_id").asText());
      assertThat(parser.userId).isEqualTo(order.path("user_id").asLong());
      assertThat(parser.product).isEqualTo(order.path("product").asText());
      assertThat(parser.amount).isEqualTo(order.path("amount").asDouble());
      assertThat(parser.currency).isEqualTo(order.path("currency").asText());
      assertThat(parser.eventMs).isEqualTo(orders.eventMs());
      assertThat(parser.street).isEqualTo(order.at("/address/street").asText());
      assertThat(parser.city).isEqualTo(order.at("/address/city").asText());
      assertThat(parser.zip).isEqualTo(order.at("/address/zip").asText());
      assertThat(parser.note).isEqualTo(order.path("note").textValue());
    }
  }

  @Test
  void keepsAnOrderWholeWhenItIsStamped() throws IOException {
    String order = new String(new OrderGenerator(42, RECORDS).next(), UTF_8);

    JsonNode stamped = JSON.readTree(SteadyLoad.stamped(order, 1_790_000_000_123L));

    assertThat(stamped.path(SteadyLoad.SENT).asLong()).isEqualTo(1_790_000_000_123L);
    assertThat(stamped.size()).isEqualTo(9);
    assertThat(stamped.path("order_id")).isEqualTo(JSON.readTree(order).path("order_id"));
  }
}
