package io.tidemark.sink.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.checkpoint.log.Batch;
import io.tidemark.checkpoint.log.Continuity;
import io.tidemark.checkpoint.log.DecidedSegments;
import io.tidemark.checkpoint.log.Frontier;
import io.tidemark.checkpoint.log.OffsetRange;
import io.tidemark.checkpoint.log.OffsetResets;
import io.tidemark.checkpoint.log.Offsets;
import io.tidemark.checkpoint.log.Origin;
import io.tidemark.checkpoint.log.PastResets;
import io.tidemark.checkpoint.log.WindowStates;
import io.tidemark.checkpoint.log.WrittenTables;
import io.tidemark.sink.fake.FakeBroker;
import io.tidemark.sink.recovery.Recovery;
import io.tidemark.sink.recovery.ResumePlan;
import io.tidemark.sink.segment.Limits;
import io.tidemark.sink.segment.OffsetRegression;
import io.tidemark.sink.segment.PartitionProgress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** Where partitions begin, what is lost, and which topics are others. */
class TopicWatchTest {

  private static final TopicPartition P0 = new TopicPartition("orders", 0);
  private static final TopicPartition P1 = new TopicPartition("orders", 1);

  private final FakeBroker broker = new FakeBroker().with(P0, 5, 100).with(P1, 0, 50);

  private static TopicPolicy policy(String starting, boolean fail, boolean rebase) {
    return new TopicPolicy(
        StartingOffsets.parse(starting),
        fail,
        rebase ? OnTopicRecreated.REBASE : OnTopicRecreated.FAIL,
        true);
  }

  private TopicWatch topicWatch(TopicPolicy policy) {
    return new BrokerTopicWatch(broker, policy, "/checkpoint", new TopicFigures());
  }

  private static ResumePlan plan(Map<TopicPartition, Long> ends, Origin origin) {
    Batch committed =
        new Batch(
            3,
            "w",
            0,
            DecidedSegments.NONE,
            new Frontier(Offsets.sorted(ends)),
            new WrittenTables(new TreeMap<>(), new TreeMap<>()),
            new TreeMap<>(),
            WindowStates.NONE,
            new Continuity(
                origin, new TreeMap<>(Offsets.ORDER), OffsetResets.NONE, -1, PastResets.NONE));
    return ResumePlan.of(
        new Recovery.Position(committed, Optional.empty(), Limits.NONE),
        new TreeSet<>(),
        List.of());
  }

  private static final ResumePlan FRESH = plan(Map.of(), Origin.UNKNOWN);

  private static Origin origin(String cluster, String id) {
    return new Origin(Optional.of(cluster), new TreeMap<>(Map.of("orders", id)));
  }

  @Test
  void beginsWhereTheWordSays() {
    assertThat(starts("earliest")).isEqualTo(Map.of(P0, 5L));
    // For all partitions at once, so that none of them is later taken for one that was added.
    assertThat(starts("latest")).isEqualTo(Map.of(P0, 100L, P1, 50L));
    assertThat(starts("committed")).isEmpty();
    assertThat(starts("{\"orders\":{\"0\":7,\"1\":-1}}")).isEqualTo(Map.of(P0, 7L));
    assertThat(starts("{\"orders\":{\"0\":-1,\"1\":-1}}")).isEqualTo(Map.of(P0, 100L));
    assertThat(starts("{\"orders\":{\"0\":-2,\"1\":-1}}")).isEqualTo(Map.of(P0, 5L));
  }

  @Test
  void beginsAtTheFirstRecordThatIsNotOlder() {
    TopicPolicy since =
        new TopicPolicy(new StartingOffsets.Since(40_500), true, OnTopicRecreated.FAIL, true);
    assertThat(topicWatch(since).open(List.of(P0), FRESH, Map.of()).orElseThrow().starts())
        .isEqualTo(Map.of(P0, 41L, P1, 41L));
    assertThat(
            topicWatch(since)
                .open(List.of(P1), plan(Map.of(P0, 60L), Origin.UNKNOWN), Map.of())
                .orElseThrow()
                .starts())
        .as("added later")
        .isEqualTo(Map.of(P1, 0L));
    TopicPolicy late =
        new TopicPolicy(new StartingOffsets.Since(999_000), true, OnTopicRecreated.FAIL, true);
    assertThat(topicWatch(late).open(List.of(P0), FRESH, Map.of()).orElseThrow().starts())
        .isEqualTo(Map.of(P0, 100L, P1, 50L));
  }

