package io.tidemark.sink.task;

import io.tidemark.checkpoint.TidemarkException;
import io.tidemark.checkpoint.log.Batch;
import io.tidemark.checkpoint.log.CheckpointLocation;
import io.tidemark.checkpoint.log.OffsetRange;
import io.tidemark.checkpoint.log.Offsets;
import io.tidemark.checkpoint.log.Provenance;
import io.tidemark.checkpoint.log.Segment;
import io.tidemark.checkpoint.log.SegmentId;
import io.tidemark.checkpoint.log.SessionId;
import io.tidemark.sink.edge.Edges;
import io.tidemark.sink.recovery.Recovery;
import io.tidemark.sink.recovery.ResumePlan;
import io.tidemark.sink.segment.CutPolicy;
import io.tidemark.sink.segment.Delivery;
import io.tidemark.sink.segment.Limits;
import io.tidemark.sink.segment.OffsetRegression;
import io.tidemark.sink.segment.PartitionProgress;
import io.tidemark.sink.segment.Retries;
import io.tidemark.sink.segment.SegmentContent;
import io.tidemark.sink.segment.SegmentWriter;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
 * <p>Whenever it drops something that was read and not sealed, it starts over under a new session
 * name. So a session seals without gaps, and whatever it wrote behind its last segment is void. It
 * starts over in {@link #put} alone: only seeks that are ordered there are sure to be carried out
 * before the next records, and for partitions that are still assigned.
 */
public final class TaskSession {

  private static final Logger LOG = LoggerFactory.getLogger(TaskSession.class);

  private final CheckpointLocation checkpoint;
  private final Recovery recovery;
  private final SegmentWriter writer;
  private final CutPolicy cutPolicy;
  private final Backpressure backpressure;
  private final Retries retries;
  private final SessionRegistration registration;
  private final Edges edges;
  private final Queue<Batch> committedBatches;
  private final TaskPort port;
  private final TaskChain chain = new TaskChain();
  private final Silence silence;

  /** Where to stop, as of when the session began: until it starts over. */
  private Limits limits = Limits.NONE;

  /** Where to read partitions that the limits leave out: nothing else will tell. */
  private final Map<TopicPartition, Long> withheld = new HashMap<>();

  private SegmentId nextSegment;
  private long cutMs;

  /** Counts the calls of {@code put}. */
  private long turn;

  /** When a {@code put} first came without partitions; -1 before. */
  private long idleSinceMs = -1;

  /** What was read and not sealed is void, and dropped; the next {@code put} starts over. */
  private boolean broken;

  /** A seek is ordered but not carried out: the runtime's positions are still those before it. */
  private boolean seeking;

  /** The positions of a {@code preCommit} since which no record came; null otherwise. */
  private Map<TopicPartition, Long> finalPositions;

  /** What ended the session; everything since the last segment is void. */
  private RuntimeException failure;

  /**
   * @param task number of the task
   * @param maxUncommittedSegments with so many own segments sealed and not committed, partitions
   *     pause
   * @param nonces random hex of 8 digits each
   * @param edges watches the logs of the partitions
   * @param committedBatches what the driver saw committed, in order
   */
  public TaskSession(
      int task,
      CheckpointLocation checkpoint,
      SegmentWriter writer,
      CutPolicy cutPolicy,
      int maxUncommittedSegments,
      Retries retries,
      Supplier<String> nonces,
      Edges edges,
      Queue<Batch> committedBatches,
      TaskPort port) {
    this.checkpoint = checkpoint;
    this.recovery = new Recovery(checkpoint);
    this.writer = writer;
    this.cutPolicy = cutPolicy;
    this.silence = new Silence(writer.idleTimeoutsMs());
    this.backpressure = new Backpressure(maxUncommittedSegments, port);
    this.retries = retries;
    this.registration = new SessionRegistration(task, checkpoint.sessions(), nonces, retries);
    this.edges = edges;
    this.committedBatches = committedBatches;
    this.port = port;
  }

  /** Partitions were assigned: continues each one behind the chain. */
  public void open(Collection<TopicPartition> partitions, long nowMs) {
    open(partitions, Map.of(), nowMs);
  }

  /**
   * Records arrived, or none did: a tick.
   *
   * @throws RuntimeException what made this or an earlier callback fail; the session is over
   */
  public void put(Delivery delivered, long nowMs) {
    if (failure != null) {
      throw failure;
    }
    try {
      Delivery delivery = limits.within(delivered);
      limits.noteWithheld(delivered, withheld);
      seeking = false;
      finalPositions = null;
      turn++;
      silence.tick(backpressure.isPaused(), nowMs);
      if (broken) {
        note(delivery);
      } else {
        read(delivery, nowMs);
      }
      follow();
      if (chain.isEmpty()) {
        idle(nowMs);
      } else if (broken) {
        startOver(nowMs);
      } else if (chain.hasGaps()
          && edges.isDue(nowMs)
          && edges.isLost(chain.gapped(), turn, nowMs)) {
        goBack(nowMs);
      } else if (!delivery.isEmpty()) {
        write(delivery, nowMs);
      }
      // A batch that Spark planned needs all that is up to its end, however much is sealed.
      backpressure.apply(limits.isNone() ? chain.waiting() : 0, chain.partitions());
      if (!broken) {
        edges.advise(chain.all(), nowMs);
      }
      if (isCutDue(nowMs)) {
        port.requestCommit();
      }
    } catch (OffsetRegression e) {
      regressed(e);
    } catch (RuntimeException | Error e) {
      fail(e);
      throw e;
    }
  }

  /** The log is another one: fails, or starts over with the next {@code put}. */
  private void regressed(OffsetRegression regression) {
    Optional<TidemarkException> why = edges.regressed(regression);
    if (why.isPresent()) {
      throw fail(why.get());
    }
    drop();
  }

  /**
   * The runtime is between two polls, at these positions. Never throws: what fails here is thrown
   * from the next {@link #put}.
   *
   * @return invariant F: offsets not beyond the frontier, of partitions that are owned and known
   */
  public Map<TopicPartition, Long> preCommit(Map<TopicPartition, Long> reached, long nowMs) {
    if (failure != null) {
      return Map.of();
    }
    try {
      Map<TopicPartition, Long> positions = limits.within(reached);
      follow();
      if (!seeking && !broken) {
        finalPositions = Map.copyOf(positions);
        if (isCutDue(nowMs)) {
          cut(positions, nowMs);
        }
      }
      return chain.safe(positions);
    } catch (OffsetRegression e) {
      edges.regressed(e).ifPresentOrElse(this::failLater, this::drop);
      return Map.of();
    } catch (RuntimeException | Error e) {
      failLater(e);
      return Map.of();
    }
  }

  /**
   * Partitions go. Right behind a {@link #preCommit} that is a graceful end, and what is open is
   * sealed; without one the partitions were lost to another task, and what is open is dropped.
   */
  public void close(Collection<TopicPartition> partitions, long nowMs) {
    try {
      if (failure != null
          || seeking
          || broken
          || finalPositions == null
          || !cut(finalPositions, nowMs)) {
        drop();
      }
    } catch (OffsetRegression e) {
      regressed(e);
    } catch (RuntimeException | Error e) {
      fail(e);
      throw e;
    }
    chain.release(partitions);
    silence.released(partitions);
    withheld.keySet().removeAll(partitions);
    if (chain.isEmpty()) {
      finalPositions = null;
    }
  }

  /** The task ends: drops what is open. */
  public void stop() {
    writer.abort();
  }

  /**
   * @param origins where to begin in partitions that have no history
   */
  private void open(
      Collection<TopicPartition> partitions, Map<TopicPartition, Long> origins, long nowMs) {
    ResumePlan plan = plan();
    Optional<Edges.Opening> opening = edges.open(partitions, plan, origins);
    while (opening.filter(Edges.Opening::isDoubtful).isPresent()) {
      ResumePlan now = plan();
      if (now.endsLike(plan, partitions)) {
        break;
      }
      plan = now;
      opening = edges.open(partitions, plan, origins);
    }
    opening
        .flatMap(Edges.Opening::failure)
        .ifPresent(
            failure -> {
              throw failure;
            });
    if (opening.isPresent() && opening.get().moves().isEmpty() && chain.isEmpty()) {
      limits = plan.limits();
      SessionId session = registration.next(plan.sessions());
      chain.begin(session, plan);
      begin(session.firstSegment(), nowMs);
      broken = false;
    }
    chain.take(partitions, plan);
    origins.forEach((partition, offset) -> chain.of(partition).beginAt(offset));
    if (opening.isPresent() && opening.get().moves().isEmpty()) {
      begin(opening.get(), nowMs);
    } else {
      opening.ifPresent(asked -> asked.moves().forEach(port::move));
      drop();
    }
    SortedMap<TopicPartition, Long> ends = chain.ends(partitions);
    long batch = plan.committed().number();
    if (!broken) {
      LOG.info(
          "resuming from batch {}, {}", batch < 0 ? "none" : batch, describe(partitions, ends));
    }
    port.seek(ends);
    backpressure.opened(partitions);
    silence.opened(partitions, nowMs);
    finalPositions = null;
  }

  private ResumePlan plan() {
    return retries.run("read the checkpoint location", recovery::resumePlan);
  }

  /** Where partitions begin and what they lost is durable before the first record counts. */
  private void begin(Edges.Opening opening, long nowMs) {
    SortedMap<TopicPartition, OffsetRange> pins = new TreeMap<>(Offsets.ORDER);
    Set<TopicPartition> owned = chain.partitions();
    opening
        .starts()
        .forEach(
            (partition, start) -> {
              if (owned.contains(partition)) {
                chain.of(partition).beginAt(start);
              } else {
                pins.put(partition, new OffsetRange(start, start, true));
              }
            });
    opening
        .lost()
        .forEach(
            (partition, lost) ->
                limits
                    .within(partition, lost)
                    .ifPresent(within -> edges.lose(chain.of(partition), within)));
    if (!broken && !chain.hasGaps() && !(opening.starts().isEmpty() && opening.lost().isEmpty())) {
      seal(Map.of(), pins, nowMs);
    }
  }

  /**
   * Without partitions there is nothing to do but to end the sessions before: the incarnation that
   * was here before this one, or one of this incarnation that dropped something, may have left
   * files.
   */
  private void idle(long nowMs) {
    if (idleSinceMs < 0) {
      idleSinceMs = nowMs;
    }
    if (broken || (!registration.isUsed() && cutPolicy.isDue(idleSinceMs, nowMs, 0, 0))) {
      registration.next(retries.run("list the sessions", () -> checkpoint.sessions().sessions()));
      broken = false;
    }
  }

  /** Nothing of this counts, except where a partition begins that begins where it is read. */
  private void note(Delivery delivery) {
    if (edges.resolvesStarts()) {
      return;
    }
    Map<TopicPartition, Long> firsts = new HashMap<>();
    for (Collection<SinkRecord> records : delivery.collections()) {
      for (SinkRecord record : records) {
        firsts.merge(
            new TopicPartition(record.originalTopic(), record.originalKafkaPartition()),
            record.originalKafkaOffset(),
            Math::min);
      }
    }
    firsts.forEach((partition, first) -> chain.of(partition).beginAt(first));
  }

  /** Moves the positions; before anything can make the session start over. */
  private void read(Delivery delivery, long nowMs) {
    if (delivery.absorbed().isEmpty()) {
      read(delivery.records(), nowMs);
    } else {
      DeliveredOffsets offsets = new DeliveredOffsets();
      delivery.collections().forEach(offsets::add);
      offsets.each(
          (partition, first, last, gaps) -> {
            chain.of(partition).enter(turn);
            chain.of(partition).read(first, last, gaps);
            silence.read(partition, nowMs);
          });
    }
  }

  private void read(Collection<SinkRecord> records, long nowMs) {
    PartitionProgress progress = null;
    String topic = null;
    int partition = -1;
    for (SinkRecord record : records) {
      if (record.originalKafkaPartition() != partition || !record.originalTopic().equals(topic)) {
        topic = record.originalTopic();
        partition = record.originalKafkaPartition();
        TopicPartition named = new TopicPartition(topic, partition);
        progress = chain.of(named);
        progress.enter(turn);
        silence.read(named, nowMs);
      }
      progress.read(record.originalKafkaOffset());
    }
  }

  private void write(Delivery delivery, long nowMs) {
    try {
      writer.write(delivery, nowMs);
    } catch (IOException e) {
      retries.failed("write data files", e);
      startOver(nowMs);
    }
  }

  /** Hears of committed batches. */
  private void follow() {
    if (chain.isEmpty()) {
      committedBatches.clear();
    }
    for (Batch batch = committedBatches.poll(); batch != null; batch = committedBatches.poll()) {
      writer.follow(batch);
      Optional<String> why = chain.follow(batch);
      if (why.isPresent() && !broken) {
        LOG.warn("Starting over behind the frontier: {}", why.get());
        drop();
      } else if (!limits.isNone() && batch.number() >= limits.batch() && !broken) {
        LOG.info("Reading on behind batch {}, which Spark had planned", limits.batch());
        drop();
      }
    }
  }

  private void drop() {
    writer.abort();
    broken = true;
  }

  /**
   * This {@code put} passed something that is lost: seals what is written before it, and opens the
   * partitions again, which tells what to do.
   */
  private void goBack(long nowMs) {
    // What comes first in this put is where its partition begins, also when it is read again.
    Map<TopicPartition, Long> origins = chain.origins();
    chain.all().forEach(progress -> progress.unread(turn));
    if (!chain.hasGaps()) {
      seal(Map.of(), nowMs);
    }
    startOver(origins, nowMs);
  }

  private void startOver(long nowMs) {
    startOver(chain.origins(), nowMs);
  }

  private void startOver(Map<TopicPartition, Long> origins, long nowMs) {
    writer.abort();
    Set<TopicPartition> partitions = chain.partitions();
    withheld.keySet().retainAll(partitions);
    withheld.forEach(origins::putIfAbsent);
    withheld.clear();
    chain.release(partitions);
    open(partitions, origins, nowMs);
    seeking = true;
  }

  private void begin(SegmentId segment, long nowMs) {
    nextSegment = segment;
    cutMs = nowMs;
    writer.begin(segment);
  }

  private boolean isCutDue(long nowMs) {
    return !chain.isEmpty()
        && !broken
        && (cutPolicy.isDue(cutMs, nowMs, writer.rows(), writer.bytes()) || chain.isUnpinned());
  }

  /**
   * Seals what was read up to these positions, unless Kafka has first to tell whether something was
   * lost in between.
   */
  private boolean cut(Map<TopicPartition, Long> positions, long nowMs) {
    Optional<Edges.Cut> cut = edges.cut(chain.all(), positions, !backpressure.isPaused(), nowMs);
    if (cut.isEmpty()) {
      return false;
    }
    if (cut.get().sealable()) {
      seal(cut.get().positions(), nowMs);
    }
    if (cut.get().again()) {
      drop();
    }
    return true;
  }

  private void seal(Map<TopicPartition, Long> positions, long nowMs) {
    seal(positions, new TreeMap<>(Offsets.ORDER), nowMs);
  }

  /**
   * Closes the files and creates the segment, if there is anything to seal.
   *
   * @param ranges where partitions of other tasks begin
   */
  private void seal(
      Map<TopicPartition, Long> positions,
      SortedMap<TopicPartition, OffsetRange> ranges,
      long nowMs) {
    ranges.putAll(chain.due(positions));
    ranges.keySet().removeIf(limits::leaveOut);
    SortedMap<TopicPartition, Long> silent = silence.untold(nowMs);
    silent.keySet().forEach(partition -> chain.hold(partition, ranges));
    cutMs = nowMs;
    if (ranges.isEmpty()) {
      return;
    }
    Segment segment;
    try {
      SegmentContent content = writer.finish();
      // Not before: what is written until then may be in memory, and fail when it is closed.
      retries.succeeded();
      segment =
          new Segment(
              nextSegment,
              nowMs,
              ranges,
              new TreeMap<>(content.tables()),
              content.files(),
              new TreeMap<>(content.operators()),
              silent,
              new Provenance(
                  chain.behind(), edges.origin(ranges.keySet()), chain.lost(ranges.keySet())));
    } catch (IOException e) {
      retries.failed("close data files", e);
      drop();
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
    edges.sealed(segment);
    silence.told(silent.keySet(), nowMs);
    begin(nextSegment.next(), nowMs);
    LOG.debug("Sealed {}: {} rows, {}", segment.id(), segment.rows(), ranges);
    port.sealed();
  }

  private void failLater(Throwable cause) {
    LOG.error("Cannot seal; the task fails at its next call", cause);
    fail(cause);
  }

  private RuntimeException fail(Throwable cause) {
    failure =
        cause instanceof RuntimeException known
            ? known
            : new IllegalStateException("The session ended with " + cause, cause);
    writer.abort();
    return failure;
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
