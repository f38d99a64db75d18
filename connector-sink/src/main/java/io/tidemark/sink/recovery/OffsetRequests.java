package io.tidemark.sink.recovery;

import io.tidemark.checkpoint.log.Batch;
import io.tidemark.checkpoint.log.CheckpointLocation;
import io.tidemark.checkpoint.log.Frontier;
import io.tidemark.checkpoint.log.Offsets;
import io.tidemark.checkpoint.log.Origin;
import io.tidemark.sink.batch.OffsetReset;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.common.TopicPartition;

/**
 * Turns requested offsets into a reset of the frontier, or refuses them. Open windows contain
 * records below the frontier. With open windows, therefore, either all partitions start again, or
 * all return to a batch whose state still exists.
 */
public final class OffsetRequests {

  /** The number of batches to return to that a refusal names. */
  private static final int NAMED = 5;

  private final CheckpointLocation checkpoint;

  public OffsetRequests(CheckpointLocation checkpoint) {
    this.checkpoint = checkpoint;
  }

  /**
   * Resets the ends of these partitions. Their topic ids are forgotten: a reset to the current ends
   * may be for another topic, such as a copy.
   *
   * @param id of the request
   * @param ends the end of each partition; empty to forget it, so that it starts as a new one does
   * @return empty when nothing would change
   */
  public Optional<OffsetReset> alter(
      String id, String cause, Map<TopicPartition, OptionalLong> ends) throws IOException {
    ends.forEach(
        (partition, end) -> {
          if (end.isPresent() && end.getAsLong() < 0) {
            throw ResetErrors.notAnOffset(partition, end.getAsLong());
          }
        });
    Batch last = last();
    SortedMap<TopicPartition, OptionalLong> changes = Offsets.sorted(ends);
    if (changesNothing(last, chainEnds(), ends)) {
      return Optional.empty();
    }
    if (last.operators().isEmpty()) {
      return Optional.of(OffsetReset.of(id, cause, changes, Origin.UNKNOWN));
    }
    if (ends.values().stream().allMatch(OptionalLong::isEmpty)
        && ends.keySet().containsAll(last.frontier().ends().keySet())) {
      return Optional.of(
          new OffsetReset(
              id, cause, changes, Origin.UNKNOWN, Optional.of(new TreeMap<>()), new TreeMap<>()));
    }
    Frontier wanted = applied(last.frontier(), ends);
    List<Batch> retained = retained();
    for (Batch batch : retained) {
      if (batch.frontier().equals(wanted)) {
        return Optional.of(to(batch, last, id, cause, Origin.UNKNOWN));
      }
    }
    throw ResetErrors.offsetsWithoutState(
        last.operators().keySet(),
        retained.stream().limit(NAMED).map(OffsetRequests::describe).toList(),
        retained.size());
  }

  /**
   * Forgets all partitions, if the request names all of them. Connect names the partitions for
   * which the consumer group has offsets, or those that a user named, and does not say which. The
   * group's offsets expire, and are missing before the first commit.
   *
   * @param named the partitions to forget; none for all that are known
   * @return empty when nothing is known
   */
  public Optional<OffsetReset> reset(String id, String cause, Set<TopicPartition> named)
      throws IOException {
    SortedSet<TopicPartition> known = known();
    SortedSet<TopicPartition> left = new TreeSet<>(known);
    left.removeAll(named);
    if (!named.isEmpty() && !left.isEmpty()) {
      throw ResetErrors.resetOfSome(named, left);
    }
    SortedMap<TopicPartition, OptionalLong> ends = new TreeMap<>(Offsets.ORDER);
    known.forEach(partition -> ends.put(partition, OptionalLong.empty()));
    named.forEach(partition -> ends.put(partition, OptionalLong.empty()));
    return ends.isEmpty() ? Optional.empty() : alter(id, cause, ends);
  }