  @Test
  void beginsPartitionsThatAreAddedLaterAtTheirEarliestOffset() {
    ResumePlan known = plan(Map.of(P0, 60L), Origin.UNKNOWN);
    for (String word : List.of("earliest", "latest", "{\"orders\":{\"0\":7}}")) {
      assertThat(
              topicWatch(policy(word, true, false))
                  .open(List.of(P0, P1), known, Map.of())
                  .orElseThrow()
                  .starts())
          .as(word)
          .isEqualTo(Map.of(P1, 0L));
    }
  }

  @Test
  void refusesJsonThatDoesNotFitTheTopic() {
    assertThatThrownBy(() -> starts("{\"orders\":{\"0\":7}}"))
        .hasMessageContaining("TM-184")
        .hasMessageContaining("[orders-1]");
    assertThatThrownBy(() -> starts("{\"orders\":{\"0\":7,\"1\":0,\"2\":0}}"))
        .hasMessageContaining("TM-185")
        .hasMessageContaining("[orders-2]");
    assertThatThrownBy(() -> starts("{\"orders\":{\"0\":101,\"1\":0}}"))
        .hasMessageContaining("TM-186")
        .hasMessageContaining("its log start offset is 5 and");
    assertThatThrownBy(() -> starts("{\"orders\":{\"0\":4,\"1\":0}}"))
        .hasMessageContaining("TM-186");
    assertThat(
            topicWatch(policy("{\"orders\":{\"0\":4,\"1\":0}}", false, false))
                .open(List.of(P0), FRESH, Map.of())
                .orElseThrow()
                .starts())
        .isEqualTo(Map.of(P0, 5L));
  }

  @Test
  void waitsWhileKafkaDoesNotSayWhereToBegin() {
    broker.silent = true;
    assertThat(topicWatch(policy("earliest", true, false)).open(List.of(P0), FRESH, Map.of()))
        .isEmpty();
    // What is known continues, and is looked at before the first cut.
    assertThat(
            topicWatch(policy("earliest", true, false))
                .open(List.of(P0), plan(Map.of(P0, 1L), origin("cluster-1", "id")), Map.of()))
        .isPresent();
  }

  /** What is sealed without the id would be taken for the next topic's of that name, too. */
  @Test
  void waitsWhileNobodyTellsWhichTopicItIs() {
    ResumePlan unknown = plan(Map.of(P0, 10L), Origin.UNKNOWN);
    for (String starting : List.of("earliest", "committed")) {
      TopicWatch topics = topicWatch(policy(starting, true, false));
      broker.silentTopics = true;
      assertThat(topics.open(List.of(P0), unknown, Map.of())).isEmpty();
      broker.silentTopics = false;
      assertThat(topics.open(List.of(new TopicPartition("unknown", 0)), unknown, Map.of()))
          .as("a broker that has not heard of it yet")
          .isEmpty();
      assertThat(topics.open(List.of(P0), unknown, Map.of())).isPresent();
      assertThat(topics.origin(List.of(P0)).topicIds()).isEqualTo(Map.of("orders", "orders-id"));
    }
  }

  @Test
  void findsWhatIsGoneInFrontOfAPartition() {
    ResumePlan after = plan(Map.of(P0, 2L, P1, 50L), Origin.UNKNOWN);
    assertThat(failure(policy("earliest", true, false), List.of(P0, P1), after))
        .hasMessageContaining("TM-180")
        .hasMessageContaining(
            "orders-0 must continue at offset 2, but its log start offset is 5: 3 offsets are"
                + " missing");
    assertThat(
            topicWatch(policy("earliest", false, false))
                .open(List.of(P0, P1), after, Map.of())
                .orElseThrow()
                .lost())
        .isEqualTo(Map.of(P0, new OffsetRange(2, 5)));
  }

  @Test
  void refusesALogThatEndsBelowWhatWasRead() {
    ResumePlan beyond = plan(Map.of(P0, 101L), Origin.UNKNOWN);
    assertThat(failure(policy("earliest", true, false), List.of(P0), beyond))
        .hasMessageContaining("TM-181")
        .hasMessageContaining("log end offset is 100");
  }

