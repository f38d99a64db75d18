package io.tidemark.sink;

import io.tidemark.checkpoint.log.Offsets;
import io.tidemark.common.ForwardClock;
import io.tidemark.sink.batch.OffsetReset;
import io.tidemark.sink.config.DeltaSinkConfig;
import io.tidemark.sink.driver.Driver;
import io.tidemark.sink.driver.ResetExecution;
import io.tidemark.sink.record.Rejects;
import io.tidemark.sink.recovery.OffsetRequests;
import io.tidemark.sink.recovery.ResetErrors;
import io.tidemark.sink.segment.Retries;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out {@code PATCH} and {@code DELETE /connectors/<name>/offsets} of a stopped sink. */
final class OffsetAlteration {

  private static final Logger LOG = LoggerFactory.getLogger(OffsetAlteration.class);

  /** Connect's REST requests end after 90 seconds. */
  private static final long PATIENCE_MS = 60_000;

  private final DeltaSinkConfig config;

  OffsetAlteration(DeltaSinkConfig config) {
    this.config = config;
  }

  /**
   * Resets to these offsets. Sealed segments are committed first, so that none is lost.
   *
   * @param offsets null for a partition that is to begin like a new one; {@code DELETE} passes null
   *     for each partition for which the consumer group has an offset, which may be none
   */
  void carryOut(Map<TopicPartition, Long> offsets) {
    try (SinkParts parts = new SinkParts(config)) {
      carryOut(offsets, parts);
    }
  }

  private void carryOut(Map<TopicPartition, Long> offsets, SinkParts parts) {
    parts.takeOverFromSpark();
    OffsetRequests requests = new OffsetRequests(parts.checkpoint());
    Retries retries = new Retries(config.taskMaxFailures(), Environment::pause);
    Optional<OffsetReset> reset =
        retries.run("read the checkpoint location", () -> request(requests, offsets));
    if (reset.isEmpty()) {
      LOG.info("The offsets of {} already have the requested values", config.connectorName());
      return;
    }
    Driver driver =
        retries.run(
            "read the checkpoint location",
            () -> parts.driver(ResetExecution.TIMING, batch -> {}, Rejects.none()));
    new ResetExecution(ForwardClock.SYSTEM, Environment::pause, PATIENCE_MS)
        .carryOut(driver, reset.get(), parts.checkpoint().location());
    LOG.info("Reset the offsets of {}: {}", config.connectorName(), reset.get().ends());
  }

  private Optional<OffsetReset> request(OffsetRequests requests, Map<TopicPartition, Long> offsets)
      throws IOException {
    String id = Environment.randomHex();
    boolean reset = offsets.values().stream().allMatch(Objects::isNull);
    Set<TopicPartition> known = reset ? requests.known() : Set.of();
    SortedMap<TopicPartition, OptionalLong> ends = new TreeMap<>(Offsets.ORDER);
    offsets.forEach(
        (partition, offset) -> {
          // A partition that was read earlier, but is not read now, can be reset.
          if (!config.topics().test(partition.topic()) && !known.contains(partition)) {
            throw ResetErrors.topicNotRead(partition);
          }
          ends.put(partition, offset == null ? OptionalLong.empty() : OptionalLong.of(offset));
        });
    return reset
        ? requests.reset(id, "offsets of " + config.connectorName() + " were reset", ends.keySet())
        : requests.alter(id, "offsets of " + config.connectorName() + " were altered", ends);
  }
}
