package io.tidemark.sink.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.checkpoint.log.Batch;
import io.tidemark.checkpoint.log.Continuity;
import io.tidemark.checkpoint.log.DecidedSegments;
import io.tidemark.checkpoint.log.Frontier;
import io.tidemark.checkpoint.log.OffsetResets;
import io.tidemark.checkpoint.log.Offsets;
import io.tidemark.checkpoint.log.Origin;
import io.tidemark.checkpoint.log.PastResets;
import io.tidemark.checkpoint.log.SegmentId;
import io.tidemark.checkpoint.log.SessionId;
import io.tidemark.checkpoint.log.WindowStates;
import io.tidemark.checkpoint.log.WrittenTables;
import io.tidemark.sink.recovery.Recovery;
import io.tidemark.sink.recovery.ResumePlan;
import io.tidemark.sink.segment.Limits;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a task knows of its partitions when all that it has sealed is void. */
class TaskChainTest {

  private static final TopicPartition P0 = new TopicPartition("orders", 0);
  private static final TopicPartition P1 = new TopicPartition("orders", 1);

  private final TaskChain chain = new TaskChain();

  @BeforeEach
  void beginTwoPartitionsThatNoBatchKnows() {
    ResumePlan fresh =
        ResumePlan.of(
            new Recovery.Position(Batch.NONE, Optional.empty(), Limits.NONE),
            new TreeSet<>(),
            List.of());
    chain.begin(new SessionId(0, 1, 0, "000000aa"), fresh);
    chain.take(List.of(P0, P1), fresh);
    chain.of(P0).beginAt(5);
    chain.of(P1).beginAt(7);
  }

  @Test
  void keepsWherePartitionsBeganThatAResetDoesNotName() {
    assertThat(chain.follow(resetting(0, P0))).isPresent();
    assertThat(chain.origins()).isEqualTo(Map.of(P1, 7L));
  }

  @Test
  void keepsWherePartitionsBeganWhenNothingIsReset() {
    assertThat(chain.follow(numbered(4))).hasValueSatisfying(why -> assertThat(why).contains("4"));
    assertThat(chain.origins()).isEqualTo(Map.of(P0, 5L, P1, 7L));
  }

  @Test
  void forgetsWherePartitionsBeganThatOneOfSeveralResetsNames() {
    chain.follow(resetting(0, P0));
    chain.follow(resetting(1, P1));
    assertThat(chain.origins()).isEmpty();
  }

  @Test
  void keepsThemThroughALaterBatchThatResetsNothing() {
    Batch resetting = resetting(0, P0);
    chain.follow(resetting);
    chain.follow(after(resetting));
    assertThat(chain.origins()).isEqualTo(Map.of(P1, 7L));
  }

  @Test
  void forgetsAllWhenItHasNotHeardWhatWasReset() {
    chain.follow(after(resetting(0, P0)));
    assertThat(chain.origins()).isEmpty();
  }

  /** Of what a dead task has sealed, and a zombie too, one is never accepted. */
  @Test
  void isNotInAPlanThatDoesNotAcceptWhatItContinues() {
    ResumePlan plan = continuing(Set.of(new SessionId(1, 1, 0, "000000bb").firstSegment()));
    chain.begin(new SessionId(0, 1, 1, "000000cc"), plan);
    chain.take(List.of(P0), plan);
    assertThat(chain.isIn(plan)).isTrue();
    assertThat(chain.isIn(continuing(Set.of()))).isFalse();
  }

  /** What the plan had accepted does not come, and the chain stands on it. */
  @Test
  void cannotContinueWithAPlanThatWasVoid() {
    Batch plan = numbered(0);
    ResumePlan after = planned(plan);
    chain.begin(new SessionId(0, 1, 1, "000000cc"), after);
    assertThat(chain.follow(resetting(0, P0)))
        .hasValueSatisfying(why -> assertThat(why).contains("batch 0", "void"));
    chain.begin(new SessionId(0, 1, 2, "000000dd"), after);
    assertThat(chain.follow(plan)).isEmpty();
  }

  private static ResumePlan planned(Batch plan) {
    return ResumePlan.of(
        new Recovery.Position(Batch.NONE, Optional.of(plan), Limits.NONE),
        new TreeSet<>(),
        List.of());
  }

  private static ResumePlan continuing(Set<SegmentId> segments) {
    return new ResumePlan(
        Batch.NONE,
        Map.of(P0, List.of(5L, 9L)),
        segments,
        new TreeSet<>(),
        Optional.empty(),
        Limits.NONE,
        Origin.UNKNOWN);
  }

  private static Batch resetting(long number, TopicPartition partition) {
    return numbered(number)
        .reset(
            new OffsetResets(
                "request-" + number,
                "test",
                Offsets.sorted(
                    Map.of(
                        partition,
                        new OffsetResets.Reset(OptionalLong.empty(), OptionalLong.of(3))))),
            Origin.UNKNOWN,
            new TreeMap<>());
  }

  private static Batch numbered(long number) {
    return batch(number, Continuity.NONE);
  }

  /** The batch after another one, which resets nothing itself. */
  private static Batch after(Batch before) {
    return batch(
        before.number() + 1,
        new Continuity(
            Origin.UNKNOWN,
            new TreeMap<>(Offsets.ORDER),
            OffsetResets.NONE,
            before.continuity().resetBy(),
            PastResets.NONE));
  }

  private static Batch batch(long number, Continuity continuity) {
    return new Batch(
        number,
        "driver",
        0,
        DecidedSegments.NONE,
        Frontier.NONE,
        new WrittenTables(new TreeMap<>(), new TreeMap<>()),
        new TreeMap<>(),
        WindowStates.NONE,
        continuity);
  }
}