  @Test
  void tellsATopicThatWasCreatedAgainFromTheOneThatWasRead() {
    ResumePlan old = plan(Map.of(P0, 60L), origin("cluster-1", "old-id"));
    assertThatThrownBy(
            () -> topicWatch(policy("earliest", true, false)).open(List.of(P0), old, Map.of()))
        .hasMessageContaining("TM-182")
        .hasMessageContaining("bin/tidemark rebase --checkpoint /checkpoint --topic orders");
    Opening opening =
        topicWatch(policy("latest", true, true)).open(List.of(P0), old, Map.of()).orElseThrow();
    assertThat(opening.resets()).hasSize(1);
    assertThat(opening.resets().get(0).ends())
        .isEqualTo(Map.of(P0, OptionalLong.of(5), P1, OptionalLong.of(0)));
    assertThat(opening.resets().get(0).origin()).isEqualTo(origin("cluster-1", "orders-id"));
    assertThat(opening.resets().get(0).replaced()).isEqualTo(Map.of("orders", "old-id"));
  }

  @Test
  void neverReadsACopyInAnotherClusterFromItsStart() {
    ResumePlan other = plan(Map.of(P0, 60L), origin("cluster-0", "old-id"));
    assertThatThrownBy(
            () -> topicWatch(policy("earliest", true, true)).open(List.of(P0), other, Map.of()))
        .hasMessageContaining("TM-183")
        .hasMessageContaining("cluster-0")
        .hasMessageContaining("bin/tidemark rebase --checkpoint /checkpoint --topic orders")
        .hasMessageNotContaining("on.topic.recreated=rebase,")
        .hasMessageContaining("on.topic.recreated=rebase-across-clusters,");
    ResumePlan same = plan(Map.of(P0, 60L), origin("cluster-0", "orders-id"));
    assertThat(topicWatch(policy("earliest", true, true)).open(List.of(P0), same, Map.of()))
        .isPresent();
  }

  /** Else what it seals would have the cluster known as the one that all was read in. */
  @Test
  void readsNothingInAnotherClusterWhileTopicsOfOtherTasksMayBeCopies() {
    TopicPartition added = new TopicPartition("added", 0);
    broker.with(added, 0, 10);
    ResumePlan other = plan(Map.of(P0, 60L), origin("cluster-0", "old-id"));
    assertThatThrownBy(
            () -> topicWatch(policy("earliest", true, true)).open(List.of(added), other, Map.of()))
        .hasMessageContaining("TM-183")
        .hasMessageContaining("topic orders");
    broker.ids.remove("orders");
    TopicWatch unknown = topicWatch(policy("earliest", true, true));
    unknown.open(List.of(added), other, Map.of());
    assertThat(unknown.origin(List.of(added)).clusterId()).isEmpty();
  }

  /** A copy may be after it. */
  @Test
  void waitsWhileKafkaDoesNotTellWhichClusterATopicOfAnotherIdIsIn() {
    broker.cluster = null;
    ResumePlan other = plan(Map.of(P0, 60L), origin("cluster-0", "old-id"));
    for (boolean rebase : new boolean[] {false, true}) {
      assertThat(topicWatch(policy("earliest", true, rebase)).open(List.of(P0), other, Map.of()))
          .isEmpty();
    }
    ResumePlan same = plan(Map.of(P0, 60L), origin("cluster-0", "orders-id"));
    assertThat(topicWatch(policy("earliest", true, true)).open(List.of(P0), same, Map.of()))
        .isPresent();
  }

  @Test
  void takesATopicForACopyThatComesToAnotherClusterLater() {
    String id = broker.ids.remove("orders");
    PartitionProgress progress = new PartitionProgress(P0, 3, List.of(60L));
    TopicWatch topics = topicWatch(policy("earliest", true, false));
    topics.open(List.of(P0), plan(Map.of(P0, 60L), origin("cluster-0", "old-id")), Map.of());
    broker.ids.put("orders", id);
    assertThatThrownBy(() -> topics.cut(List.of(progress), Map.of(P0, 70L), true, 5_000))
        .hasMessageContaining("TM-183")
        .hasMessageContaining("cluster-0");
  }

