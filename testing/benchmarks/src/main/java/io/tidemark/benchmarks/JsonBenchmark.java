package io.tidemark.benchmarks;

import io.tidemark.converters.JsonConverter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.connect.storage.Converter;

/**
 * CPU time and memory for one order of nine fields in JSON without schema: Connect's JsonConverter
 * and ours, which decodes what is read. Prints the fastest of the rounds; the first ones warm the
 * JVM up.
 */
public final class JsonBenchmark {

  private static final int RECORDS = 10_000;
  private static final int ROUNDS = 12;
  private static final int PASSES = 20;

  private final byte[][] orders = orders();

  private JsonBenchmark() {}

  public static void main(String[] arguments) {
    new JsonBenchmark().run();
  }

  private void run() {
    Map<String, String> configs = Map.of("schemas.enable", "false");
    Converter connects = new org.apache.kafka.connect.json.JsonConverter();
    connects.configure(configs, false);
    Converter ours = new JsonConverter();
    ours.configure(configs, false);
    System.out.printf(Locale.ROOT, "an order of %d bytes%n", orders[0].length);
    report("read, Connect's", orders, order -> value(connects, order));
    report("read, Connect's, all of it", orders, order -> all(value(connects, order)));
    report("read, ours, nothing of it", orders, order -> value(ours, order));
    report("read, ours, two fields", orders, order -> fields(value(ours, order)));
    report("read, ours, all of it", orders, order -> all(value(ours, order)));

    Object[] trees = new Object[RECORDS];
    Object[] lazy = new Object[RECORDS];
    for (int i = 0; i < RECORDS; i++) {
      trees[i] = value(connects, orders[i]);
      lazy[i] = value(ours, orders[i]);
    }
    report("write a HashMap, Connect's", trees, tree -> written(connects, tree));
    report("write a HashMap, ours", trees, tree -> written(ours, tree));
    report("write what was read, ours", lazy, order -> written(ours, order));
  }

  private static byte[][] orders() {
    byte[][] orders = new byte[RECORDS][];
    for (int i = 0; i < RECORDS; i++) {
      orders[i] =
          String.format(
                  Locale.ROOT,
                  "{\"order_id\":%d,\"customer\":\"customer-%05d\",\"product\":\"Tide gauge, %04d\","
                      + "\"quantity\":%d,\"price\":%d.%02d,\"currency\":\"EUR\",\"express\":%b,"
                      + "\"ordered_at\":\"2026-11-23T10:%02d:%02d.250Z\",\"note\":\"at the kitchen door, please\"}",
                  4_000_000_000L + i,
                  i % 50_000,
                  i % 997,
                  1 + i % 9,
                  10 + i % 90,
                  i % 100,
                  i % 3 == 0,
                  i / 60 % 60,
                  i % 60)
              .getBytes(StandardCharsets.UTF_8);
    }
    return orders;
  }

  private static Object value(Converter converter, byte[] order) {
    return converter.toConnectData("orders", order).value();
  }

  private static Object fields(Object order) {
    Map<?, ?> map = (Map<?, ?>) order;
    return map.get("customer").hashCode() + map.get("price").hashCode();
  }

  private static Object all(Object order) {
    int hash = 0;
    for (Object value : ((Map<?, ?>) order).values()) {
      hash += value.hashCode();
    }
    return hash;
  }

  private static Object written(Converter converter, Object order) {
    return converter.fromConnectData("orders", null, order);
  }

  private static <T> void report(String name, T[] inputs, Function<T, Object> step) {
    long best = Long.MAX_VALUE;
    long bytes = Long.MAX_VALUE;
    int sum = 0;
    CpuClock clock = new CpuClock();
    for (int round = 0; round < ROUNDS; round++) {
      clock.reset();
      for (int pass = 0; pass < PASSES; pass++) {
        for (T input : inputs) {
          sum += step.apply(input) == null ? 1 : 0;
        }
      }
      best = Math.min(best, clock.nanos());
      bytes = Math.min(bytes, clock.bytes());
    }
    double records = (double) inputs.length * PASSES;
    System.out.printf(
        Locale.ROOT,
        "%-30s %6.0f ns %6.0f bytes  (%x)%n",
        name,
        best / records,
        bytes / records,
        sum);
  }
}
