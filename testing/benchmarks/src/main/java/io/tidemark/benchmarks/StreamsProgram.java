package io.tidemark.benchmarks;

import io.tidemark.cluster.ProgramLoop;
import io.tidemark.cluster.ProgramRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.TimeWindows;
import org.apache.kafka.streams.state.WindowStore;

/**
 * Kafka Streams with the windows of {@code tidemark-windows.json}: {@code count} and {@code sum}
 * per product in windows of five minutes. The setting is its {@code processing.guarantee}.
 */
final class StreamsProgram {

  private static final Duration WINDOW = Duration.ofMinutes(5);
  // The repartition topic mixes orders of hours that are far apart; with less grace some were late.
  private static final Duration GRACE = Duration.ofDays(1);
  private static final Duration CLOSE = Duration.ofMinutes(2);
  private static final long LIMIT_NANOS = TimeUnit.MINUTES.toNanos(25);
  private static final long CACHE_BYTES = 64L << 20;

  /** What is kept of an order. */
  private record Sale(String product, double amount) {}

  /** What is known of a window and product. */
  private record Revenue(long count, double total) {}

  private StreamsProgram() {}

  public static void main(String[] args) throws Exception {
    ProgramLoop.serve(StreamsProgram::run);
  }

  private static String run(ProgramRun run) {
    AtomicLong taken = new AtomicLong();
    AtomicLong updates = new AtomicLong();
    StreamsBuilder builder = new StreamsBuilder();
    topology(builder, run, taken, updates);
    long startNanos = System.nanoTime();
    try (KafkaStreams streams = new KafkaStreams(builder.build(), config(run))) {
      streams.start();
      while (taken.get() < run.records()) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        boolean late = System.nanoTime() - startNanos > LIMIT_NANOS;
        if (late || streams.state() == KafkaStreams.State.ERROR) {
          throw new IllegalStateException(
              "Kafka Streams is %s after %d of %d records"
                  .formatted(streams.state(), taken.get(), run.records()));
        }
      }
      // Everything is committed when it has closed.
      streams.close(CLOSE);
    }
    return "%,d updates".formatted(updates.get());
  }

  private static void topology(
      StreamsBuilder builder, ProgramRun run, AtomicLong taken, AtomicLong updates) {
    var store =
        Materialized.<String, Revenue, WindowStore<Bytes, byte[]>>as("windows")
            .withKeySerde(Serdes.String())
            .withValueSerde(revenues())
            .withRetention(WINDOW.plus(GRACE))
            .withCachingEnabled();
    builder.stream(
            run.topic(),
            Consumed.with(Serdes.ByteArray(), Serdes.ByteArray())
                .withTimestampExtractor((order, time) -> order.timestamp()))
        .map((key, order) -> sale(order))
        .groupByKey(Grouped.with(Serdes.String(), sales()))
        .windowedBy(TimeWindows.ofSizeAndGrace(WINDOW, GRACE))
        .aggregate(
            () -> new Revenue(0, 0),
            (product, sale, revenue) -> {
              taken.incrementAndGet();
              return new Revenue(revenue.count() + 1, revenue.total() + sale.amount());
            },
            store)
        .toStream()
        .map(
            (window, revenue) -> {
              updates.incrementAndGet();
              return KeyValue.pair(window.key() + "@" + window.window().start(), revenue);
            })
        .to(run.output(), Produced.with(Serdes.String(), revenues()));
  }

  private static Properties config(ProgramRun run) {
    Properties config = new Properties();
    config.put(StreamsConfig.APPLICATION_ID_CONFIG, run.output());
    config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, run.bootstrapServers());
    config.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, run.setting());
    config.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, 1);
    config.put(StreamsConfig.STATE_DIR_CONFIG, run.directory());
    config.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, CACHE_BYTES);
    config.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, 1);
    config.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
    config.put(StreamsConfig.consumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG), 5000);
    return config;
  }

  private static KeyValue<String, Sale> sale(byte[] order) {
    OrderParser parser = new OrderParser();
    try {
      parser.parse(order);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return KeyValue.pair(parser.product, new Sale(parser.product, parser.amount));
  }

  private static Serde<Sale> sales() {
    return Serdes.serdeFrom(
        (topic, sale) -> {
          byte[] product = sale.product().getBytes(StandardCharsets.UTF_8);
          return ByteBuffer.allocate(Double.BYTES + product.length)
              .putDouble(sale.amount())
              .put(product)
              .array();
        },
        (topic, bytes) ->
            new Sale(
                new String(
                    bytes, Double.BYTES, bytes.length - Double.BYTES, StandardCharsets.UTF_8),
                ByteBuffer.wrap(bytes).getDouble()));
  }

  private static Serde<Revenue> revenues() {
    return Serdes.serdeFrom(
        (topic, revenue) ->
            revenue == null
                ? null
                : ByteBuffer.allocate(Long.BYTES + Double.BYTES)
                    .putLong(revenue.count())
                    .putDouble(revenue.total())
                    .array(),
        (topic, bytes) -> {
          if (bytes == null) {
            return null;
          }
          ByteBuffer buffer = ByteBuffer.wrap(bytes);
          return new Revenue(buffer.getLong(), buffer.getDouble());
        });
  }
}
