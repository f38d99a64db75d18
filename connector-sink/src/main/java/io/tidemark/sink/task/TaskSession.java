package io.tidemark.sink.task;

import io.tidemark.checkpoint.log.Batch;
import io.tidemark.checkpoint.log.CheckpointLocation;
import io.tidemark.common.TidemarkException;
import io.tidemark.sink.edge.Edges;
import io.tidemark.sink.recovery.Recovery;
import io.tidemark.sink.segment.CutPolicy;
import io.tidemark.sink.segment.Delivery;
import io.tidemark.sink.segment.OffsetRegression;
import io.tidemark.sink.segment.Retries;
import io.tidemark.sink.segment.SegmentWriter;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;
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
  private final Reader reader;
  private final Sealer sealer;
  private final Resumer resumer;

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
    this.writer = writer;
    this.cutPolicy = cutPolicy;
    this.silence = new Silence(writer.idleTimeoutsMs());
    this.backpressure = new Backpressure(maxUncommittedSegments, port);
    this.retries = retries;
    this.registration =
        new SessionRegistration(task, checkpoint.sessions(), nonces, retries, port::beginning);
    this.edges = edges;
    this.committedBatches = committedBatches;
    this.port = port;
    this.reader = new Reader(chain, silence);
    this.sealer = new Sealer(checkpoint, chain, writer, cutPolicy, retries, edges, silence, port);
    this.resumer =
        new Resumer(
            new Recovery(checkpoint), registration, retries, edges, chain, reader, sealer, port);
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
      writer.check();
      Delivery delivery = reader.arrive(delivered);
      seeking = false;
      finalPositions = null;
      silence.tick(backpressure.isPaused(), nowMs);
      if (!broken) {
        reader.read(delivery, nowMs);
      } else if (!edges.resolvesStarts()) {
        reader.note(delivery);
      }
      follow();
      if (chain.isEmpty()) {
        idle(nowMs);
      } else if (broken) {
        startOver(nowMs);
      } else if (chain.hasGaps()
          && edges.isDue(nowMs)
          && edges.isLost(chain.gapped(), reader.turn(), nowMs)) {
        goBack(nowMs);
      } else if (!delivery.isEmpty()) {
        write(delivery, nowMs);
      }
      // A batch that Spark planned needs all that is up to its end, however much is sealed.
      backpressure.apply(reader.limits().isNone() ? chain.waiting() : 0, chain.partitions());
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
      Map<TopicPartition, Long> positions = reader.limits().within(reached);
      follow();
      if (!seeking && !broken) {
        finalPositions = Map.copyOf(edges.passed(positions, reader.limits(), nowMs));
        if (isCutDue(nowMs)) {
          cut(finalPositions, nowMs);
        }
        if (resumer.isOvertaken(nowMs)) {
          LOG.warn("Starting over: another session was first to seal some of this one's work");
          drop();
        }
      }
      return chain.safe(positions);
    } catch (OffsetRegression e) {
      regressedLater(e);
      return Map.of();
    } catch (RuntimeException | Error e) {
      failLater(e);
      return Map.of();
    }
  }

  private void regressedLater(OffsetRegression regression) {
    try {
      edges.regressed(regression).ifPresentOrElse(this::failLater, this::drop);
    } catch (RuntimeException e) {
      failLater(e);
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
    reader.released(partitions);
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
    broken = !resumer.open(partitions, origins, !broken, nowMs);
    if (broken) {
      writer.abort();
    }
    backpressure.opened(partitions);
    silence.opened(partitions, nowMs);
    finalPositions = null;
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
      // A former incarnation may have woken, registered after this one and died: it has to end,
      // too.
      broken |= committedBatches.stream().anyMatch(registration::isEndedBy);
      committedBatches.clear();
    }
    for (Batch batch = committedBatches.poll(); batch != null; batch = committedBatches.poll()) {
      writer.follow(batch);
      Optional<String> why = chain.follow(batch);
      if (why.isPresent() && !broken) {
        LOG.warn("Starting over behind the frontier: {}", why.get());
        drop();
      } else if (reader.limits().areBehind(batch) && !broken) {
        LOG.info("Reading on behind batch {}, which Spark had planned", batch.number());
        drop();
      }
    }
  }

  private void drop() {
    writer.abort();
    broken = true;
  }

  /**
   * This {@code put} passed something that is lost: seals what is written before it, if it may, and
   * opens the partitions again, which tells what to do.
   */
  private void goBack(long nowMs) {
    // What comes first in this put is where its partition begins, also when it is read again.
    Map<TopicPartition, Long> origins = chain.origins();
    reader.unread();
    if (!chain.hasGaps()) {
      cut(Map.of(), nowMs);
    }
    startOver(origins, nowMs);
  }

  private void startOver(long nowMs) {
    startOver(chain.origins(), nowMs);
  }

  private void startOver(Map<TopicPartition, Long> origins, long nowMs) {
    writer.abort();
    Set<TopicPartition> partitions = chain.partitions();
    reader.release(origins);
    chain.release(partitions);
    open(partitions, origins, nowMs);
    seeking = true;
  }

  private boolean isCutDue(long nowMs) {
    return !chain.isEmpty() && !broken && sealer.isDue(reader.limits(), nowMs);
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
    if (!sealer.seal(positions, reader.limits(), nowMs)) {
      drop();
    }
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
}