  @Test
  void noticesAnotherClusterWhileItReads() {
    PartitionProgress progress = new PartitionProgress(P0, 3, List.of(60L));
    for (boolean rebase : new boolean[] {false, true}) {
      broker.cluster = "cluster-1";
      broker.ids.put("orders", "orders-id");
      TopicWatch topics = topicWatch(policy("earliest", true, rebase));
      topics.open(List.of(P0), plan(Map.of(P0, 60L), Origin.UNKNOWN), Map.of());
      broker.cluster = "cluster-2";
      broker.ids.put("orders", "copy-id");
      assertThatThrownBy(() -> topics.cut(List.of(progress), Map.of(P0, 70L), true, 5_000))
          .hasMessageContaining("TM-183")
          .hasMessageContaining("cluster-2");
    }
  }

  @Test
  void readsACopyInAnotherClusterFromItsStartOnlyWhereItIsToldTo() {
    ResumePlan other = plan(Map.of(P0, 60L), origin("cluster-0", "old-id"));
    TopicPolicy across =
        new TopicPolicy(
            new StartingOffsets.Latest(), true, OnTopicRecreated.REBASE_ACROSS_CLUSTERS, true);
    assertThat(topicWatch(across).open(List.of(P0), other, Map.of()).orElseThrow().resets())
        .singleElement()
        .satisfies(
            reset -> {
              assertThat(reset.ends())
                  .isEqualTo(Map.of(P0, OptionalLong.of(5), P1, OptionalLong.of(0)));
              assertThat(reset.origin()).isEqualTo(origin("cluster-1", "orders-id"));
            });
  }

  @Test
  void takesGapsInALogThatIsThereForHarmless() {
    PartitionProgress progress = new PartitionProgress(P0, 3, List.of(10L));
    TopicWatch topics = topicWatch(policy("earliest", true, false));
    progress.enter(1);
    progress.read(12);
    assertThat(topics.isLost(List.of(progress), 1, 5_000)).isFalse();
    assertThat(progress.hasGaps()).isFalse();
  }

  @Test
  void goesBackToWhereNothingIsWrittenYetWhenAGapIsALoss() {
    PartitionProgress progress = new PartitionProgress(P0, 3, List.of(2L));
    progress.enter(1);
    progress.read(2);
    progress.enter(2);
    progress.read(7);
    assertThat(topicWatch(policy("earliest", true, false)).isLost(List.of(progress), 2, 5_000))
        .isTrue();
    progress.unread(2);
    assertThat(progress.hasGaps()).isFalse();
    assertThat(progress.position()).hasValue(3);
    assertThat(progress.due(OptionalLong.empty())).hasValue(new OffsetRange(2, 3));
  }

  @Test
  void recordsALossWhoseEndIsWrittenAlready() {
    PartitionProgress progress = new PartitionProgress(P0, 3, List.of(2L));
    progress.enter(1);
    progress.read(7);
    progress.read(9);
    TopicWatch topics = topicWatch(policy("earliest", false, false));
    TopicWatch.Cut cut = topics.cut(List.of(progress), Map.of(P0, 10L), true, 5_000).orElseThrow();
    assertThat(cut).isEqualTo(new TopicWatch.Cut(Map.of(P0, 10L), true, false));
    assertThat(progress.lost()).containsExactly(new OffsetRange(2, 5));
  }

  @Test
  void sealsNothingOverAGapThatKafkaDoesNotExplain() {
    PartitionProgress progress = new PartitionProgress(P0, 3, List.of(10L));
    progress.enter(1);
    progress.read(10);
    TopicWatch topics = topicWatch(policy("earliest", true, false));
    broker.silent = true;
    assertThat(topics.cut(List.of(progress), Map.of(P0, 12L), true, 5_000)).isEmpty();
    progress.read(15);
    assertThat(topics.cut(List.of(progress), Map.of(P0, 16L), true, 21_000)).isEmpty();
    broker.silent = false;
    assertThat(topics.cut(List.of(progress), Map.of(P0, 16L), true, 35_000))
        .as("not asked again so soon")
        .isEmpty();
    assertThat(topics.cut(List.of(progress), Map.of(P0, 16L), true, 36_000)).isPresent();
  }

