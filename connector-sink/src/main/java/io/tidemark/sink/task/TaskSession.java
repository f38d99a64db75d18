package io.tidemark.sink.task;

import io.tidemark.checkpoint.log.Batch;
import io.tidemark.checkpoint.log.CheckpointLocation;
import io.tidemark.common.TidemarkException;
import io.tidemark.sink.kafka.TopicWatch;
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
 * One task between its callbacks: continues reading from the chain of sealed segments, writes data
 * files, seals segments, follows the committed batches. Used by the task thread alone; time is an
 * argument.
 *
 * <p>Whenever it drops something that was read and not sealed, it starts over under a new session
 * name. So a session seals without gaps, and whatever it wrote after its last segment is void. It
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
  private final TopicWatch topics;
  private final Queue<Batch> committedBatches;
  private final TaskPort port;
  private final TaskChain chain = new TaskChain();
  private final Silence silence;
  private final Reader reader;
  private final Sealer sealer;
  private final Resumer resumer;

  /** When a {@code put} first came without partitions; -1 before. */
  private long idleSinceMs = -1;

  private Phase phase = new Phase.Reading();

  /** A failure that no call has thrown; Connect logs the stack trace of one that is thrown. */
  private boolean untold;

  /**
   * @param task number of the task
   * @param maxUncommittedSegments with so many own segments sealed and not committed, partitions
   *     pause
   * @param nonces random hex of 8 digits each
   * @param topics watches the logs of the partitions
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
      TopicWatch topics,
      Queue<Batch> committedBatches,
      TaskPort port) {
    this.checkpoint = checkpoint;
    this.writer = writer;
    this.cutPolicy = cutPolicy;
    this.silence = new Silence(writer.idleTimeoutsMs());
    this.backpressure = new Backpressure(maxUncommittedSegments, port);
    this.retries = retries;
    this.registration =
        new SessionRegistration(
            task, checkpoint.sessions(), nonces, retries, port::beginning, port::wakeDriver);
    this.topics = topics;
    this.committedBatches = committedBatches;
    this.port = port;
    this.reader = new Reader(chain, silence);
    this.sealer = new Sealer(checkpoint, chain, writer, cutPolicy, retries, topics, silence, port);
    this.resumer =
        new Resumer(
            new Recovery(checkpoint),
            registration,
            retries,
            topics,
            chain,
            reader,
            sealer,
            port,
            cutPolicy.intervalMs());
  }

  /** Partitions were assigned: continues each one after the chain. */
  public void open(Collection<TopicPartition> partitions, long nowMs) {
    open(partitions, Map.of(), nowMs);
  }

  /**
   * Records arrived, or none did: a tick.
   *
   * @throws RuntimeException what made this or an earlier callback fail; the session is over
   */
  public void put(Delivery delivered, long nowMs) {
    if (phase instanceof Phase.Failed failed) {
      untold = false;
      throw failed.cause();
    }
    try {
      writer.check();
      Delivery delivery = reader.arrive(delivered);
      silence.tick(backpressure.isPaused(), nowMs);
      if (!isBroken()) {
        phase = new Phase.Reading();
        reader.read(delivery, nowMs);
      } else if (!topics.resolvesStarts()) {
        reader.note(delivery);
      }
      follow();
      if (chain.isEmpty()) {
        idle(nowMs);
      } else if (isBroken()) {
        startOver(nowMs);
      } else if (chain.hasGaps()
          && topics.isDue(nowMs)
          && topics.isLost(chain.gapped(), reader.putNumber(), nowMs)) {
        goBack(nowMs);
      } else if (!delivery.isEmpty()) {
        write(delivery, nowMs);
      }
      // A batch that Spark planned needs all that is up to its end, however much is sealed.
      backpressure.apply(reader.limits().isNone() ? chain.waiting() : 0, chain.partitions());
      if (!isBroken()) {
        topics.advise(chain.all(), nowMs);
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
    Optional<TidemarkException> why = topics.regressed(regression);
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
    if (phase instanceof Phase.Failed) {
      return Map.of();
    }
    try {
      Map<TopicPartition, Long> positions = reader.limits().within(reached);
      follow();
      if (isReading()) {
        Map<TopicPartition, Long> passed = topics.passed(positions, reader.limits(), nowMs);
        phase = new Phase.Settled(Map.copyOf(passed));
        if (isCutDue(nowMs)) {
          cut(passed, nowMs);
        }
        resumer.impasse(nowMs).ifPresent(this::abandon);
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
      topics.regressed(regression).ifPresentOrElse(this::failLater, this::drop);
    } catch (RuntimeException e) {
      failLater(e);
    }
  }

  /**
   * Partitions go. Right after a {@link #preCommit} that is a graceful end, and what is open is
   * sealed; without one the partitions were lost to another task, and what is open is dropped.
   */
  public void close(Collection<TopicPartition> partitions, long nowMs) {
    try {
      if (!(phase instanceof Phase.Settled settled) || !cut(settled.positions(), nowMs)) {
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
    if (chain.isEmpty() && phase instanceof Phase.Settled) {
      phase = new Phase.Reading();
    }
  }

  /** Where the session stands. */
  public Standing standing() {
    return Standing.of(chain, writer);
  }

  /** The task ends: drops what is open. */
  public void stop() {
    if (untold && phase instanceof Phase.Failed failed) {
      LOG.error("The task stopped before it could fail", failed.cause());
    }
    writer.abort();
  }

  /** Opens partitions; those without history begin at their origins. */
  private void open(
      Collection<TopicPartition> partitions, Map<TopicPartition, Long> origins, long nowMs) {
    if (!resumer.open(partitions, origins, !isBroken(), nowMs)) {
      drop();
    } else if (isBroken()) {
      phase = new Phase.Seeking();
    } else if (phase instanceof Phase.Settled) {
      phase = new Phase.Reading();
    }
    backpressure.opened(partitions);
    silence.opened(partitions, nowMs);
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
    if (isBroken() || (!registration.isUsed() && cutPolicy.isDue(idleSinceMs, nowMs, 0, 0))) {
      registration.next(retries.run("list the sessions", () -> checkpoint.sessions().sessions()));
      phase = new Phase.Reading();
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
      if (committedBatches.stream().anyMatch(registration::isEndedBy)) {
        drop();
      }
      committedBatches.clear();
    }
    for (Batch batch = committedBatches.poll(); batch != null; batch = committedBatches.poll()) {
      writer.follow(batch);
      Optional<String> why = chain.follow(batch);
      if (why.isPresent() && !isBroken()) {
        LOG.warn("Starting over after the frontier: {}", why.get());
        drop();
      } else if (reader.limits().areOverAt(batch) && !isBroken()) {
        LOG.info("Continuing after batch {}, which Spark planned", batch.number());
        drop();
      }
    }
  }

  private void drop() {
    writer.abort();
    if (!(phase instanceof Phase.Failed)) {
      phase = new Phase.Broken();
    }
  }

  private void abandon(String why) {
    LOG.warn("Starting over: {}", why);
    drop();
  }

  private boolean isBroken() {
    return phase instanceof Phase.Broken;
  }

  private boolean isReading() {
    return phase instanceof Phase.Reading || phase instanceof Phase.Settled;
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
    if (!isBroken()) {
      phase = new Phase.Seeking();
    }
  }

  private boolean isCutDue(long nowMs) {
    return !chain.isEmpty() && !isBroken() && sealer.isDue(reader.limits(), nowMs);
  }

  /**
   * Seals what was read up to these positions, unless Kafka has first to tell whether something was
   * lost in between.
   */
  private boolean cut(Map<TopicPartition, Long> positions, long nowMs) {
    Optional<TopicWatch.Cut> cut =
        topics.cut(chain.all(), positions, !backpressure.isPaused(), nowMs);
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
    LOG.error("Cannot seal, and the task fails at its next call: {}", cause.toString());
    fail(cause);
    untold = true;
  }

  private RuntimeException fail(Throwable cause) {
    RuntimeException failure =
        cause instanceof RuntimeException known
            ? known
            : new IllegalStateException("The session ended with " + cause, cause);
    phase = new Phase.Failed(failure);
    writer.abort();
    return failure;
  }
}
