package io.tidemark.sink;

import io.tidemark.checkpoint.log.Offsets;
import io.tidemark.sink.batch.FrontierMove;
import io.tidemark.sink.config.DeltaSinkConfig;
import io.tidemark.sink.driver.Driver;
import io.tidemark.sink.driver.MoveRun;
import io.tidemark.sink.recovery.MoveErrors;
import io.tidemark.sink.recovery.OffsetRequests;
import io.tidemark.sink.segment.Retries;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
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
   * @param offsets null for a partition that is to start as a new one does
   */
  void carryOut(Map<TopicPartition, Long> offsets) {
    SortedMap<TopicPartition, OptionalLong> ends = new TreeMap<>(Offsets.ORDER);
    offsets.forEach(
        (partition, offset) -> {
          if (!config.topics().test(partition.topic())) {
            throw MoveErrors.topicNotRead(partition);
          }
          ends.put(partition, offset == null ? OptionalLong.empty() : OptionalLong.of(offset));
        });
    SinkParts parts = new SinkParts(config);
    parts.takeOverFromSpark();
    Retries retries = new Retries(config.taskMaxFailures(), TaskRuntime::pause);
    String id = SinkParts.randomHex();
    Optional<FrontierMove> move =
        retries.run(
            "read the checkpoint location",
            () ->
                new OffsetRequests(parts.checkpoint())
                    .alter(id, "offsets of " + config.connectorName() + " were altered", ends));
    if (move.isEmpty()) {
      return;
    }
    Driver driver =
        retries.run(
            "read the checkpoint location", () -> parts.driver(MoveRun.TIMING, batch -> {}));
    new MoveRun(System::currentTimeMillis, TaskRuntime::pause, PATIENCE_MS)
        .carryOut(driver, move.get(), parts.checkpoint().location());
    LOG.info("Altered offsets of {}: {}", config.connectorName(), ends);
  }
}