  /** Its records may look as if they continued those of the previous one. */
  @Test
  void sealsNothingOfATopicBeforeKafkaHasToldThatItIsStillTheSame() {
    for (boolean rebase : new boolean[] {false, true}) {
      PartitionProgress progress = new PartitionProgress(P0, 3, List.of(10L));
      TopicWatch topics = topicWatch(policy("earliest", true, rebase));
      topics.open(List.of(P0), plan(Map.of(P0, 10L), Origin.UNKNOWN), Map.of());
      broker.silent = true;
      assertThat(topics.cut(List.of(progress), Map.of(P0, 10L), true, 5_000))
          .as("nothing was read")
          .isPresent();
      progress.enter(1);
      progress.read(10);
      assertThat(topics.cut(List.of(progress), Map.of(P0, 11L), true, 6_000)).isEmpty();
      broker.silent = false;
      assertThat(topics.cut(List.of(progress), Map.of(P0, 11L), true, 60_000)).isPresent();
    }
  }

  @Test
  void knowsTheTopicThatAPartitionWasReadInThoughOthersAreOpenedInTheNewOne() {
    PartitionProgress progress = new PartitionProgress(P0, 3, List.of(10L));
    TopicWatch topics = topicWatch(policy("earliest", true, true));
    topics.open(List.of(P0), plan(Map.of(P0, 10L), Origin.UNKNOWN), Map.of());
    broker.ids.put("orders", "new-id");
    topics.open(List.of(P1), plan(Map.of(P0, 10L), Origin.UNKNOWN), Map.of());
    assertThat(topics.cut(List.of(progress), Map.of(P0, 11L), true, 5_000))
        .contains(TopicWatch.Cut.none());
  }

  @Test
  void callsNothingLostBeforeKafkaHasToldThatTheTopicIsStillTheSame() {
    ResumePlan after = plan(Map.of(P0, 2L), origin("cluster-1", "orders-id"));
    broker.silentTopics = true;
    assertThat(topicWatch(policy("earliest", true, true)).open(List.of(P0), after, Map.of()))
        .isEmpty();
    broker.silentTopics = false;
    assertThat(failure(policy("earliest", true, true), List.of(P0), after))
        .hasMessageContaining("TM-180");
  }

  /** Each question about it takes the client's whole time-out, in which nothing is read. */
  @Test
  void doesNotKeepAskingAboutAPartitionWithoutALeader() {
    PartitionProgress without = new PartitionProgress(P0, 3, List.of(10L));
    PartitionProgress with = new PartitionProgress(P1, 3, List.of(10L));
    TopicWatch topics = topicWatch(policy("earliest", true, false));
    broker.leaderless.add(P0);
    for (long nowMs = 5_000; nowMs < 65_000; nowMs += 5_000) {
      assertThat(topics.cut(List.of(without, with), Map.of(P1, 10L), true, nowMs))
          .hasValue(new TopicWatch.Cut(Map.of(P1, 10L), true, false));
    }
    assertThat(broker.asked).isEqualTo(Map.of(P0, 1, P1, 12));
    topics.cut(List.of(without, with), Map.of(P1, 10L), true, 65_000);
    assertThat(broker.asked).isEqualTo(Map.of(P0, 2, P1, 13));
    topics.open(List.of(P0), plan(Map.of(P0, 10L), Origin.UNKNOWN), Map.of());
    broker.leaderless.clear();
    topics.cut(List.of(without, with), Map.of(P1, 10L), true, 66_000);
    assertThat(broker.asked.get(P0)).as("opened again, with two questions").isEqualTo(5);
  }

  @Test
  void asksAboutGapsLessOftenWhereKafkaGivesNoAnswer() {
    PartitionProgress progress = new PartitionProgress(P0, 3, List.of(10L));
    progress.enter(1);
    progress.read(12);
    TopicWatch topics = topicWatch(policy("earliest", true, false));
    broker.silent = true;
    assertThat(topics.isLost(List.of(progress), 1, 5_000)).as("what is not known").isFalse();
    broker.silent = false;
    assertThat(topics.isLost(List.of(progress), 1, 15_000)).isFalse();
    assertThat(progress.hasGaps()).as("not asked again so soon").isTrue();
    assertThat(topics.isLost(List.of(progress), 1, 20_000)).isFalse();
    assertThat(progress.hasGaps()).isFalse();
  }

