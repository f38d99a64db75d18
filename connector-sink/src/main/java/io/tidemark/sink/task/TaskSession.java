package io.tidemark.sink.task;

import io.tidemark.checkpoint.log.Batch;
import io.tidemark.checkpoint.log.CheckpointLocation;
import io.tidemark.checkpoint.log.Frontier;
import io.tidemark.checkpoint.log.OffsetRange;
import io.tidemark.checkpoint.log.Offsets;
import io.tidemark.checkpoint.log.Segment;
import io.tidemark.checkpoint.log.SegmentId;
import io.tidemark.sink.file.RecordWriter;
import io.tidemark.sink.recovery.Recovery;
import io.tidemark.sink.recovery.ResumePlan;
import io.tidemark.sink.segment.CutPolicy;
import io.tidemark.sink.segment.PartitionProgress;
import io.tidemark.sink.segment.Retries;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One task between its callbacks: reads on from the chain of sealed segments, writes data files,
 * seals segments, follows the committed batches. Used by the task thread alone; time is an
 * argument.
 *
 * <p>A session is named anew whenever it drops its chain, so that segments of different attempts
 * are never mistaken for each other.
 */
public final class TaskSession {

  private static final Logger LOG = LoggerFactory.getLogger(TaskSession.class);

  private final int task;
  private final CheckpointLocation checkpoint;
  private final Recovery recovery;
  private final RecordWriter writer;
  private final CutPolicy cutPolicy;
  private final int maxUncommittedSegments;
  private final Retries retries;
  private final Supplier<String> sessionNames;
  private final Queue<Batch> committedBatches;
  private final TaskPort port;

  private final Map<TopicPartition, PartitionProgress> owned = new HashMap<>();

  /** Own segments that no batch has decided about. */
  private final Set<SegmentId> uncommitted = new HashSet<>();

  /** Segments of others that the own ones continue. */
  private final Set<SegmentId> inherited = new HashSet<>();

  private SegmentId nextSegment;
  private Batch lastBatch = Batch.NONE;
  private long cutMs;
  private boolean paused;

  /** A seek is ordered but not carried out: positions and records are still those before it. */
  private boolean seeking;

  /** The positions of a {@code preCommit} since which no record came; null otherwise. */
  private Map<TopicPartition, Long> finalPositions;

  private RuntimeException failure;

  /**
   * @param task number of the task
   * @param maxUncommittedSegments with so many own segments sealed and not committed, partitions
   *     pause
   * @param sessionNames random hex of 16 digits each
   * @param committedBatches what the driver saw committed, in order
   */
  public TaskSession(
      int task,
      CheckpointLocation checkpoint,
      RecordWriter writer,
      CutPolicy cutPolicy,
      int maxUncommittedSegments,
      Retries retries,
      Supplier<String> sessionNames,
      Queue<Batch> committedBatches,
      TaskPort port) {
    this.task = task;
    this.checkpoint = checkpoint;
    this.recovery = new Recovery(checkpoint);
    this.writer = writer;
    this.cutPolicy = cutPolicy;
    this.maxUncommittedSegments = maxUncommittedSegments;
    this.retries = retries;
    this.sessionNames = sessionNames;
    this.committedBatches = committedBatches;
    this.port = port;
  }

  /** Partitions were assigned: continues each one behind the chain. */
  public void open(Collection<TopicPartition> partitions, long nowMs) {
    ResumePlan plan = retries.run("read the checkpoint location", recovery::resumePlan);
    if (owned.isEmpty()) {
      lastBatch = plan.committed();
      uncommitted.clear();
      inherited.clear();
      begin(new SegmentId(task, sessionNames.get(), 0), nowMs);
    }
    inherited.addAll(plan.chain());
    Map<TopicPartition, Long> seeks = new TreeMap<>(Offsets.ORDER);
    for (TopicPartition partition : partitions) {
      PartitionProgress progress = new PartitionProgress(partition, plan.cutsOf(partition));
      owned.put(partition, progress);
      progress.start().ifPresent(start -> seeks.put(partition, start));
    }
    LOG.info(
        "resuming from batch {}, {}",
        plan.committed().number() < 0 ? "none" : plan.committed().number(),
        describe(partitions, seeks));
    port.seek(seeks);
    if (paused) {
      port.pause(partitions);
    }
    finalPositions = null;
  }

