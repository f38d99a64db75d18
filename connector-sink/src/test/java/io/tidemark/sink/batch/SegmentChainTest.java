package io.tidemark.sink.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.checkpoint.log.Batch;
import io.tidemark.checkpoint.log.DecidedSegments;
import io.tidemark.checkpoint.log.Frontier;
import io.tidemark.checkpoint.log.OffsetRange;
import io.tidemark.checkpoint.log.OffsetResets;
import io.tidemark.checkpoint.log.Offsets;
import io.tidemark.checkpoint.log.OperatorSegment;
import io.tidemark.checkpoint.log.OperatorState;
import io.tidemark.checkpoint.log.Origin;
import io.tidemark.checkpoint.log.Provenance;
import io.tidemark.checkpoint.log.Segment;
import io.tidemark.checkpoint.log.SegmentId;
import io.tidemark.checkpoint.log.SessionId;
import io.tidemark.checkpoint.log.SessionState;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class SegmentChainTest {

  private static final TopicPartition P0 = new TopicPartition("orders", 0);
  private static final TopicPartition P1 = new TopicPartition("orders", 1);
  private static final TopicPartition P2 = new TopicPartition("orders", 2);
  private static final SortedMap<String, String> DEFINITION =
      new TreeMap<>(Map.of("group.by", "shop, product", "aggregates", "sum(amount)"));

  @Test
  void acceptsWhatContinuesInWhateverOrderItIsListed() {
    Segment first = segment(1, 0, Map.of(P0, new OffsetRange(10, 20)));
    Segment second = segment(0, 0, Map.of(P0, new OffsetRange(20, 30)));
    SegmentChain chain = follow(at(P0, 10), List.of(second, first));
    assertThat(chain.accepted()).containsExactly(first, second);
    assertThat(chain.frontier().end(P0)).hasValue(30);
  }

  @Test
  void rejectsAsAWholeWhatOverlapsInOnePartition() {
    Segment zombie =
        segment(0, 0, Map.of(P0, new OffsetRange(5, 12), P1, new OffsetRange(0, 4, true)));
    SegmentChain chain = follow(at(P0, 10), List.of(zombie));
    assertThat(chain.rejected()).containsExactly(zombie);
    assertThat(chain.frontier().end(P1)).as("pinned where it began").hasValue(0);
  }

  @Test
  void letsWaitWhatDoesNotReachTheFrontierYet() {
    Segment early = segment(0, 0, Map.of(P0, new OffsetRange(20, 30)));
    SegmentChain chain = follow(at(P0, 10), List.of(early));
    assertThat(chain.waiting()).containsExactly(early);
    assertThat(chain.accepted()).isEmpty();
    assertThat(chain.rejected()).isEmpty();
  }

  /** Its entry was lost, and what is built on it would wait for ever. */
  @Test
  void rejectsWhatFollowsASegmentThatIsNotThere() {
    Segment first = segment(0, 0, Map.of(P0, new OffsetRange(10, 20)));
    Segment third = segment(0, 2, Map.of(P0, new OffsetRange(30, 40)));
    Segment fourth = segment(0, 3, Map.of(P0, new OffsetRange(40, 50)));
    Segment other = segment(1, 0, Map.of(P0, new OffsetRange(60, 70)));
    SegmentChain chain = follow(at(P0, 10), List.of(first, third, fourth, other));
    assertThat(chain.accepted()).containsExactly(first);
    assertThat(chain.rejected()).containsExactly(third, fourth);
    assertThat(chain.waiting()).containsExactly(other);
  }

  @Test
  void takesOneOfTwoThatContinueTheSameOffset() {
    Segment one = segment(0, 0, Map.of(P0, new OffsetRange(10, 20)));
    Segment other = segment(1, 0, Map.of(P0, new OffsetRange(10, 15)));
    SegmentChain chain = follow(at(P0, 10), List.of(other, one));
    assertThat(chain.accepted()).containsExactly(one);
    assertThat(chain.rejected()).containsExactly(other);
  }

  @Test
  void beginsAPartitionAtItsFirstSegment() {
    Segment pin = segment(0, 0, Map.of(P0, new OffsetRange(7, 7, true)));
    Segment next = segment(0, 1, Map.of(P0, new OffsetRange(7, 9)));
    assertThat(follow(Frontier.NONE, List.of(next, pin)).frontier().end(P0)).hasValue(9);
  }

  @Test
  void letsWaitWhatContinuesAFirstRangeThatIsNotThereYet() {
    Segment second = segment(0, 0, Map.of(P0, new OffsetRange(1, 5)));
    Segment first = segment(1, 0, Map.of(P0, new OffsetRange(0, 1, true)));
    assertThat(follow(Frontier.NONE, List.of(second)).waiting()).containsExactly(second);
    assertThat(follow(Frontier.NONE, List.of(second, first)).accepted())
        .containsExactly(first, second);
  }

  @Test
  void beginsAPartitionAtTheEarlierOfTwoFirstRangesAndRejectsTheOther() {
    Segment late = segment(0, 0, Map.of(P0, new OffsetRange(9, 12, true)));
    Segment early = segment(1, 0, Map.of(P0, new OffsetRange(5, 7, true)));
    SegmentChain chain = follow(Frontier.NONE, List.of(late, early));
    assertThat(chain.accepted()).containsExactly(early);
    assertThat(chain.rejected()).containsExactly(late);
  }

  /** What a void plan named waits for records that are read again. */
  @Test
  void beginsAPartitionWhereASegmentBeginsItThatStillWaits() {
    Segment early =
        segment(0, 0, Map.of(P0, new OffsetRange(20, 30), P1, new OffsetRange(0, 4, true)));
    Segment late = segment(1, 0, Map.of(P1, new OffsetRange(7, 9, true)));
    SegmentChain chain = follow(at(P0, 10), List.of(early, late));
    assertThat(chain.waiting()).containsExactly(early);
    assertThat(chain.rejected()).containsExactly(late);
    assertThat(chain.frontier().end(P1)).hasValue(0);
  }

  /** Any set of ranges: what is accepted joins without gap or overlap, and nothing gets lost. */
  @Property(tries = 300)
  void joinsWhatItAcceptsWithoutGapOrOverlap(@ForAll long seed) {
    Random random = new Random(seed);
    List<Segment> segments = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      Map<TopicPartition, OffsetRange> ranges = new HashMap<>();
      for (TopicPartition partition : List.of(P0, P1)) {
        if (ranges.isEmpty() || random.nextBoolean()) {
          long from = random.nextInt(8);
          ranges.put(
              partition, new OffsetRange(from, from + random.nextInt(4), random.nextBoolean()));
        }
      }
      segments.add(segment(i, 0, ranges));
    }
    SegmentChain chain = follow(at(P0, 2), segments);
    Map<TopicPartition, Long> ends = new HashMap<>(Map.of(P0, 2L));
    for (Segment segment : chain.accepted()) {
      segment
          .ranges()
          .forEach(
              (partition, range) -> {
                assertThat(ends.getOrDefault(partition, range.from())).isEqualTo(range.from());
                ends.put(partition, range.to());
              });
    }
    segments.stream()
        .map(segment -> segment.ranges().get(P1))
        .filter(range -> range != null && range.first())
        .min(Comparator.comparingLong(OffsetRange::from))
        .ifPresent(earliest -> ends.putIfAbsent(P1, earliest.from()));
    assertThat(chain.frontier().ends()).containsExactlyInAnyOrderEntriesOf(ends);
    List<Segment> all = new ArrayList<>(chain.accepted());
    all.addAll(chain.rejected());
    all.addAll(chain.waiting());
    assertThat(all).containsExactlyInAnyOrderElementsOf(segments);
    Collections.shuffle(segments, random);
    assertThat(follow(at(P0, 2), segments)).isEqualTo(chain);
  }

  @Test
  void acceptsTheSegmentsOfASessionInOrderAndWithoutGap() {
    Segment first = segment(0, 0, Map.of(P0, new OffsetRange(30, 40)));
    Segment second = segment(0, 1, Map.of(P1, new OffsetRange(0, 5, true)));
    SegmentChain chain = follow(at(P0, 10), List.of(second, first));
    assertThat(chain.accepted()).isEmpty();
    assertThat(chain.waiting()).containsExactly(first, second);
  }

  @Test
  void rejectsWhatASessionSealedAfterARejectedSegment() {
    Segment overlapping = segment(0, 0, Map.of(P0, new OffsetRange(5, 15)));
    Segment after = segment(0, 1, Map.of(P1, new OffsetRange(0, 5, true)));
    assertThat(follow(at(P0, 10), List.of(overlapping, after)).rejected())
        .containsExactly(overlapping, after);
  }

  /** An entry that was deleted may come back, when a create that timed out lands late. */
  @Test
  void keepsTheFilesOfASegmentThatWasAcceptedBefore() {
    Segment accepted = segment(0, 3, Map.of(P0, new OffsetRange(5, 10)));
    Batch last = batch(at(P0, 10), accepted.id().session(), new SessionState(3, -1));
    SegmentChain chain =
        SegmentChain.follow(last, Set.of(accepted.id().session()), List.of(accepted));
    assertThat(chain.stale()).containsExactly(accepted);
    assertThat(chain.rejected()).isEmpty();
  }

  @Test
  void acceptsNothingFromASessionThatIsFencedOrNotRegistered() {
    Segment zombie = segment(0, 4, Map.of(P0, new OffsetRange(10, 20)));
    Batch fenced = batch(at(P0, 10), zombie.id().session(), new SessionState(3, 7));
    assertThat(
            SegmentChain.follow(fenced, Set.of(zombie.id().session()), List.of(zombie)).rejected())
        .containsExactly(zombie);
    Batch unknown = batch(at(P0, 10), new SessionId(9, 1, 0, "000000cc"), SessionState.NEW);
    assertThat(SegmentChain.follow(unknown, Set.of(), List.of(zombie)).stale())
        .containsExactly(zombie);
  }

  @Test
  void rejectsTheLaterOfTwoSegmentsThatShowTypesWithNoneInCommon() {
    Segment whole = showing(0, P0, Map.of("amount", "long"));
    Segment text = showing(1, P1, Map.of("amount", "string"));
    SegmentChain chain = follow(Frontier.NONE, List.of(text, whole));
    assertThat(chain.accepted()).containsExactly(whole);
    assertThat(chain.rejected()).containsExactly(text);
    assertThat(chain.frontier().end(P1)).as("read again from where it began").hasValue(0);
  }

  @Test
  void acceptsTypesThatHaveOneInCommonUnlessTheyAreKeys() {
    Segment whole = showing(0, P0, Map.of("amount", "long"));
    Segment floating = showing(1, P1, Map.of("amount", "double"));
    assertThat(follow(Frontier.NONE, List.of(whole, floating)).accepted())
        .containsExactly(whole, floating);
    Segment wholeKey = showing(0, P0, Map.of("product", "integer"));
    Segment longKey = showing(1, P1, Map.of("product", "long"));
    Segment floatingKey = showing(2, P2, Map.of("product", "double"));
    SegmentChain chain = follow(Frontier.NONE, List.of(wholeKey, longKey, floatingKey));
    assertThat(chain.accepted()).containsExactly(wholeKey, longKey);
    assertThat(chain.rejected()).containsExactly(floatingKey);
  }

  @Test
  void rejectsTypesThatHaveNoneInCommonWithThoseOfCommittedBatches() {
    Segment text = showing(1, P1, Map.of("amount", "string"));
    OperatorState state =
        new OperatorState(
            DEFINITION,
            OptionalLong.empty(),
            new TreeMap<>(Offsets.ORDER),
            new TreeMap<>(Map.of("amount", "long")),
            List.of(),
            new OperatorState.Counts(0, 0, 0, 0));
    Batch committed =
        batch(Frontier.NONE, text.id().session(), SessionState.NEW)
            .closing(new TreeMap<>(Map.of("revenue", state)), new TreeMap<>(), List.of());
    assertThat(
            SegmentChain.follow(committed, Set.of(text.id().session()), List.of(text)).rejected())
        .containsExactly(text);
  }

  @Test
  void rejectsWhatWasBegunBeforeTheFrontierWasReset() {
    Segment zombie = after(7, "", Map.of(P0, new OffsetRange(0, 5)));
    Segment later = after(8, "", Map.of(P0, new OffsetRange(0, 3)));
    Batch reset = reset("");
    assertThat(chain(reset, zombie).rejected()).containsExactly(zombie);
    assertThat(chain(reset, zombie).frontier()).isEqualTo(reset.frontier());
    assertThat(chain(reset, later).accepted()).containsExactly(later);
  }

  @Test
  void keepsWhereAPartitionBeganThatWasNotResetAndOnlyThat() {
    Segment zombie =
        after(7, "", Map.of(P0, new OffsetRange(20, 30, true), P1, new OffsetRange(40, 50, true)));
    Batch forgotten =
        batch(at(P0, 10), new SessionId(99, 1, 0, "000000cc"), SessionState.NEW)
            .reset(
                new OffsetResets(
                    "request-1",
                    "test",
                    Offsets.sorted(
                        Map.of(
                            P0,
                            new OffsetResets.Reset(OptionalLong.of(10), OptionalLong.empty())))),
                Origin.UNKNOWN,
                new TreeMap<>());
    SegmentChain chain = chain(forgotten, zombie);
    assertThat(chain.rejected()).containsExactly(zombie);
    assertThat(chain.frontier().end(P0)).isEmpty();
    assertThat(chain.frontier().end(P1)).hasValue(40);
  }

  @Test
  void rejectsWhatCountsInAnotherTopicOfTheSameName() {
    Segment old = after(8, "topic-1", Map.of(P0, new OffsetRange(0, 5)));
    Segment same = after(8, "topic-2", Map.of(P0, new OffsetRange(0, 3)));
    Segment unknown = after(8, "", Map.of(P0, new OffsetRange(0, 4)));
    assertThat(chain(reset("topic-2"), old).rejected()).containsExactly(old);
    assertThat(chain(reset("topic-2"), same).accepted()).containsExactly(same);
    assertThat(chain(reset("topic-2"), unknown).accepted()).containsExactly(unknown);
  }

  private static SegmentChain chain(Batch last, Segment segment) {
    return SegmentChain.follow(last, Set.of(segment.id().session()), List.of(segment));
  }

  private static Batch reset(String topicId) {
    return batch(at(P0, 10), new SessionId(99, 1, 0, "000000cc"), SessionState.NEW)
        .reset(
            new OffsetResets(
                "request-1",
                "test",
                Offsets.sorted(
                    Map.of(P0, new OffsetResets.Reset(OptionalLong.of(10), OptionalLong.of(0))))),
            origin(topicId),
            new TreeMap<>());
  }

  private static Origin origin(String topicId) {
    return topicId.isEmpty()
        ? Origin.UNKNOWN
        : new Origin(Optional.empty(), new TreeMap<>(Map.of("orders", topicId)));
  }

  private static Segment after(
      long batch, String topicId, Map<TopicPartition, OffsetRange> ranges) {
    return new Segment(
        new SegmentId(new SessionId(0, 1, 0, "000000aa"), 0),
        0,
        Offsets.sorted(ranges),
        new TreeMap<>(),
        List.of(),
        new TreeMap<>(),
        new TreeMap<>(Offsets.ORDER),
        new Provenance(batch, origin(topicId), new TreeMap<>(Offsets.ORDER)));
  }

  private static Segment showing(
      int task, TopicPartition partition, Map<String, String> fieldTypes) {
    OperatorSegment part =
        new OperatorSegment(
            DEFINITION, 1, 0, new TreeMap<>(Offsets.ORDER), new TreeMap<>(fieldTypes), List.of());
    return new Segment(
        new SegmentId(new SessionId(task, 1, 0, "000000aa"), 0),
        0,
        Offsets.sorted(Map.of(partition, new OffsetRange(0, 1, true))),
        new TreeMap<>(),
        List.of(),
        new TreeMap<>(Map.of("revenue", part)),
        new TreeMap<>(Offsets.ORDER));
  }

  private static SegmentChain follow(Frontier frontier, List<Segment> undecided) {
    SessionId other = new SessionId(99, 1, 0, "000000cc");
    return SegmentChain.follow(
        batch(frontier, other, SessionState.NEW),
        undecided.stream().map(segment -> segment.id().session()).collect(Collectors.toSet()),
        undecided);
  }

  private static Batch batch(Frontier frontier, SessionId session, SessionState state) {
    return new Batch(
        8,
        "",
        0,
        DecidedSegments.NONE,
        frontier,
        new TreeMap<>(),
        new TreeMap<>(Map.of(session, state)));
  }

  private static Frontier at(TopicPartition partition, long end) {
    return new Frontier(Offsets.sorted(Map.of(partition, end)));
  }

  private static Segment segment(int task, int sequence, Map<TopicPartition, OffsetRange> ranges) {
    return Segment.of(
        new SegmentId(new SessionId(task, 1, 0, "000000aa"), sequence),
        0,
        ranges,
        Map.of(),
        List.of());
  }
}