  /** The partitions that a batch or a sealed segment has named. */
  public SortedSet<TopicPartition> known() throws IOException {
    SortedSet<TopicPartition> known = new TreeSet<>(Offsets.ORDER);
    known.addAll(chainEnds().keySet());
    known.addAll(last().frontier().ends().keySet());
    return known;
  }

  /** Where tasks would continue. */
  private Map<TopicPartition, OptionalLong> chainEnds() throws IOException {
    Map<TopicPartition, OptionalLong> ends = new HashMap<>();
    new Recovery(checkpoint)
        .resumePlan()
        .cuts()
        .forEach(
            (partition, cuts) -> ends.put(partition, OptionalLong.of(cuts.get(cuts.size() - 1))));
    return ends;
  }

  /**
   * Returns to a batch that the logs still have, with its end offsets and state. Returning to the
   * last batch is allowed: it declares that a table may lack what earlier batches wrote.
   */
  public OffsetReset returnTo(String id, String cause, long number) throws IOException {
    Optional<OffsetReset> reset = returnToRetained(id, cause, number);
    if (reset.isPresent()) {
      return reset.get();
    }
    throw ResetErrors.batchNotRetained(
        number, retained().stream().limit(NAMED).map(OffsetRequests::describe).toList());
  }

  /** The same; empty when the logs do not have the batch any more. */
  public Optional<OffsetReset> returnToRetained(String id, String cause, long number)
      throws IOException {
    Batch last = last();
    for (Batch batch : retained()) {
      if (batch.number() == number) {
        return Optional.of(to(batch, last, id, cause, batch.continuity().origin()));
      }
    }
    return Optional.empty();
  }

  /**
   * Waiting sealed segments are still committed first; the ends must be as requested after that
   * too.
   */
  private static boolean changesNothing(
      Batch last,
      Map<TopicPartition, OptionalLong> chainEnds,
      Map<TopicPartition, OptionalLong> ends) {
    return ends.entrySet().stream()
        .allMatch(
            end ->
                last.frontier().end(end.getKey()).equals(end.getValue())
                    && chainEnds
                        .getOrDefault(end.getKey(), OptionalLong.empty())
                        .equals(end.getValue())
                    && !last.continuity().origin().topicIds().containsKey(end.getKey().topic()));
  }

  private static OffsetReset to(Batch batch, Batch last, String id, String cause, Origin origin) {
    SortedMap<TopicPartition, OptionalLong> ends = new TreeMap<>(Offsets.ORDER);
    last.frontier().ends().keySet().forEach(partition -> ends.put(partition, OptionalLong.empty()));
    batch.frontier().ends().forEach((partition, end) -> ends.put(partition, OptionalLong.of(end)));
    return new OffsetReset(
        id, cause, ends, origin, Optional.of(batch.operators()), new TreeMap<>());
  }

  private Batch last() throws IOException {
    Recovery.Position position = new Recovery(checkpoint).position();
    return position.planned().orElse(position.committed());
  }

  /** The committed batches whose state still exists, newest first. */
  private List<Batch> retained() throws IOException {
    List<Long> numbers = new ArrayList<>(new TreeSet<>(checkpoint.commits().numbers()));
    Collections.reverse(numbers);
    List<Batch> batches = new ArrayList<>();
    for (long number : numbers) {
      checkpoint.retainedPlan(number).ifPresent(batches::add);
    }
    return batches;
  }

  private static Frontier applied(Frontier frontier, Map<TopicPartition, OptionalLong> ends) {
    SortedMap<TopicPartition, Long> wanted = new TreeMap<>(Offsets.ORDER);
    wanted.putAll(frontier.ends());
    ends.forEach(
        (partition, end) ->
            end.ifPresentOrElse(
                offset -> wanted.put(partition, offset), () -> wanted.remove(partition)));
    return new Frontier(wanted);
  }

  private static String describe(Batch batch) {
    return "batch " + batch.number() + " " + batch.frontier().ends();
  }
}
