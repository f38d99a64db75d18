package io.tidemark.benchmarks;

import io.tidemark.cluster.Records;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * Sends orders at a steady rate until it is closed. Each has the time at which it was sent in its
 * field {@value #SENT}, in milliseconds since 1970.
 */
final class SteadyLoad implements AutoCloseable {

  /** Field of the time of sending. */
  static final String SENT = "sent_at";

  private static final long SEED = 43;
  private static final long END_MS = 60_000;

  private final Records records;
  private final String topic;
  private final int partitions;
  private final long intervalNanos;
  private final OrderGenerator orders;
  private final Thread thread;
  private volatile boolean ending;
  private volatile long count;
  private volatile RuntimeException failure;

  private SteadyLoad(String bootstrapServers, String topic, int partitions, int rate) {
    this.records = new Records(bootstrapServers, Map.of(ProducerConfig.LINGER_MS_CONFIG, 0));
    this.topic = topic;
    this.partitions = partitions;
    this.intervalNanos = TimeUnit.SECONDS.toNanos(1) / rate;
    this.orders = new OrderGenerator(SEED, 10_000_000);
    this.thread = new Thread(this::send, "steady-load");
    thread.setDaemon(true);
  }

  /**
   * @param rate records a second
   */
  static SteadyLoad start(String bootstrapServers, String topic, int partitions, int rate) {
    SteadyLoad load = new SteadyLoad(bootstrapServers, topic, partitions, rate);
    load.thread.start();
    return load;
  }

  /** Records sent so far. */
  long count() {
    return count;
  }

  /** Fails when records can no longer be sent. */
  void requireAlive() {
    if (failure != null) {
      throw BenchmarkErrors.notSent(topic, failure);
    }
  }

  /** Stops sending; every record has arrived when this returns. */
  long finish() {
    ending = true;
    LockSupport.unpark(thread);
    try {
      thread.join(END_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (thread.isAlive()) {
      throw BenchmarkErrors.notSent(
          topic, new IllegalStateException("the producer did not end within a minute"));
    }
    requireAlive();
    records.flush();
    return count;
  }

  @Override
  public void close() {
    ending = true;
    LockSupport.unpark(thread);
    records.close();
  }

  private void send() {
    long startNanos = System.nanoTime();
    try {
      for (long number = 0; !ending; number++) {
        long dueNanos = startNanos + number * intervalNanos;
        for (long left = dueNanos - System.nanoTime(); left > 0 && !ending; ) {
          LockSupport.parkNanos(left);
          left = dueNanos - System.nanoTime();
        }
        String order = new String(orders.next(), StandardCharsets.UTF_8);
        int partition = (int) (number % partitions);
        records.send(topic, partition, null, stamped(order, System.currentTimeMillis()));
        count = number + 1;
      }
    } catch (RuntimeException e) {
      if (!ending) {
        failure = e;
      }
    }
  }

  /** The order with the time of sending as its last field. */
  static String stamped(String order, long sentMs) {
    return "%s,\"%s\":%d}".formatted(order.substring(0, order.length() - 1), SENT, sentMs);
  }
}