  /**
   * Records arrived, or none did: a tick.
   *
   * @throws RuntimeException what made this or an earlier callback fail; the session is over
   */
  public void put(Collection<SinkRecord> records, long nowMs) {
    if (failure != null) {
      throw failure;
    }
    try {
      seeking = false;
      finalPositions = null;
      if (!follow(nowMs) && !records.isEmpty()) {
        write(records, nowMs);
      }
      breathe();
      if (isCutDue(nowMs)) {
        port.requestCommit();
      }
    } catch (RuntimeException e) {
      fail(e);
      throw e;
    }
  }

  /**
   * The runtime is between two polls, at these positions. Never throws: what fails here is thrown
   * from the next {@link #put}.
   *
   * @return invariant F: offsets not beyond the frontier, of partitions that are owned and known
   */
  public Map<TopicPartition, Long> preCommit(Map<TopicPartition, Long> positions, long nowMs) {
    if (failure != null) {
      return Map.of();
    }
    try {
      follow(nowMs);
      if (!seeking) {
        finalPositions = Map.copyOf(positions);
        if (isCutDue(nowMs)) {
          seal(positions, nowMs);
        }
      }
      return safeOffsets(positions);
    } catch (RuntimeException e) {
      LOG.error("Cannot seal; the task fails at its next call", e);
      fail(e);
      return Map.of();
    }
  }

  /**
   * Partitions go. Right behind a {@link #preCommit} that is a graceful end, and what is open is
   * sealed; without one the partitions were lost to another task, and what is open is dropped.
   */
  public void close(Collection<TopicPartition> partitions, long nowMs) {
    boolean graceful = failure == null && !seeking && finalPositions != null;
    if (graceful) {
      seal(finalPositions, nowMs);
    }
    if (!graceful) {
      writer.abort();
    }
    owned.keySet().removeAll(partitions);
    if (!graceful && failure == null && !owned.isEmpty()) {
      rewind(nowMs);
    }
    if (owned.isEmpty()) {
      finalPositions = null;
    }
  }

  /** The task ends: drops what is open. */
  public void stop() {
    writer.abort();
  }

  private void write(Collection<SinkRecord> records, long nowMs) {
    PartitionProgress progress = null;
    String topic = null;
    int partition = -1;
    for (SinkRecord record : records) {
      if (record.originalKafkaPartition() != partition || !record.originalTopic().equals(topic)) {
        topic = record.originalTopic();
        partition = record.originalKafkaPartition();
        progress = owned.get(new TopicPartition(topic, partition));
        if (progress == null) {
          throw new IllegalStateException(
              "records of " + topic + "-" + partition + ", which this task does not own");
        }
      }
      progress.read(record.originalKafkaOffset());
    }
    try {
      writer.write(records);
      retries.succeeded();
    } catch (IOException e) {
      retries.failed("write data files", e);
      writer.abort();
      rewind(nowMs);
    }
  }

  /**
   * Hears of committed batches.
   *
   * @return true when the chain broke and the session starts over: records at hand are void
   */
  private boolean follow(long nowMs) {
    boolean broken = false;
    for (Batch batch = committedBatches.poll(); batch != null; batch = committedBatches.poll()) {
      if (batch.number() <= lastBatch.number()) {
        continue;
      }
      broken |= batch.number() != lastBatch.number() + 1 || breaks(batch);
      lastBatch = batch;
      uncommitted.removeAll(batch.accepted());
      inherited.removeAll(batch.accepted());
    }
    if (broken) {
      startOver(nowMs);
    }
    return broken;
  }

  private boolean breaks(Batch batch) {
    for (SegmentId rejected : batch.rejected()) {
      if (uncommitted.contains(rejected) || inherited.contains(rejected)) {
        LOG.warn(
            "Segment {} was rejected by batch {}: its offsets belong to another segment",
            rejected,
            batch.number());
        return true;
      }
    }
    for (Map.Entry<TopicPartition, PartitionProgress> entry : owned.entrySet()) {
      OptionalLong end = batch.frontier().end(entry.getKey());
      if (end.isPresent() && !entry.getValue().reached(end.getAsLong())) {
        LOG.warn(
            "Batch {} ended {} at {}, which is no cut of this task's chain",
            batch.number(),
            entry.getKey(),
            end.getAsLong());
        return true;
      }
    }
    return false;
  }

