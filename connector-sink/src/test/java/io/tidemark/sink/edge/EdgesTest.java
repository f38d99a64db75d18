package io.tidemark.sink.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.checkpoint.log.Batch;
import io.tidemark.checkpoint.log.Continuity;
import io.tidemark.checkpoint.log.Frontier;
import io.tidemark.checkpoint.log.Moves;
import io.tidemark.checkpoint.log.OffsetRange;
import io.tidemark.checkpoint.log.Offsets;
import io.tidemark.checkpoint.log.Origin;
import io.tidemark.checkpoint.log.PastMoves;
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
class EdgesTest {

  private static final TopicPartition P0 = new TopicPartition("orders", 0);
  private static final TopicPartition P1 = new TopicPartition("orders", 1);

  private final FakeBroker broker = new FakeBroker().with(P0, 5, 100).with(P1, 0, 50);

  private static EdgePolicy policy(String starting, boolean fail, boolean rebase) {
    return new EdgePolicy(
        StartingOffsets.parse(starting),
        fail,
        rebase ? OnTopicRecreated.REBASE : OnTopicRecreated.FAIL,
        true);
  }

  private Edges edges(EdgePolicy policy) {
    return Edges.watched(broker, policy, "/checkpoint", new EdgeFigures());
  }

  private static ResumePlan plan(Map<TopicPartition, Long> ends, Origin origin) {
    Batch committed =
        new Batch(
            3,
            "w",
            0,
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            new Frontier(Offsets.sorted(ends)),
            new TreeMap<>(),
            new TreeMap<>(),
            new TreeMap<>(),
            List.of(),
            new TreeMap<>(),
            new Continuity(origin, new TreeMap<>(Offsets.ORDER), Moves.NONE, -1, PastMoves.NONE));
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
    EdgePolicy since =
        new EdgePolicy(new StartingOffsets.Since(40_500), true, OnTopicRecreated.FAIL, true);
    assertThat(edges(since).open(List.of(P0), FRESH, Map.of()).orElseThrow().starts())
        .isEqualTo(Map.of(P0, 41L, P1, 41L));
    assertThat(
            edges(since)
                .open(List.of(P1), plan(Map.of(P0, 60L), Origin.UNKNOWN), Map.of())
                .orElseThrow()
                .starts())
        .as("added later")
        .isEqualTo(Map.of(P1, 0L));
    EdgePolicy late =
        new EdgePolicy(new StartingOffsets.Since(999_000), true, OnTopicRecreated.FAIL, true);
    assertThat(edges(late).open(List.of(P0), FRESH, Map.of()).orElseThrow().starts())
        .isEqualTo(Map.of(P0, 100L, P1, 50L));
  }

