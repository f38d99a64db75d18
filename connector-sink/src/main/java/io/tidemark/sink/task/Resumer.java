package io.tidemark.sink.task;

import io.tidemark.checkpoint.log.Offsets;
import io.tidemark.checkpoint.log.SessionId;
import io.tidemark.sink.edge.Edges;
import io.tidemark.sink.edge.Opening;
import io.tidemark.sink.recovery.Recovery;
import io.tidemark.sink.recovery.ResumePlan;
import io.tidemark.sink.segment.Limits;
import io.tidemark.sink.segment.Retries;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes partitions over where the chain of sealed segments ends. */
final class Resumer {

  private static final Logger LOG = LoggerFactory.getLogger(Resumer.class);

  /** Between two looks at what others have sealed of a batch that Spark planned. */
  private static final long PAUSE_MS = 5_000;

  private final Recovery recovery;
  private final SessionRegistration registration;
  private final Retries retries;
  private final Edges edges;
  private final TaskChain chain;
  private final Reader reader;
  private final Sealer sealer;
  private final TaskPort port;

  /** When to look next. */
  private long lookMs;

  Resumer(
      Recovery recovery,
      SessionRegistration registration,
      Retries retries,
      Edges edges,
      TaskChain chain,
      Reader reader,
      Sealer sealer,
      TaskPort port) {
    this.recovery = recovery;
    this.registration = registration;
    this.retries = retries;
    this.edges = edges;
    this.chain = chain;
    this.reader = reader;
    this.sealer = sealer;
    this.port = port;
  }

  /**
   * Adds partitions to the chain and seeks; with the first ones a new session begins.
   *
   * @param origins where to begin in partitions that have no history
   * @param sound whether the session that runs may go on; a new one always may
   * @return whether the session may go on; otherwise the task has to start over
   */
  boolean open(
      Collection<TopicPartition> partitions,
      Map<TopicPartition, Long> origins,
      boolean sound,
      long nowMs) {
    Resumption resumption = Resumption.of(this::plan, edges, partitions, origins);
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
    sealer.heed(plan);
    origins.forEach((partition, offset) -> chain.of(partition).beginAt(offset));
    boolean goesOn = ready && (sound || fresh);
    if (ready) {
      goesOn &= begin(resumption.ready().get(), goesOn, fresh, nowMs);
    } else {
      resumption.opening().ifPresent(asked -> asked.moves().forEach(port::move));
    }
    SortedMap<TopicPartition, Long> ends = chain.ends(partitions);
    if (goesOn) {
      long batch = plan.committed().number();
      LOG.info(
          "resuming from batch {}, {}", batch < 0 ? "none" : batch, describe(partitions, ends));
    }
    port.seek(ends);
    return goesOn;
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
                    .ifPresent(within -> edges.lose(chain.of(partition), within)));
    boolean tells = !(opening.starts().isEmpty() && opening.lost().isEmpty());
    return !sound
        || chain.hasGaps()
        || !tells
        || ((fresh || isSealable(nowMs)) && sealer.seal(Map.of(), reader.limits(), nowMs));
  }

  /** Whether what was read of partitions that were opened before may be sealed with the rest. */
  private boolean isSealable(long nowMs) {
    return edges
        .cut(chain.all(), Map.of(), false, nowMs)
        .filter(cut -> cut.sealable() && !cut.again())
        .isPresent();
  }

  /**
   * Whether another session was first to seal what this one has sealed too. That is told by a
   * batch; but one that Spark planned comes about only when all up to its end is sealed, by those
   * too who would have to hear it.
   */
  boolean isOvertaken(long nowMs) {
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
