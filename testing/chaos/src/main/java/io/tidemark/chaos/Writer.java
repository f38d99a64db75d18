package io.tidemark.chaos;

import io.tidemark.cluster.Records;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;

/**
 * Writes records at a bounded rate, to all partitions in turn: one round gives each a record.
 * Sequence numbers count up from 0 in each partition. The producer is idempotent and retries for
 * longer than any outage lasts, so that sequence number and offset of a record are the same; {@link
 * Ledger} checks it.
 */
final class Writer implements AutoCloseable {

  private static final int TICKS_PER_SECOND = 50;
  private static final int OUTAGE_MS = 600_000;

  // Longer than a connector ever takes to find a new partition, so that the other partitions do not
  // close the windows of its first records.
  private static final int AHEAD_SECONDS = 120;

  private final Records records;
  private final Payload payload;
  private final List<TopicPartition> partitions = new CopyOnWriteArrayList<>();
  private final Map<TopicPartition, Ledger.Part> sent = new ConcurrentHashMap<>();
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private ScheduledFuture<?> ticks;
  private int recordsPerSecond;
  private int turn;

  Writer(String bootstrapServers, long seed) {
    this.records =
        new Records(
            bootstrapServers,
            Map.of(
                "acks",
                "all",
                "enable.idempotence",
                true,
                "retries",
                Integer.MAX_VALUE,
                "delivery.timeout.ms",
                OUTAGE_MS,
                "max.block.ms",
                OUTAGE_MS,
                "request.timeout.ms",
                10_000,
                "reconnect.backoff.max.ms",
                500));
    this.payload = new Payload(seed);
  }

  /** Lets it write to this partition too; once it has been started, with event times ahead. */
  void include(String topic, int partition) {
    TopicPartition place = new TopicPartition(topic, partition);
    long round = 0;
    if (ticks != null) {
      round = sent.get(partitions.get(0)).records();
      round += (long) AHEAD_SECONDS * recordsPerSecond / partitions.size();
    }
    sent.put(place, new Ledger.Part(round, 0));
    partitions.add(place);
  }

  void start(int recordsPerSecond) {
    this.recordsPerSecond = recordsPerSecond;
    int recordsPerTick = Math.max(1, recordsPerSecond / TICKS_PER_SECOND);
    ticks =
        clock.scheduleAtFixedRate(
            () -> write(recordsPerTick), 0, 1000 / TICKS_PER_SECOND, TimeUnit.MILLISECONDS);
  }

  /** Ends writing; returns when every record has been acknowledged. */
  Map<TopicPartition, Ledger.Part> finish() throws InterruptedException {
    if (ticks.isDone()) {
      throw ChaosErrors.writerEnded(ticks);
    }
    ticks.cancel(false);
    clock.shutdown();
    if (!clock.awaitTermination(OUTAGE_MS, TimeUnit.MILLISECONDS)) {
      throw ChaosErrors.writerStuck();
    }
    records.flush();
    return Map.copyOf(sent);
  }

  private void write(int count) {
    for (int i = 0; i < count; i++) {
      TopicPartition place = partitions.get(turn++ % partitions.size());
      Ledger.Part part = sent.get(place);
      String json =
          payload.json(place.topic(), place.partition(), part.firstRound(), part.records());
      records.send(place.topic(), place.partition(), null, json);
      sent.put(place, new Ledger.Part(part.firstRound(), part.records() + 1));
    }
  }

  @Override
  public void close() {
    clock.shutdownNow();
    records.close();
  }
}
