package io.tidemark.benchmarks;

import io.tidemark.transforms.Where;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;

/** Nanoseconds per record of a filter with two comparisons, over Structs and over maps. */
public final class ExpressionBenchmark {

  private static final int RECORDS = 10_000;
  private static final int ROUNDS = 12;
  private static final int PASSES = 100;

  private static final Schema SCHEMA =
      SchemaBuilder.struct()
          .field("quantity", Schema.INT64_SCHEMA)
          .field("price", Schema.FLOAT64_SCHEMA)
          .build();

  private ExpressionBenchmark() {}

  /** Prints the fastest of the rounds; the first ones warm the JVM up. */
  public static void main(String[] arguments) {
    SinkRecord[] structs = new SinkRecord[RECORDS];
    SinkRecord[] maps = new SinkRecord[RECORDS];
    for (int i = 0; i < RECORDS; i++) {
      long quantity = i % 100;
      double price = i % 77;
      Struct struct = new Struct(SCHEMA).put("quantity", quantity).put("price", price);
      Map<String, Object> map = new HashMap<>(Map.of("quantity", quantity, "price", price));
      structs[i] = new SinkRecord("orders", 0, null, null, SCHEMA, struct, i);
      maps[i] = new SinkRecord("orders", 0, null, null, null, map, i);
    }
    report("two comparisons, Struct", structs);
    report("two comparisons, map", maps);
  }

  private static void report(String name, SinkRecord[] records) {
    Where<SinkRecord> where = new Where<>();
    where.configure(Map.of("condition", "quantity > 10 AND price < 50.5D"));
    long best = Long.MAX_VALUE;
    long kept = 0;
    for (int round = 0; round < ROUNDS; round++) {
      long begun = System.nanoTime();
      for (int pass = 0; pass < PASSES; pass++) {
        for (SinkRecord record : records) {
          kept += where.apply(record) == null ? 0 : 1;
        }
      }
      best = Math.min(best, System.nanoTime() - begun);
    }
    System.out.printf(
        Locale.ROOT, "%-28s %6.1f ns  (%d)%n", name, (double) best / RECORDS / PASSES, kept);
  }
}