  @Test
  void beginsPartitionsThatAreAddedLaterAtTheirEarliestOffset() {
    ResumePlan known = plan(Map.of(P0, 60L), Origin.UNKNOWN);
    for (String word : List.of("earliest", "latest", "{\"orders\":{\"0\":7}}")) {
      assertThat(
              edges(policy(word, true, false))
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
        .hasMessageContaining("5 up to 100");
    assertThatThrownBy(() -> starts("{\"orders\":{\"0\":4,\"1\":0}}"))
        .hasMessageContaining("TM-186");
    assertThat(
            edges(policy("{\"orders\":{\"0\":4,\"1\":0}}", false, false))
                .open(List.of(P0), FRESH, Map.of())
                .orElseThrow()
                .starts())
        .isEqualTo(Map.of(P0, 5L));
  }

  @Test
  void waitsWhileKafkaDoesNotSayWhereToBegin() {
    broker.silent = true;
    assertThat(edges(policy("earliest", true, false)).open(List.of(P0), FRESH, Map.of())).isEmpty();
    // What is known goes on, and is looked at before the first cut.
    assertThat(
            edges(policy("earliest", true, false))
                .open(List.of(P0), plan(Map.of(P0, 1L), origin("cluster-1", "id")), Map.of()))
        .isPresent();
  }

  /** What is sealed without the id would be taken for the next topic's of that name, too. */
  @Test
  void waitsWhileNobodyTellsWhichTopicItIs() {
    ResumePlan unknown = plan(Map.of(P0, 10L), Origin.UNKNOWN);
    for (String starting : List.of("earliest", "committed")) {
      Edges edges = edges(policy(starting, true, false));
      broker.silentTopics = true;
      assertThat(edges.open(List.of(P0), unknown, Map.of())).isEmpty();
      broker.silentTopics = false;
      assertThat(edges.open(List.of(new TopicPartition("unknown", 0)), unknown, Map.of()))
          .as("a broker that has not heard of it yet")
          .isEmpty();
      assertThat(edges.open(List.of(P0), unknown, Map.of())).isPresent();
      assertThat(edges.origin(List.of(P0)).topicIds()).isEqualTo(Map.of("orders", "orders-id"));
    }
  }

  @Test
  void findsWhatIsGoneInFrontOfAPartition() {
    ResumePlan behind = plan(Map.of(P0, 2L, P1, 50L), Origin.UNKNOWN);
    assertThat(failure(policy("earliest", true, false), List.of(P0, P1), behind))
        .hasMessageContaining("TM-180")
        .hasMessageContaining("orders-0 was due at 2 and now begins at 5, 3 offsets are gone");
    assertThat(
            edges(policy("earliest", false, false))
                .open(List.of(P0, P1), behind, Map.of())
                .orElseThrow()
                .lost())
        .isEqualTo(Map.of(P0, new OffsetRange(2, 5)));
  }

  @Test
  void refusesALogThatEndsBelowWhatWasRead() {
    ResumePlan beyond = plan(Map.of(P0, 101L), Origin.UNKNOWN);
    assertThat(failure(policy("earliest", true, false), List.of(P0), beyond))
        .hasMessageContaining("TM-181")
        .hasMessageContaining("ends at 100");
  }

  @Test
  void tellsATopicThatWasCreatedAgainFromTheOneThatWasRead() {
    ResumePlan old = plan(Map.of(P0, 60L), origin("cluster-1", "old-id"));
    assertThatThrownBy(
            () -> edges(policy("earliest", true, false)).open(List.of(P0), old, Map.of()))
        .hasMessageContaining("TM-182")
        .hasMessageContaining("bin/tidemark rebase --checkpoint /checkpoint --topic orders");
    Opening opening =
        edges(policy("latest", true, true)).open(List.of(P0), old, Map.of()).orElseThrow();
    assertThat(opening.moves()).hasSize(1);
    assertThat(opening.moves().get(0).ends())
        .isEqualTo(Map.of(P0, OptionalLong.of(5), P1, OptionalLong.of(0)));
    assertThat(opening.moves().get(0).origin()).isEqualTo(origin("cluster-1", "orders-id"));
    assertThat(opening.moves().get(0).replaced()).isEqualTo(Map.of("orders", "old-id"));
  }

  @Test
  void neverReadsACopyInAnotherClusterFromItsStart() {
    ResumePlan other = plan(Map.of(P0, 60L), origin("cluster-0", "old-id"));
    assertThatThrownBy(
            () -> edges(policy("earliest", true, true)).open(List.of(P0), other, Map.of()))
        .hasMessageContaining("TM-183")
        .hasMessageContaining("cluster-0")
        .hasMessageContaining("bin/tidemark rebase --checkpoint /checkpoint --topic orders")
        .hasMessageNotContaining("on.topic.recreated=rebase,")
        .hasMessageContaining("on.topic.recreated=rebase-across-clusters,");
    ResumePlan same = plan(Map.of(P0, 60L), origin("cluster-0", "orders-id"));
    assertThat(edges(policy("earliest", true, true)).open(List.of(P0), same, Map.of())).isPresent();
  }

  /** Else what it seals would have the cluster known as the one that all was read in. */
  @Test
  void readsNothingInAnotherClusterWhileTopicsOfOtherTasksMayBeCopies() {
    TopicPartition added = new TopicPartition("added", 0);
    broker.with(added, 0, 10);
    ResumePlan other = plan(Map.of(P0, 60L), origin("cluster-0", "old-id"));
    assertThatThrownBy(
            () -> edges(policy("earliest", true, true)).open(List.of(added), other, Map.of()))
        .hasMessageContaining("TM-183")
        .hasMessageContaining("topic orders");
    broker.ids.remove("orders");
    Edges unknown = edges(policy("earliest", true, true));
    unknown.open(List.of(added), other, Map.of());
    assertThat(unknown.origin(List.of(added)).clusterId()).isEmpty();
  }

  /** A copy may be behind it. */
  @Test
  void waitsWhileKafkaDoesNotTellWhichClusterATopicOfAnotherIdIsIn() {
    broker.cluster = null;
    ResumePlan other = plan(Map.of(P0, 60L), origin("cluster-0", "old-id"));
    for (boolean rebase : new boolean[] {false, true}) {
      assertThat(edges(policy("earliest", true, rebase)).open(List.of(P0), other, Map.of()))
          .isEmpty();
    }
    ResumePlan same = plan(Map.of(P0, 60L), origin("cluster-0", "orders-id"));
    assertThat(edges(policy("earliest", true, true)).open(List.of(P0), same, Map.of())).isPresent();
  }

  @Test
  void takesATopicForACopyThatComesToAnotherClusterLater() {
    String id = broker.ids.remove("orders");
    PartitionProgress progress = new PartitionProgress(P0, 3, List.of(60L));
    Edges edges = edges(policy("earliest", true, false));
    edges.open(List.of(P0), plan(Map.of(P0, 60L), origin("cluster-0", "old-id")), Map.of());
    broker.ids.put("orders", id);
    assertThatThrownBy(() -> edges.cut(List.of(progress), Map.of(P0, 70L), true, 5_000))
        .hasMessageContaining("TM-183")
        .hasMessageContaining("cluster-0");
  }

  @Test
  void noticesAnotherClusterWhileItReads() {
    PartitionProgress progress = new PartitionProgress(P0, 3, List.of(60L));
    for (boolean rebase : new boolean[] {false, true}) {
      broker.cluster = "cluster-1";
      broker.ids.put("orders", "orders-id");
      Edges edges = edges(policy("earliest", true, rebase));
      edges.open(List.of(P0), plan(Map.of(P0, 60L), Origin.UNKNOWN), Map.of());
      broker.cluster = "cluster-2";
      broker.ids.put("orders", "copy-id");
      assertThatThrownBy(() -> edges.cut(List.of(progress), Map.of(P0, 70L), true, 5_000))
          .hasMessageContaining("TM-183")
          .hasMessageContaining("cluster-2");
    }
  }

  @Test
  void readsACopyInAnotherClusterFromItsStartOnlyWhereItIsToldTo() {
    ResumePlan other = plan(Map.of(P0, 60L), origin("cluster-0", "old-id"));
    EdgePolicy across =
        new EdgePolicy(
            new StartingOffsets.Latest(), true, OnTopicRecreated.REBASE_ACROSS_CLUSTERS, true);
    assertThat(edges(across).open(List.of(P0), other, Map.of()).orElseThrow().moves())
        .singleElement()
        .satisfies(
            move -> {
              assertThat(move.ends())
                  .isEqualTo(Map.of(P0, OptionalLong.of(5), P1, OptionalLong.of(0)));
              assertThat(move.origin()).isEqualTo(origin("cluster-1", "orders-id"));
            });
  }

  @Test
  void takesGapsInALogThatIsThereForHarmless() {
    PartitionProgress progress = new PartitionProgress(P0, 3, List.of(10L));
    Edges edges = edges(policy("earliest", true, false));
    progress.enter(1);
    progress.read(12);
    assertThat(edges.isLost(List.of(progress), 1, 5_000)).isFalse();
    assertThat(progress.hasGaps()).isFalse();
  }

  @Test
  void goesBackToWhereNothingIsWrittenYetWhenAGapIsALoss() {
    PartitionProgress progress = new PartitionProgress(P0, 3, List.of(2L));
    progress.enter(1);
    progress.read(2);
    progress.enter(2);
    progress.read(7);
    assertThat(edges(policy("earliest", true, false)).isLost(List.of(progress), 2, 5_000)).isTrue();
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
    Edges edges = edges(policy("earliest", false, false));
    Edges.Cut cut = edges.cut(List.of(progress), Map.of(P0, 10L), true, 5_000).orElseThrow();
    assertThat(cut).isEqualTo(new Edges.Cut(Map.of(P0, 10L), true, false));
    assertThat(progress.lost()).containsExactly(new OffsetRange(2, 5));
  }

  @Test
  void sealsNothingOverAGapThatKafkaDoesNotExplain() {
    PartitionProgress progress = new PartitionProgress(P0, 3, List.of(10L));
    progress.enter(1);
    progress.read(10);
    Edges edges = edges(policy("earliest", true, false));
    broker.silent = true;
    assertThat(edges.cut(List.of(progress), Map.of(P0, 12L), true, 5_000)).isEmpty();
    progress.read(15);
    assertThat(edges.cut(List.of(progress), Map.of(P0, 16L), true, 21_000)).isEmpty();
    broker.silent = false;
    assertThat(edges.cut(List.of(progress), Map.of(P0, 16L), true, 35_000))
        .as("not asked again so soon")
        .isEmpty();
    assertThat(edges.cut(List.of(progress), Map.of(P0, 16L), true, 36_000)).isPresent();
  }

  /** Its records may look as if they continued those of the one before. */
  @Test
  void sealsNothingOfATopicBeforeKafkaHasToldThatItIsStillTheSame() {
    for (boolean rebase : new boolean[] {false, true}) {
      PartitionProgress progress = new PartitionProgress(P0, 3, List.of(10L));
      Edges edges = edges(policy("earliest", true, rebase));
      edges.open(List.of(P0), plan(Map.of(P0, 10L), Origin.UNKNOWN), Map.of());
      broker.silent = true;
      assertThat(edges.cut(List.of(progress), Map.of(P0, 10L), true, 5_000))
          .as("nothing was read")
          .isPresent();
      progress.enter(1);
      progress.read(10);
      assertThat(edges.cut(List.of(progress), Map.of(P0, 11L), true, 6_000)).isEmpty();
      broker.silent = false;
      assertThat(edges.cut(List.of(progress), Map.of(P0, 11L), true, 60_000)).isPresent();
    }
  }

  @Test
  void knowsTheTopicThatAPartitionWasReadInThoughOthersAreOpenedInTheNewOne() {
    PartitionProgress progress = new PartitionProgress(P0, 3, List.of(10L));
    Edges edges = edges(policy("earliest", true, true));
    edges.open(List.of(P0), plan(Map.of(P0, 10L), Origin.UNKNOWN), Map.of());
    broker.ids.put("orders", "new-id");
    edges.open(List.of(P1), plan(Map.of(P0, 10L), Origin.UNKNOWN), Map.of());
    assertThat(edges.cut(List.of(progress), Map.of(P0, 11L), true, 5_000))
        .contains(Edges.Cut.none());
  }

  @Test
  void callsNothingLostBeforeKafkaHasToldThatTheTopicIsStillTheSame() {
    ResumePlan behind = plan(Map.of(P0, 2L), origin("cluster-1", "orders-id"));
    broker.silentTopics = true;
    assertThat(edges(policy("earliest", true, true)).open(List.of(P0), behind, Map.of())).isEmpty();
    broker.silentTopics = false;
    assertThat(failure(policy("earliest", true, true), List.of(P0), behind))
        .hasMessageContaining("TM-180");
  }

  /** Each question about it takes the client's whole time-out, in which nothing is read. */
  @Test
  void doesNotKeepAskingAboutAPartitionWithoutALeader() {
    PartitionProgress without = new PartitionProgress(P0, 3, List.of(10L));
    PartitionProgress with = new PartitionProgress(P1, 3, List.of(10L));
    Edges edges = edges(policy("earliest", true, false));
    broker.leaderless.add(P0);
    for (long nowMs = 5_000; nowMs < 65_000; nowMs += 5_000) {
      assertThat(edges.cut(List.of(without, with), Map.of(P1, 10L), true, nowMs))
          .hasValue(new Edges.Cut(Map.of(P1, 10L), true, false));
    }
    assertThat(broker.asked).isEqualTo(Map.of(P0, 1, P1, 12));
    edges.cut(List.of(without, with), Map.of(P1, 10L), true, 65_000);
    assertThat(broker.asked).isEqualTo(Map.of(P0, 2, P1, 13));
    edges.open(List.of(P0), plan(Map.of(P0, 10L), Origin.UNKNOWN), Map.of());
    broker.leaderless.clear();
    edges.cut(List.of(without, with), Map.of(P1, 10L), true, 66_000);
    assertThat(broker.asked.get(P0)).as("opened again, with two questions").isEqualTo(5);
  }

  @Test
  void asksAboutGapsLessOftenWhereKafkaGivesNoAnswer() {
    PartitionProgress progress = new PartitionProgress(P0, 3, List.of(10L));
    progress.enter(1);
    progress.read(12);
    Edges edges = edges(policy("earliest", true, false));
    broker.silent = true;
    assertThat(edges.isLost(List.of(progress), 1, 5_000)).as("what is not known").isFalse();
    broker.silent = false;
    assertThat(edges.isLost(List.of(progress), 1, 15_000)).isFalse();
    assertThat(progress.hasGaps()).as("not asked again so soon").isTrue();
    assertThat(edges.isLost(List.of(progress), 1, 20_000)).isFalse();
    assertThat(progress.hasGaps()).isFalse();
  }

  /** Whoever asks for the time before 1970 is refused by brokers. */
  @Test
  void looksAtTopicsThatKeepRecordsForEver() {
    PartitionProgress progress = new PartitionProgress(P0, 3, List.of(10L));
    broker.retention.put("orders", new Broker.Retention(Long.MAX_VALUE, -1));
    EdgeFigures figures = new EdgeFigures();
    Edges.watched(broker, policy("earliest", true, false), "/checkpoint", figures)
        .advise(List.of(progress), 1_700_000_000_000L);
    assertThat(figures.headroomMs()).isGreaterThan(Long.MAX_VALUE / 2);
  }

  @Test
  void noticesALossBehindWhichNothingComes() {
    PartitionProgress progress = new PartitionProgress(P0, 3, List.of(3L));
    Edges edges = edges(policy("earliest", true, false));
    Map<TopicPartition, Long> still = Map.of(P0, 3L);
    assertThat(edges.cut(List.of(progress), still, true, 5_000).orElseThrow().again()).isFalse();
    assertThat(edges.cut(List.of(progress), still, false, 12_000).orElseThrow().again()).isFalse();
    assertThat(edges.cut(List.of(progress), still, true, 12_000).orElseThrow().again()).isTrue();
  }

  @Test
  void sealsNothingOfATopicThatBecameAnotherOne() {
    PartitionProgress progress = new PartitionProgress(P0, 3, List.of(60L));
    ResumePlan plan = plan(Map.of(P0, 60L), origin("cluster-1", "orders-id"));
    Edges edges = edges(policy("earliest", true, true));
    edges.open(List.of(P0), plan, Map.of());
    broker.ids.put("orders", "new-id");
    assertThat(edges.cut(List.of(progress), Map.of(P0, 70L), true, 5_000))
        .hasValue(new Edges.Cut(Map.of(), false, true));
    assertThat(edges.regressed(new OffsetRegression(P0, 60, 3))).isEmpty();
    Edges failing = edges(policy("earliest", true, false));
    failing.open(List.of(P0), plan(Map.of(P0, 60L), Origin.UNKNOWN), Map.of());
    assertThat(failing.regressed(new OffsetRegression(P0, 60, 3)).orElseThrow())
        .hasMessageContaining("TM-151");
  }

  @Test
  void knowsHowLongTheOldestUnreadRecordStays() {
    EdgeFigures figures = new EdgeFigures();
    Edges edges = Edges.watched(broker, policy("earliest", true, false), "/checkpoint", figures);
    broker.retention.put("orders", new Broker.Retention(160_000, -1));
    PartitionProgress progress = new PartitionProgress(P0, 3, List.of(20L));
    // The next record is of 20 s; at 110 s it is 90 s old, and has 70 s left.
    edges.advise(List.of(progress), 110_000);
    assertThat(figures.headroomMs()).isEqualTo(70_000);
    edges.advise(List.of(new PartitionProgress(P0, 3, List.of(100L))), 111_000 + 3_600_000);
    assertThat(figures.headroomMs()).isEqualTo(EdgeFigures.NO_RISK);
  }

  @Test
  void asksNothingWithoutABroker() {
    Edges edges = Edges.unseen("/checkpoint");
    assertThat(edges.open(List.of(P0), FRESH, Map.of())).isPresent();
    assertThat(edges.isDue(5_000)).isFalse();
    assertThat(edges.origin(List.of(P0))).isEqualTo(Origin.UNKNOWN);
  }

  private Throwable failure(EdgePolicy policy, List<TopicPartition> partitions, ResumePlan plan) {
    return edges(policy).open(partitions, plan, Map.of()).orElseThrow().failure().orElseThrow();
  }

  private Map<TopicPartition, Long> starts(String word) {
    return edges(policy(word, true, false))
        .open(List.of(P0), FRESH, Map.of())
        .orElseThrow()
        .starts();
  }
}