  /** Whoever asks for the time before 1970 is refused by brokers. */
  @Test
  void looksAtTopicsThatKeepRecordsForEver() {
    PartitionProgress progress = new PartitionProgress(P0, 3, List.of(10L));
    broker.retention.put("orders", new Broker.Retention(Long.MAX_VALUE, -1));
    TopicFigures figures = new TopicFigures();
    new BrokerTopicWatch(broker, policy("earliest", true, false), "/checkpoint", figures)
        .advise(List.of(progress), 1_700_000_000_000L);
    assertThat(figures.headroomMs()).isGreaterThan(Long.MAX_VALUE / 2);
  }

  @Test
  void noticesALossAfterWhichNothingComes() {
    PartitionProgress progress = new PartitionProgress(P0, 3, List.of(3L));
    TopicWatch topics = topicWatch(policy("earliest", true, false));
    Map<TopicPartition, Long> still = Map.of(P0, 3L);
    assertThat(topics.cut(List.of(progress), still, true, 5_000).orElseThrow().again()).isFalse();
    assertThat(topics.cut(List.of(progress), still, false, 12_000).orElseThrow().again()).isFalse();
    assertThat(topics.cut(List.of(progress), still, true, 12_000).orElseThrow().again()).isTrue();
  }

  @Test
  void sealsNothingOfATopicThatBecameAnotherOne() {
    PartitionProgress progress = new PartitionProgress(P0, 3, List.of(60L));
    ResumePlan plan = plan(Map.of(P0, 60L), origin("cluster-1", "orders-id"));
    TopicWatch topics = topicWatch(policy("earliest", true, true));
    topics.open(List.of(P0), plan, Map.of());
    broker.ids.put("orders", "new-id");
    assertThat(topics.cut(List.of(progress), Map.of(P0, 70L), true, 5_000))
        .hasValue(new TopicWatch.Cut(Map.of(), false, true));
    assertThat(topics.regressed(new OffsetRegression(P0, 60, 3))).isEmpty();
    TopicWatch failing = topicWatch(policy("earliest", true, false));
    failing.open(List.of(P0), plan(Map.of(P0, 60L), Origin.UNKNOWN), Map.of());
    assertThat(failing.regressed(new OffsetRegression(P0, 60, 3)).orElseThrow())
        .hasMessageContaining("TM-151");
  }

  @Test
  void knowsHowLongTheOldestUnreadRecordStays() {
    TopicFigures figures = new TopicFigures();
    TopicWatch topics =
        new BrokerTopicWatch(broker, policy("earliest", true, false), "/checkpoint", figures);
    broker.retention.put("orders", new Broker.Retention(160_000, -1));
    PartitionProgress progress = new PartitionProgress(P0, 3, List.of(20L));
    // The next record is of 20 s; at 110 s it is 90 s old, and has 70 s left.
    topics.advise(List.of(progress), 110_000);
    assertThat(figures.headroomMs()).isEqualTo(70_000);
    topics.advise(List.of(new PartitionProgress(P0, 3, List.of(100L))), 111_000 + 3_600_000);
    assertThat(figures.headroomMs()).isEqualTo(TopicFigures.NO_RISK);
  }

  @Test
  void asksNothingWithoutABroker() {
    TopicWatch topics = new NoTopicWatch("/checkpoint");
    assertThat(topics.open(List.of(P0), FRESH, Map.of())).isPresent();
    assertThat(topics.isDue(5_000)).isFalse();
    assertThat(topics.origin(List.of(P0))).isEqualTo(Origin.UNKNOWN);
  }

  private Throwable failure(TopicPolicy policy, List<TopicPartition> partitions, ResumePlan plan) {
    return topicWatch(policy)
        .open(partitions, plan, Map.of())
        .orElseThrow()
        .failure()
        .orElseThrow();
  }

  private Map<TopicPartition, Long> starts(String word) {
    return topicWatch(policy(word, true, false))
        .open(List.of(P0), FRESH, Map.of())
        .orElseThrow()
        .starts();
  }
}