  private void startOver(long nowMs) {
    writer.abort();
    Set<TopicPartition> partitions = Set.copyOf(owned.keySet());
    owned.clear();
    open(partitions, nowMs);
    seeking = true;
  }

  private void rewind(long nowMs) {
    begin(nextSegment.next(), nowMs);
    Map<TopicPartition, Long> seeks = new TreeMap<>(Offsets.ORDER);
    owned.forEach(
        (partition, progress) -> {
          progress.rewind();
          progress.start().ifPresent(start -> seeks.put(partition, start));
        });
    port.seek(seeks);
    seeking = true;
  }

  private void begin(SegmentId segment, long nowMs) {
    nextSegment = segment;
    cutMs = nowMs;
    writer.begin(segment);
  }

  private boolean isCutDue(long nowMs) {
    if (owned.isEmpty()) {
      return false;
    }
    return cutPolicy.isDue(cutMs, nowMs, writer.rows(), writer.bytes())
        || owned.values().stream().anyMatch(PartitionProgress::isUnpinned);
  }

  private void seal(Map<TopicPartition, Long> positions, long nowMs) {
    SortedMap<TopicPartition, OffsetRange> ranges = new TreeMap<>(Offsets.ORDER);
    owned.forEach(
        (partition, progress) -> {
          Long position = positions.get(partition);
          progress
              .due(position == null ? OptionalLong.empty() : OptionalLong.of(position))
              .ifPresent(range -> ranges.put(partition, range));
        });
    cutMs = nowMs;
    if (ranges.isEmpty()) {
      return;
    }
    Segment segment;
    try {
      Map<String, String> tables = writer.tableIds();
      segment = Segment.of(nextSegment, nowMs, ranges, tables, writer.finish());
    } catch (IOException e) {
      retries.failed("close data files", e);
      writer.abort();
      rewind(nowMs);
      return;
    }
    // From here on the files may be named by a segment: nobody but the driver may delete them.
    retries.run(
        "create " + checkpoint.segments().file(segment.id()),
        () -> {
          checkpoint.segments().create(segment);
          return segment;
        });
    ranges.forEach((partition, range) -> owned.get(partition).sealed(range));
    uncommitted.add(segment.id());
    begin(nextSegment.next(), nowMs);
    LOG.debug("Sealed {}: {} rows, {}", segment.id(), segment.rows(), ranges);
    port.sealed();
  }

  private Map<TopicPartition, Long> safeOffsets(Map<TopicPartition, Long> positions) {
    Frontier frontier = lastBatch.frontier();
    Map<TopicPartition, Long> safe = new HashMap<>();
    positions.forEach(
        (partition, position) -> {
          OptionalLong end = frontier.end(partition);
          if (owned.containsKey(partition) && end.isPresent()) {
            safe.put(partition, Math.min(position, end.getAsLong()));
          }
        });
    return safe;
  }

  /** Stops reading while too much is sealed and not committed, reads on when that is over. */
  private void breathe() {
    boolean full = uncommitted.size() >= maxUncommittedSegments;
    if (full && !paused) {
      LOG.warn("{} sealed segments wait to be committed: pausing", uncommitted.size());
      port.pause(owned.keySet());
    } else if (!full && paused) {
      LOG.info("Sealed segments were committed: reading on");
      port.resume(owned.keySet());
    }
    paused = full;
  }

  private void fail(RuntimeException e) {
    failure = e;
    writer.abort();
  }

  private static List<String> describe(
      Collection<TopicPartition> partitions, Map<TopicPartition, Long> seeks) {
    return partitions.stream()
        .sorted(Offsets.ORDER)
        .map(
            partition ->
                seeks.containsKey(partition)
                    ? partition + " at " + seeks.get(partition)
                    : partition + " at its first offset")
        .toList();
  }
}
