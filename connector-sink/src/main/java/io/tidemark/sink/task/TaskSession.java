package io.tidemark.sink.task;

import io.tidemark.checkpoint.log.Batch;
import io.tidemark.checkpoint.log.CheckpointLocation;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.SortedMap;
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

  private final TaskChain chain = new TaskChain();

  private SegmentId nextSegment;
  private long cutMs;
  private boolean paused;

  /** A seek is ordered but not carried out: positions and records are still those before it. */
  private boolean seeking;

  /** The positions of a {@code preCommit} since which no record came; null otherwise. */
  private Map<TopicPartition, Long> finalPositions;

  /** What ended the session; everything since the last segment is void. */
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
    if (chain.isEmpty()) {
      begin(new SegmentId(task, sessionNames.get(), 0), nowMs);
    }
    chain.take(partitions, plan);
    SortedMap<TopicPartition, Long> ends = chain.ends(partitions);
    long batch = plan.committed().number();
    LOG.info("resuming from batch {}, {}", batch < 0 ? "none" : batch, describe(partitions, ends));
    port.seek(ends);
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
    } catch (RuntimeException | Error e) {
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
      return chain.safe(positions);
    } catch (RuntimeException | Error e) {
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
    } else {
      writer.abort();
    }
    chain.release(partitions);
    if (!graceful && failure == null && !chain.isEmpty()) {
      rewind(nowMs);
    }
    if (chain.isEmpty()) {
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
        progress = chain.of(new TopicPartition(topic, partition));
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
    Optional<String> broken = Optional.empty();
    for (Batch batch = committedBatches.poll(); batch != null; batch = committedBatches.poll()) {
      Optional<String> why = chain.follow(batch);
      broken = broken.isPresent() ? broken : why;
    }
    broken.ifPresent(
        why -> {
          LOG.warn("Starting over behind the frontier: {}", why);
          startOver(nowMs);
        });
    return broken.isPresent();
  }

  private void startOver(long nowMs) {
    writer.abort();
    Set<TopicPartition> partitions = chain.partitions();
    chain.clear();
    open(partitions, nowMs);
    seeking = true;
  }

  private void rewind(long nowMs) {
    begin(nextSegment.next(), nowMs);
    chain.rewind();
    port.seek(chain.ends(chain.partitions()));
    seeking = true;
  }

  private void begin(SegmentId segment, long nowMs) {
    nextSegment = segment;
    cutMs = nowMs;
    writer.begin(segment);
  }

  private boolean isCutDue(long nowMs) {
    return !chain.isEmpty()
        && (cutPolicy.isDue(cutMs, nowMs, writer.rows(), writer.bytes()) || chain.isUnpinned());
  }

  private void seal(Map<TopicPartition, Long> positions, long nowMs) {
    SortedMap<TopicPartition, OffsetRange> ranges = chain.due(positions);
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
    chain.sealed(segment);
    begin(nextSegment.next(), nowMs);
    LOG.debug("Sealed {}: {} rows, {}", segment.id(), segment.rows(), ranges);
    port.sealed();
  }

  /** Stops reading while too much is sealed and not committed, reads on when that is over. */
  private void breathe() {
    boolean full = chain.waiting() >= maxUncommittedSegments;
    if (full && !paused) {
      LOG.warn("{} sealed segments wait to be committed: pausing", chain.waiting());
      port.pause(chain.partitions());
    } else if (!full && paused) {
      LOG.info("Sealed segments were committed: reading on");
      port.resume(chain.partitions());
    }
    paused = full;
  }

  private void fail(Throwable cause) {
    failure =
        cause instanceof RuntimeException known
            ? known
            : new IllegalStateException("The session ended with " + cause, cause);
    writer.abort();
  }

  private static List<String> describe(
      Collection<TopicPartition> partitions, Map<TopicPartition, Long> ends) {
    return partitions.stream()
        .sorted(Offsets.ORDER)
        .map(
            partition ->
                ends.containsKey(partition)
                    ? partition + " at " + ends.get(partition)
                    : partition + " at its first offset")
        .toList();
  }
}
