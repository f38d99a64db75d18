package io.tidemark.sink.task;

import io.tidemark.checkpoint.log.Offsets;
import io.tidemark.checkpoint.log.SegmentId;
import io.tidemark.checkpoint.log.SessionId;
import io.tidemark.sink.kafka.Opening;
import io.tidemark.sink.kafka.TopicWatch;
import io.tidemark.sink.recovery.Recovery;
import io.tidemark.sink.recovery.ResumePlan;
import io.tidemark.sink.segment.Limits;
import io.tidemark.sink.segment.Retries;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes partitions over where the chain of sealed segments ends. */
final class Resumer {

  private static final Logger LOG = LoggerFactory.getLogger(Resumer.class);

  /**
   * Pause between two checks of what others have sealed of a batch that Spark planned,
   * milliseconds.
   */
  private static final long PAUSE_MS = 5_000;

  /** A segment that waits for a batch this much longer than three intervals is looked for. */
  private static final long WAIT_MS = 30_000;

  private final Recovery recovery;
  private final SessionRegistration registration;
  private final Retries retries;
  private final TopicWatch topics;
  private final TaskChain chain;
  private final Reader reader;
  private final Sealer sealer;
  private final TaskPort port;
  private final long intervalMs;

  /** When to check next, milliseconds. */
  private long lookMs;

  /** The segment that has the lowest name of those that wait, and since when. */
  private Optional<SegmentId> oldest = Optional.empty();

  private long oldestSinceMs;

  Resumer(
      Recovery recovery,
      SessionRegistration registration,
      Retries retries,
      TopicWatch topics,
      TaskChain chain,
      Reader reader,
      Sealer sealer,
      TaskPort port,
      long intervalMs) {
    this.recovery = recovery;
    this.registration = registration;
    this.retries = retries;
    this.topics = topics;
    this.chain = chain;
    this.reader = reader;
    this.sealer = sealer;
    this.port = port;
    this.intervalMs = intervalMs;
  }

  /**
   * Adds partitions to the chain and seeks; with the first ones a new session begins.
   *
   * @param origins where to begin in partitions that have no history
   * @param sound whether the session that runs may continue; a new one always may
   * @return whether the session may continue; otherwise the task has to start over
   */
  boolean open(
      Collection<TopicPartition> partitions,
      Map<TopicPartition, Long> origins,
      boolean sound,
      long nowMs) {
    Resumption resumption = Resumption.of(this::plan, topics, partitions, origins);
    ResumePlan plan = resumption.plan();
    boolean ready = resumption.ready().isPresent();
    boolean fresh = ready && chain.isEmpty();
    if (fresh) {
      reader.begin(plan.limits());
      SessionId session = registration.next(plan.sessions());
      chain.begin(session, plan);
      sealer.begin(session, nowMs);
    }
    chain.take(partitions, plan);
    sealer.dropPinsOf(plan);
    origins.forEach((partition, offset) -> chain.of(partition).beginAt(offset));
    boolean continues = ready && (sound || fresh);
    if (ready) {
      continues &= begin(resumption.ready().get(), continues, fresh, nowMs);
    } else {
      resumption.opening().ifPresent(asked -> asked.resets().forEach(port::reset));
    }
    SortedMap<TopicPartition, Long> ends = chain.ends(partitions);
    if (continues) {
      long batch = plan.committed().number();
      LOG.info(
          "resuming from batch {}, {}", batch < 0 ? "none" : batch, describe(partitions, ends));
    }
    port.seek(ends);
    return continues;
  }

  /** Where partitions begin and what they lost is durable before the first record counts. */
  private boolean begin(Opening opening, boolean sound, boolean fresh, long nowMs) {
    Set<TopicPartition> owned = chain.partitions();
    opening
        .starts()
        .forEach(
            (partition, start) -> {
              if (owned.contains(partition)) {
                chain.of(partition).beginAt(start);
              } else {
                sealer.pin(partition, start);
              }
            });
    opening
        .lost()
        .forEach(
            (partition, lost) ->
                reader
                    .limits()
                    .within(partition, lost)
                    .ifPresent(within -> topics.lose(chain.of(partition), within)));
    boolean tells = !(opening.starts().isEmpty() && opening.lost().isEmpty());
    return !sound
        || chain.hasGaps()
        || !tells
        || ((fresh || isSealable(nowMs)) && sealer.seal(Map.of(), reader.limits(), nowMs));
  }

  /** Whether what was read of partitions that were opened before may be sealed with the rest. */
  private boolean isSealable(long nowMs) {
    return topics
        .cut(chain.all(), Map.of(), false, nowMs)
        .filter(cut -> cut.sealable() && !cut.again())
        .isPresent();
  }

  /** Why what was sealed will not be committed though no batch says so; empty when all is well. */
  Optional<String> impasse(long nowMs) {
    if (isOvertaken(nowMs)) {
      return Optional.of("another session has sealed records that this session has read");
    }
    return hasLostSegment(nowMs)
        ? Optional.of("a segment that waits for a batch is not in the checkpoint location any more")
        : Optional.empty();
  }

  /**
   * Whether the entry of a segment was lost. A batch rejects what its session sealed after it, but
   * if nothing more is sealed, no batch comes.
   */
  private boolean hasLostSegment(long nowMs) {
    Optional<SegmentId> waiting = chain.oldestWaiting();
    if (waiting.isEmpty() || !waiting.equals(oldest)) {
      oldest = waiting;
      oldestSinceMs = nowMs;
    }
    if (waiting.isEmpty() || nowMs - oldestSinceMs < 3 * intervalMs + WAIT_MS) {
      return false;
    }
    oldestSinceMs = nowMs;
    return chain.hasLostSegment(plan());
  }

  /**
   * Whether another session was first to seal records that this one has sealed too. Usually a batch
   * shows that. A batch that Spark planned needs all records up to its end, also from this session,
   * so the session has to find out before the batch.
   */
  private boolean isOvertaken(long nowMs) {
    Limits limits = reader.limits();
    if (limits.isNone() || nowMs < lookMs || !chain.isSealedTo(limits)) {
      return false;
    }
    lookMs = nowMs + PAUSE_MS;
    ResumePlan plan = plan();
    return !plan.limits().isNone() && !chain.isIn(plan);
  }

  private ResumePlan plan() {
    return retries.run("read the checkpoint location", recovery::resumePlan);
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
