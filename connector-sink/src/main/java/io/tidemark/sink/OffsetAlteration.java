package io.tidemark.sink;

import io.tidemark.checkpoint.log.Offsets;
import io.tidemark.common.ForwardClock;
import io.tidemark.sink.batch.FrontierMove;
import io.tidemark.sink.config.DeltaSinkConfig;
import io.tidemark.sink.driver.Driver;
import io.tidemark.sink.driver.MoveRun;
import io.tidemark.sink.record.Rejects;
import io.tidemark.sink.recovery.MoveErrors;
import io.tidemark.sink.recovery.OffsetRequests;
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

/** What {@code PATCH} and {@code DELETE /connectors/<name>/offsets} do to a stopped sink. */
final class OffsetAlteration {

  private static final Logger LOG = LoggerFactory.getLogger(OffsetAlteration.class);

  /** Connect's REST requests end after 90 seconds. */
  private static final long PATIENCE_MS = 60_000;

  private final DeltaSinkConfig config;

  OffsetAlteration(DeltaSinkConfig config) {
    this.config = config;
  }

  /**
   * Sets these offsets. What is sealed is committed first; nothing of it is lost.
   *
   * @param offsets null for a partition that is to start as a new one does; {@code DELETE} passes
   *     null for each one of which the consumer group has an offset, which may be none
   */
  void carryOut(Map<TopicPartition, Long> offsets) {
    SinkParts parts = new SinkParts(config);
    parts.takeOverFromSpark();
    OffsetRequests requests = new OffsetRequests(parts.checkpoint());
    Retries retries = new Retries(config.taskMaxFailures(), TaskRuntime::pause);
    Optional<FrontierMove> move =
        retries.run("read the checkpoint location", () -> request(requests, offsets));
    if (move.isEmpty()) {
      LOG.info("The offsets of {} are as they were asked to be", config.connectorName());
      return;
    }
    Driver driver =
        retries.run(
            "read the checkpoint location",
            () -> parts.driver(MoveRun.TIMING, batch -> {}, Rejects.none()));
    new MoveRun(ForwardClock.SYSTEM, TaskRuntime::pause, PATIENCE_MS)
        .carryOut(driver, move.get(), parts.checkpoint().location());
    LOG.info("Altered offsets of {}: {}", config.connectorName(), move.get().ends());
  }

  private Optional<FrontierMove> request(OffsetRequests requests, Map<TopicPartition, Long> offsets)
      throws IOException {
    String id = SinkParts.randomHex();
    boolean reset = offsets.values().stream().allMatch(Objects::isNull);
    Set<TopicPartition> known = reset ? requests.known() : Set.of();
    SortedMap<TopicPartition, OptionalLong> ends = new TreeMap<>(Offsets.ORDER);
    offsets.forEach(
        (partition, offset) -> {
          // What was read once and is not any more can be forgotten.
          if (!config.topics().test(partition.topic()) && !known.contains(partition)) {
            throw MoveErrors.topicNotRead(partition);
          }
          ends.put(partition, offset == null ? OptionalLong.empty() : OptionalLong.of(offset));
        });
    return reset
        ? requests.reset(id, "offsets of " + config.connectorName() + " were reset", ends.keySet())
        : requests.alter(id, "offsets of " + config.connectorName() + " were altered", ends);
  }
}
