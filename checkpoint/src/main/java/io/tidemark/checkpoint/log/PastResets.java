package io.tidemark.checkpoint.log;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.Collection;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/**
 * The last reset of each topic-partition that was ever reset. The batch that reset it may no longer
 * be in the logs while ranges on both sides of the reset are still in the tables. Later plans and
 * table versions therefore keep the reset.
 *
 * @param ends by topic-partition
 */
public record PastResets(SortedMap<TopicPartition, PastReset> ends) {

  /** No known reset. */
  public static final PastResets NONE = new PastResets(new TreeMap<>(Offsets.ORDER));

  public PastResets {
    ends = Offsets.sorted(ends);
  }

  /** True when nothing was reset. */
  public boolean isNone() {
    return ends.isEmpty();
  }

  /** These resets followed by those of a batch. */
  PastResets then(long batch, OffsetResets resets) {
    if (resets.isNone()) {
      return this;
    }
    SortedMap<TopicPartition, PastReset> later = new TreeMap<>(ends);
    resets
        .ends()
        .forEach(
            (partition, reset) ->
                later.put(partition, new PastReset(batch, resets.cause(), reset.to())));
    return new PastResets(later);
  }

  /** The resets of both; the later one where both have the partition. */
  public PastResets overlaid(PastResets others) {
    SortedMap<TopicPartition, PastReset> all = new TreeMap<>(ends);
    others.ends.forEach(
        (partition, reset) -> all.merge(partition, reset, (a, b) -> a.batch() > b.batch() ? a : b));
    return new PastResets(all);
  }

  /** The resets of these partitions, without those that are already known. */
  public PastResets of(Collection<TopicPartition> partitions, PastResets known) {
    SortedMap<TopicPartition, PastReset> some = new TreeMap<>(ends);
    some.keySet().retainAll(partitions);
    some.entrySet()
        .removeIf(reset -> Objects.equals(known.ends.get(reset.getKey()), reset.getValue()));
    return new PastResets(some);
  }

  /** As text, in the format of {@code pastResets} in plans. */
  public String text() {
    return Json.line(ContinuityJson.reset(this));
  }

  /** Reads {@link #text}; any other text gives no resets. */
  public static PastResets parse(String text) {
    try {
      return ContinuityJson.reset(Json.MAPPER.readTree(text));
    } catch (JsonProcessingException | IllegalArgumentException e) {
      return NONE;
    }
  }
}
