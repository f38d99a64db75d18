package io.tidemark.sink.kafka;

import java.util.Collection;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the logs of a task's partitions end, for a metric only: Kafka is asked now and then, and
 * nobody waits for its answer. Used by one thread, except that answers come on any.
 */
public final class LogEnds {

  private static final Logger LOG = LoggerFactory.getLogger(LogEnds.class);

  private static final long EVERY_MS = 10_000;

  /** An answer that is older says nothing about now. */
  private static final long OLD_MS = 60_000;

  private final Function<Collection<TopicPartition>, CompletionStage<Map<TopicPartition, Long>>>
      kafka;
  private Set<TopicPartition> asked = Set.of();
  private long askedMs = Long.MIN_VALUE;
  private volatile Answer answer = new Answer(Map.of(), Long.MIN_VALUE);

  private record Answer(Map<TopicPartition, Long> ends, long askedMs) {}

  /**
   * @param kafka asks for the ends, without waiting
   */
  public LogEnds(
      Function<Collection<TopicPartition>, CompletionStage<Map<TopicPartition, Long>>> kafka) {
    this.kafka = kafka;
  }

  /** Asks, if it is time to, or other partitions are owned. */
  public void look(Set<TopicPartition> owned, long nowMs) {
    boolean isDue = askedMs == Long.MIN_VALUE || nowMs - askedMs >= EVERY_MS;
    if (owned.isEmpty() || !(isDue || !asked.containsAll(owned))) {
      return;
    }
    asked = Set.copyOf(owned);
    askedMs = nowMs;
    try {
      kafka
          .apply(asked)
          .whenComplete(
              (ends, failure) -> {
                if (failure == null) {
                  answer = new Answer(Map.copyOf(ends), nowMs);
                } else {
                  LOG.debug("Kafka does not say where the logs end", failure);
                }
              });
    } catch (RuntimeException e) {
      LOG.debug("Cannot ask Kafka where the logs end", e);
    }
  }

  /**
   * The offsets between a frontier and the ends of the logs.
   *
   * @return empty when Kafka has not said lately where one of these logs ends
   */
  public OptionalLong lag(Map<TopicPartition, Long> frontier, long nowMs) {
    Answer last = answer;
    if (last.askedMs() == Long.MIN_VALUE || nowMs - last.askedMs() > OLD_MS) {
      return OptionalLong.empty();
    }
    long lag = 0;
    for (Map.Entry<TopicPartition, Long> entry : frontier.entrySet()) {
      Long end = last.ends().get(entry.getKey());
      if (end == null) {
        return OptionalLong.empty();
      }
      lag += Math.max(0, end - entry.getValue());
    }
    return OptionalLong.of(lag);
  }
}
